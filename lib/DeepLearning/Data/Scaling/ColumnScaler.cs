namespace DeepLearning;

/// <summary>A scaling column by column, y = (x − shift) / scale, learned from training data and then used on all data.</summary>
/// <remarks>
/// x: [N, …]; a column is one position of the axes after the first. Learning it from test data too would leak what it must not know.
/// </remarks>
public abstract class ColumnScaler
{
    private protected ColumnScaler(Tensor shift, Tensor scale) => (Shift, Scale) = (shift, scale);

    /// <summary>What is subtracted from each column.</summary>
    public Tensor Shift { get; }

    /// <summary>What each column is then divided by; never 0.</summary>
    public Tensor Scale { get; }

    /// <summary>x → (x − shift) / scale</summary>
    /// <param name="x">[N, …], with the columns it was learned from.</param>
    /// <exception cref="ArgumentException">Other columns.</exception>
    public Tensor Transform(Tensor x)
    {
        Check(x);
        return (x - Shift.To(x.Device)) / Scale.To(x.Device);
    }

    /// <summary>The data set with its features scaled.</summary>
    /// <inheritdoc cref="Transform(Tensor)" path="/exception"/>
    public Dataset Transform(Dataset data)
    {
        ArgumentCheck.NotNull(data);
        return data.WithX(Transform(data.X));
    }

    /// <summary>Back again: y → y · scale + shift</summary>
    /// <inheritdoc cref="Transform(Tensor)" path="/exception"/>
    public Tensor Inverse(Tensor y)
    {
        Check(y);
        return y * Scale.To(y.Device) + Shift.To(y.Device);
    }

    private void Check(Tensor x)
    {
        ArgumentCheck.NotNull(x);
        if (x.Rank == 0 || !x.Shape.Dims[1..].SequenceEqual(Shift.Shape.Dims))
            throw new ArgumentException($"{GetType().Name} was fitted to [N, {string.Join(", ", Shift.Shape.Dims.ToArray())}], got " +
                $"{x.Shape}.");
    }

    private protected static double[][] Columns(Tensor x)
    {
        ArgumentCheck.NotNull(x);
        if (x.Rank < 2 || x.Count == 0)
            throw new ArgumentException($"Scaling is learned from rows x: [N, …] with N ≥ 1, got shape {x.Shape}.");
        double[] values = x.ToDoubles();
        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        if (wrong >= 0)
            throw new ArgumentException($"Scaling is learned from finite numbers, but row {wrong / (x.Count / x.Shape[0])} of x holds " +
                $"{values[wrong]}; " +
                "leave such rows out, or put a number there.");
        int rows = x.Shape[0], width = x.Count / rows;
        double[][] columns = new double[width][];
        for (int c = 0; c < width; c++)
        {
            columns[c] = new double[rows];
            for (int r = 0; r < rows; r++) columns[c][r] = values[r * width + c];
        }
        return columns;
    }

    private protected static Tensor PerColumn(Tensor x, IEnumerable<double> values) => Tensor.From([.. values], [.. x.Shape.Dims[1..]]);
}
