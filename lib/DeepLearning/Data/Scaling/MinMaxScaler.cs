namespace DeepLearning;

/// <summary>Stretches every column over the same range.</summary>
/// <remarks>y = low + (high − low) · (x − min) / (max − min). A column that never changes becomes low.</remarks>
/// <example><code>
/// var (train, test) = Datasets.Iris().Split(0.8, new Generator(1));
/// MinMaxScaler scaler = MinMaxScaler.Fit(train.X);
/// (train, test) = (scaler.Transform(train), scaler.Transform(test));
/// </code></example>
public sealed class MinMaxScaler : ColumnScaler
{
    private MinMaxScaler(Tensor shift, Tensor scale) : base(shift, scale)
    {
    }

    /// <summary>Learns smallest and largest value of each column.</summary>
    /// <param name="x">Training features, [N, …] with N ≥ 1.</param>
    /// <param name="low">Where the smallest goes, default 0.</param>
    /// <param name="high">Where the largest goes, &gt; low, default 1.</param>
    /// <exception cref="ArgumentException">No rows, or high is not above low.</exception>
    public static MinMaxScaler Fit(Tensor x, double low = 0, double high = 1)
    {
        if (!(high > low && double.IsFinite(high - low)))
            throw new ArgumentException($"high must be above low and both finite, got {low} to {high}.");
        (double Min, double Scale)[] scales = Columns(x).Select(c => (Min: c.Min(), Range: c.Max() - c.Min()))
            .Select(c => (c.Min, Scale: c.Range == 0 ? 1 : c.Range / (high - low))).ToArray();
        return new(PerColumn(x, scales.Select(c => c.Min - low * c.Scale)), PerColumn(x, scales.Select(c => c.Scale)));
    }
}
