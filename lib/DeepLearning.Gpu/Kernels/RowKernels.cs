using ILGPU;

namespace DeepLearning;

internal struct RowArgs
{
    public ArrayView<float> X, Y, DY, DX, Label, Loss;
    public int Columns, Log, LossStride;
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
        var shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns;
        float max = Largest(shared, p.X, row, p.Columns), sum = SumOfExp(shared, p.X, row, p.Columns, max), logSum = FloatMath.Log(sum);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX)
            p.Y[row + j] = p.Log != 0 ? p.X[row + j] - max - logSum : FloatMath.Exp(p.X[row + j] - max) / sum;
    }

    public static void SoftmaxGradient(RowArgs p)
    {
        var shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns;
        Compensated own = default;
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX) own.Add(p.Log != 0 ? p.DY[row + j] : p.DY[row + j] * p.Y[row + j]);
        float sum = GroupTree.Sum(shared, own.Value);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX)
        {
            float y = p.Y[row + j], dy = p.DY[row + j];
            p.DX[row + j] = p.Log != 0 ? dy - FloatMath.Exp(y) * sum : y * (dy - sum);
        }
    }

    public static void CrossEntropy(RowArgs p)
    {
        var shared = GroupTree.Shared();
        int row = Grid.IdxX * p.Columns;
        float max = Largest(shared, p.X, row, p.Columns), sum = SumOfExp(shared, p.X, row, p.Columns, max);
        if (Group.IdxX == 0) p.Loss[Grid.IdxX] = FloatMath.Log(sum) - (p.X[row + (int)p.Label[Grid.IdxX]] - max);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX) p.Y[row + j] = FloatMath.Exp(p.X[row + j] - max) / sum;
    }

    /// <summary>One thread a number; the loss is here what its gradient is weighed with.</summary>
    public static void CrossEntropyGradient(Index1D i, RowArgs p)
    {
        int row = i / p.Columns, j = i % p.Columns;
        p.DX[i] = p.Loss[row * p.LossStride] * (p.Y[i] - (j == (int)p.Label[row] ? 1f : 0f));
    }

    public static void AttentionWeights(AttentionArgs p)
    {
        var shared = GroupTree.Shared();
        int r = Grid.IdxX, row = r * p.Columns, mask = r / (p.Heads * p.Rows) * p.MaskSample + r / p.Rows % p.Heads * p.MaskHead + r % p.Rows * p.MaskRow;
        int seen = p.Causal != 0 && r % p.Rows + 1 < p.Columns ? r % p.Rows + 1 : p.Columns;
        float max = float.NegativeInfinity;
        for (int j = Group.IdxX; j < seen; j += Group.DimX) max = FloatMath.Max(max, Score(p, row + j, mask + j));
        max = GroupTree.Max(shared, max);
        Compensated own = default;
        for (int j = Group.IdxX; j < seen; j += Group.DimX) own.Add(FloatMath.Exp(Score(p, row + j, mask + j) - max));
        float sum = GroupTree.Sum(shared, own.Value);
        for (int j = Group.IdxX; j < p.Columns; j += Group.DimX)
            p.Y[row + j] = j >= seen && !FloatMath.IsNaN(max) || max == float.NegativeInfinity ? 0 : FloatMath.Exp(Score(p, row + j, mask + j) - max) / sum;
    }

    private static float Score(in AttentionArgs p, int at, int mask) => p.Scale * p.X[at] + (p.HasMask != 0 ? p.Mask[mask] : 0);

    private static float Largest(ArrayView<float> shared, ArrayView<float> x, int row, int columns)
    {
        float max = float.NegativeInfinity;
        for (int j = Group.IdxX; j < columns; j += Group.DimX) max = FloatMath.Max(max, x[row + j]);
        return GroupTree.Max(shared, max);
    }

    private static float SumOfExp(ArrayView<float> shared, ArrayView<float> x, int row, int columns, float max)
    {
        Compensated own = default;
        for (int j = Group.IdxX; j < columns; j += Group.DimX) own.Add(FloatMath.Exp(x[row + j] - max));
        return GroupTree.Sum(shared, own.Value);
    }
}
