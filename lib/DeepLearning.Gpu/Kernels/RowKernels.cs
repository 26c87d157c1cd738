using ILGPU;

namespace DeepLearning;

internal struct RowArgs
{
    public ArrayView<float> X, Y, DY, DX, Label, Loss;
    public int Columns, Log, LossStride, Count;
    public Divisor Width;
}

internal struct AttentionArgs
{
    public ArrayView<float> X, Y, Mask;
    public int HasMask, MaskSample, MaskHead, MaskRow, Heads, Rows, Columns, Causal;
    public float Scale;
}

/// <summary>One group of threads a row.</summary>
internal static class RowKernels
{
    public static void Softmax(RowArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns;
        float max = Largest(shared, p.X, row, p.Columns), sum = SumOfExp(shared, p, row, max);
        if (p.Log == 0)
        {
            Divide(p, row, sum);
            return;
        }
        float logSum = FloatMath.Log(sum);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX) p.Y[row + j] = p.X[row + j] - max - logSum;
    }

    public static void SoftmaxGradient(RowArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns, step = Group.DimX, j = Group.IdxX;
        Compensated own = default;
        for (; j + 3 * step < p.Columns; j += 4 * step)
        {
            Float4 dy = Float4.Apart(p.DY, row + j, step), y = p.Log != 0 ? Float4.Of(1) : Float4.Apart(p.Y, row + j, step);
            own.Add(new Float4(dy.A * y.A, dy.B * y.B, dy.C * y.C, dy.D * y.D));
        }
        for (; j < p.Columns; j += step) own.Add(p.Log != 0 ? p.DY[row + j] : p.DY[row + j] * p.Y[row + j]);
        float sum = GroupTree.Sum(shared, own.Value);
        for (j = Group.IdxX; j < p.Columns; j += step)
        {
            float y = p.Y[row + j], dy = p.DY[row + j];
            p.DX[row + j] = p.Log != 0 ? dy - FloatMath.Exp(y) * sum : y * (dy - sum);
        }
    }

    public static void CrossEntropy(RowArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns;
        float max = Largest(shared, p.X, row, p.Columns), sum = SumOfExp(shared, p, row, max);
        if (Group.IdxX == 0) p.Loss[Grid.IdxX] = FloatMath.Log(sum) - (p.X[row + (int)p.Label[Grid.IdxX]] - max);
        Divide(p, row, sum);
    }

    /// <summary>A thread for four numbers side by side; the loss is here what its gradient is weighed with.</summary>
    public static void CrossEntropyGradient(Index1D i, RowArgs p)
    {
        int at = 4 * i;
        if (at + 4 <= p.Count)
        {
            Float4 y = Float4.Load(p.Y, at);
            new Float4(Gradient(p, at, y.A), Gradient(p, at + 1, y.B), Gradient(p, at + 2, y.C), Gradient(p, at + 3, y.D)).Store(p.DX, at);
        }
        else for (; at < p.Count; at++) p.DX[at] = Gradient(p, at, p.Y[at]);
    }

    private static float Gradient(in RowArgs p, int at, float y)
    {
        int row = p.Width.Divide(at, out int j);
        return p.Loss[row * p.LossStride] * (y - (j == (int)p.Label[row] ? 1f : 0f));
    }

    public static void AttentionWeights(AttentionArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int r = Grid.IdxX, row = r * p.Columns,
            mask = r / (p.Heads * p.Rows) * p.MaskSample + r / p.Rows % p.Heads * p.MaskHead + r % p.Rows * p.MaskRow;
        int seen = p.Causal != 0 && r % p.Rows + 1 < p.Columns ? r % p.Rows + 1 : p.Columns;
        float max = float.NegativeInfinity;
        for (int j = Group.IdxX; j < seen; j += Group.DimX) max = FloatMath.Max(max, Score(p, row + j, mask + j));
        max = GroupTree.Max(shared, max);
        Compensated own = default;
        for (int j = Group.IdxX; j < seen; j += Group.DimX) own.Add(FloatMath.Exp(Score(p, row + j, mask + j) - max));
        float sum = GroupTree.Sum(shared, own.Value);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX)
            p.Y[row + j] = j >= seen && !FloatMath.IsNaN(max) || max == float.NegativeInfinity ? 0
                : FloatMath.Exp(Score(p, row + j, mask + j) - max) / sum;
    }

    private static float Score(in AttentionArgs p, int at, int mask) => p.Scale * p.X[at] + (p.HasMask != 0 ? p.Mask[mask] : 0);

    private static float Largest(ArrayView<float> shared, ArrayView<float> x, int row, int columns)
    {
        int step = Group.DimX, j = Group.IdxX;
        float max = float.NegativeInfinity;
        for (; j + 3 * step < columns; j += 4 * step)
        {
            Float4 four = Float4.Apart(x, row + j, step);
            max = FloatMath.Max(FloatMath.Max(FloatMath.Max(max, four.A), four.B), FloatMath.Max(four.C, four.D));
        }
        for (; j < columns; j += step) max = FloatMath.Max(max, x[row + j]);
        return GroupTree.Max(shared, max);
    }

    // Σ e^(x − max). Unless only the logarithm is wanted, each e^(x − max) is left in y, so that it need not be computed again.
    private static float SumOfExp(ArrayView<float> shared, in RowArgs p, int row, float max)
    {
        Compensated own = default;
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX)
        {
            float e = FloatMath.Exp(p.X[row + j] - max);
            own.Add(e);
            if (p.Log == 0) p.Y[row + j] = e;
        }
        return GroupTree.Sum(shared, own.Value);
    }

    private static void Divide(in RowArgs p, int row, float sum)
    {
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX) p.Y[row + j] /= sum;
    }
}
