using System.Numerics;

namespace DeepLearning.Plotting;

internal static class Numbers
{
    public static double[] From<T>(IEnumerable<T> values, string what) where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(values, what);
        return [.. values.Select(double.CreateChecked)];
    }

    public static double[,] From(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[,] copy = new double[values.GetLength(0), values.GetLength(1)];
        for (int i = 0; i < copy.GetLength(0); i++)
            for (int j = 0; j < copy.GetLength(1); j++)
                copy[i, j] = values[i, j];
        return copy;
    }

    public static double[] Index(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    public static double[] Space((double Min, double Max) range, int count, string what)
    {
        if (!double.IsFinite(range.Min) || !double.IsFinite(range.Max) || range.Min >= range.Max)
            throw new ArgumentException($"The {what} range must go from a smaller to a larger number, got ({range.Min}, {range.Max}).");
        if (count < 2)
            throw new ArgumentOutOfRangeException(nameof(count), $"At least 2 points are needed along {what}, got {count}.");
        double step = (range.Max - range.Min) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? range.Max : range.Min + i * step)];
    }

    public static double[,] Sample(Func<double, double, double> f, double[] x, double[] y)
    {
        ArgumentNullException.ThrowIfNull(f);
        double[,] z = new double[y.Length, x.Length];
        for (int i = 0; i < y.Length; i++)
            for (int j = 0; j < x.Length; j++)
                z[i, j] = f(x[j], y[i]);
        return z;
    }

    public static void SameLength(double[] a, double[] b, string nameA, string nameB, string trace)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"{trace} needs as many {nameA} as {nameB} values, got {a.Length} {nameA} and {b.Length} {nameB}.");
        if (a.Length == 0)
            throw new ArgumentException($"{trace} has no points; give it at least one.");
    }

    public static void Grid(double[,] z, double[] x, double[] y, string trace)
    {
        int rows = z.GetLength(0), columns = z.GetLength(1);
        if (rows == 0 || columns == 0)
            throw new ArgumentException($"{trace} got an empty array [{rows}, {columns}]; give it at least one row and one column.");
        if (x.Length != columns || y.Length != rows)
            throw new ArgumentException(
                $"{trace} has values [{rows}, {columns}], so it needs {columns} x and {rows} y positions, got {x.Length} x " +
                $"and {y.Length} y.");
        if (!Finite(z).Any())
            throw new ArgumentException(
                $"{trace} has no finite value: all {z.Length} are NaN or infinite. Look at the function or the data that made them.");
    }

    public static IEnumerable<double> Finite(double[,] z) => z.Cast<double>().Where(double.IsFinite);

    public static (double Min, double Max) Extent(IEnumerable<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (double v in values)
            if (double.IsFinite(v))
            {
                min = Math.Min(min, v);
                max = Math.Max(max, v);
            }
        return (min, max);
    }

    /// <summary>A number as a reader wants it in a label: four significant digits, no trailing zeros.</summary>
    public static string Short(double v)
    {
        if (v == 0 || !double.IsFinite(v))
            return v.ToString();
        double size = Math.Abs(v);
        if (size is >= 1e-3 and < 1e6)
            return v.ToString(size >= 1000 ? "0.#" : "G4").Replace('-', '−');
        int power = (int)Math.Floor(Math.Log10(size));
        string lead = (v / Math.Pow(10, power)).ToString("0.##").Replace('-', '−');
        string ten = "10" + Superscript(power);
        return lead == "1" ? ten : lead == "−1" ? "−" + ten : $"{lead}·{ten}";
    }

    private static string Superscript(int n) =>
        string.Concat(n.ToString().Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
