using ILGPU;

namespace DeepLearning;

internal struct PoolKernelArgs
{
    public ArrayView<float> X, Y, Index;
    public int H, W, OutH, OutW, KernelH, KernelW, StrideH, StrideW, PadH, PadW, CountPadding, Adaptive;
    public Divisor ByH, ByW, ByOutH, ByOutW, ByStrideH, ByStrideW;

    /// <summary>Which window of a plane number index of the output is, and the plane.</summary>
    public readonly int Window(int index, out int i, out int j) => ByOutH.Divide(ByOutW.Divide(index, out j), out i);

    /// <summary>Where number index of the image is in a plane, and the plane.</summary>
    public readonly int Cell(int index, out int row, out int column) => ByH.Divide(ByW.Divide(index, out column), out row);

    public readonly int Top(int i) => Adaptive != 0 ? i * H / OutH : Most(0, i * StrideH - PadH);

    public readonly int Bottom(int i) => Adaptive != 0 ? ((i + 1) * H + OutH - 1) / OutH : Least(H, i * StrideH - PadH + KernelH);

    public readonly int Left(int j) => Adaptive != 0 ? j * W / OutW : Most(0, j * StrideW - PadW);

    public readonly int Right(int j) => Adaptive != 0 ? ((j + 1) * W + OutW - 1) / OutW : Least(W, j * StrideW - PadW + KernelW);

    /// <summary>The first window, and the one behind the last, that may hold a row.</summary>
    public readonly int FirstOver(int row) => Adaptive != 0 ? row * OutH / H : ByStrideH.Divide(Most(0, row + PadH - KernelH + StrideH));

    public readonly int LastOver(int row) => Least(OutH, Adaptive != 0 ? ((row + 1) * OutH + H - 1) / H : ByStrideH.Divide(row + PadH) + 1);

    public readonly int FirstAcross(int column) =>
        Adaptive != 0 ? column * OutW / W : ByStrideW.Divide(Most(0, column + PadW - KernelW + StrideW));

    public readonly int LastAcross(int column) =>
        Least(OutW, Adaptive != 0 ? ((column + 1) * OutW + W - 1) / W : ByStrideW.Divide(column + PadW) + 1);

    public readonly float Divisor(int i, int j) =>
        CountPadding != 0 && Adaptive == 0 ? KernelH * KernelW : (Bottom(i) - Top(i)) * (Right(j) - Left(j));

    private static int Most(int a, int b) => a > b ? a : b;

    private static int Least(int a, int b) => a < b ? a : b;
}

/// <summary>One thread a window forward, one thread a number of the image back: it collects from the windows it is in.</summary>
internal static class PoolKernels
{
    public static void Max(Index1D index, PoolKernelArgs p)
    {
        int plane = p.Window(index, out int i, out int j) * p.H * p.W;
        int top = p.Top(i), bottom = p.Bottom(i), left = p.Left(j), right = p.Right(j), best = top * p.W + left;
        float largest = p.X[plane + best];
        for (int row = top; row < bottom; row++)
        for (int column = left; column < right; column++)
        {
            float x = p.X[plane + row * p.W + column];
            if (!FloatMath.IsNaN(x) && (x <= largest || FloatMath.IsNaN(largest))) continue;
            largest = x;
            best = row * p.W + column;
        }
        p.Y[index] = largest;
        p.Index[index] = best;
    }

    public static void MaxPick(Index1D index, PoolKernelArgs p) =>
        p.Y[index] = p.X[p.Window(index, out _, out _) * p.H * p.W + (int)p.Index[index]];

    /// <summary>X is the gradient to write, Y that of the windows.</summary>
    public static void MaxGradient(Index1D index, PoolKernelArgs p)
    {
        int windows = p.Cell(index, out int row, out int column) * p.OutH * p.OutW, cell = row * p.W + column;
        float sum = 0;
        for (int i = p.FirstOver(row); i < p.LastOver(row); i++)
        for (int j = p.FirstAcross(column); j < p.LastAcross(column); j++)
        {
            int at = windows + i * p.OutW + j;
            if ((int)p.Index[at] == cell) sum += p.Y[at];
        }
        p.X[index] = sum;
    }

    public static void Average(Index1D index, PoolKernelArgs p)
    {
        int plane = p.Window(index, out int i, out int j) * p.H * p.W;
        float sum = 0;
        for (int row = p.Top(i); row < p.Bottom(i); row++)
        for (int column = p.Left(j); column < p.Right(j); column++) sum += p.X[plane + row * p.W + column];
        p.Y[index] = sum / p.Divisor(i, j);
    }

    /// <summary>X is the gradient to write, Y that of the windows.</summary>
    public static void AverageGradient(Index1D index, PoolKernelArgs p)
    {
        int windows = p.Cell(index, out int row, out int column) * p.OutH * p.OutW;
        float sum = 0;
        for (int i = p.FirstOver(row); i < p.LastOver(row); i++)
        for (int j = p.FirstAcross(column); j < p.LastAcross(column); j++)
        {
            bool inWindow = row >= p.Top(i) && row < p.Bottom(i) && column >= p.Left(j) && column < p.Right(j);
            if (inWindow) sum += p.Y[windows + i * p.OutW + j] / p.Divisor(i, j);
        }
        p.X[index] = sum;
    }
}
