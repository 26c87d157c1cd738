namespace DeepLearning;

/// <summary>Gives every column mean 0 and variance 1.</summary>
/// <remarks>
/// y = (x − μ) / σ, with μ = (1/N) Σ xᵢ and σ² = (1/N) Σ (xᵢ − μ)². A column that never changes has σ = 0; it is divided by 1 and becomes
/// 0. Source: S2, data preprocessing.
/// </remarks>
/// <example><code>
/// var (train, test) = Datasets.Iris().Split(0.8, new Generator(1));
/// Standardizer standardizer = Standardizer.Fit(train.X);
/// (train, test) = (standardizer.Transform(train), standardizer.Transform(test));
/// </code></example>
public sealed class Standardizer : ColumnScaler
{
    private Standardizer(Tensor mean, Tensor deviation) : base(mean, deviation)
    {
    }

    /// <summary>μ of each column.</summary>
    public Tensor Mean => Shift;

    /// <summary>σ of each column, and 1 where that is 0.</summary>
    public Tensor Deviation => Scale;

    /// <summary>Learns mean and deviation of each column.</summary>
    /// <param name="x">Training features, [N, …] with N ≥ 1.</param>
    /// <exception cref="ArgumentException">No rows.</exception>
    public static Standardizer Fit(Tensor x)
    {
        double[][] columns = Columns(x);
        return new(PerColumn(x, columns.Select(c => c.Average())), PerColumn(x, columns.Select(DeviationOf)));
    }

    private static double DeviationOf(double[] column)
    {
        if (column.Min() == column.Max()) return 1;
        double mean = column.Average();
        return Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
    }
}
