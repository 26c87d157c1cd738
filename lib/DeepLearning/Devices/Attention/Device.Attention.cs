namespace DeepLearning;

public abstract partial class Device
{
    /// <summary>See <see cref="AttentionWeightsArgs"/>.</summary>
    public virtual void AttentionWeights(in AttentionWeightsArgs p)
    {
        int[] shape = [p.Samples, p.Heads, p.Rows, p.Columns], all = [p.Heads * p.Rows * p.Columns, p.Rows * p.Columns, p.Columns, 1];
        Unary(UnaryOp.Affine, p.X, p.Y, p.Count, p.Scale);
        if (p.Mask is { } mask) Binary(BinaryOp.Add, p.Y, all, mask, [p.MaskSample, p.MaskHead, p.MaskRow, 1], p.Y, shape);
        if (p.Causal)
        {
            Storage future = Future(p.Rows, p.Columns);
            Binary(BinaryOp.Add, p.Y, all, future, [0, 0, p.Columns, 1], p.Y, shape);
            Free(future);
        }
        // Rows that see nothing: their largest score is −∞.
        Storage blind = Allocate(p.MatrixRows), lowest = Allocate(1), zeros = Allocate(p.Count), everywhere = Allocate(p.Count);
        Reduce(ReduceOp.Max, p.Y, blind, p.MatrixRows, p.Columns, 1);
        Fill(lowest, 1, double.NegativeInfinity);
        Binary(BinaryOp.Equal, blind, [1], lowest, [0], blind, [p.MatrixRows]);
        Copy(blind, 0, [1, 0], everywhere, 0, [p.Columns, 1], [p.MatrixRows, p.Columns], add: false);
        Fill(zeros, p.Count, 0);
        Where(everywhere, zeros, p.Y, p.Y, p.Count);
        Softmax(p.Y, p.Y, p.MatrixRows, p.Columns, log: false);
        Where(everywhere, zeros, p.Y, p.Y, p.Count);
        foreach (Storage scratch in (Storage[])[blind, lowest, zeros, everywhere]) Free(scratch);
    }

    /// <summary>
    /// Whether this device had better compute such attention at once, keeping no weights: then it has <see cref="Attention"/> and
    /// <see cref="AttentionGradient"/>. Otherwise attention is products, <see cref="AttentionWeights"/> and their derivatives.
    /// </summary>
    /// <param name="width">How many numbers a head has.</param>
    /// <param name="weights">How many weights there would be: samples · heads · queries · keys.</param>
    public virtual bool HasAttention(int width, long weights) => false;

    /// <summary>See <see cref="HeadAttentionArgs"/>.</summary>
    /// <exception cref="NotSupportedException">Not on this device; see <see cref="HasAttention"/>.</exception>
    public virtual void Attention(in HeadAttentionArgs p) =>
        throw new NotSupportedException($"The device {Name} computes attention from products: ask HasAttention first.");

    /// <summary>See <see cref="HeadAttentionGradientArgs"/>.</summary>
    /// <exception cref="NotSupportedException">Not on this device; see <see cref="HasAttention"/>.</exception>
    public virtual void AttentionGradient(in HeadAttentionGradientArgs p) =>
        throw new NotSupportedException($"The device {Name} computes attention from products: ask HasAttention first.");

    // −∞ where the column is behind the row, made on the host; a device that overrides the kernel above never does.
    private Storage Future(int rows, int columns)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        for (int j = i + 1; j < columns; j++) values[i * columns + j] = float.NegativeInfinity;
        Storage storage = Allocate(values.Length);
        Upload((ReadOnlySpan<float>)values, storage);
        return storage;
    }
}
