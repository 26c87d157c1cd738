namespace DeepLearning.Plotting;

/// <summary>
/// How a value becomes a colour: straight, or by the logarithm of its distance from the lowest value, so that levels crowd where a
/// loss is small.
/// </summary>
internal sealed class ZScale
{
    private readonly double _shift, _floor;

    public ZScale(IEnumerable<double> values, bool log, double? min = null, double? max = null)
    {
        Log = log;
        (double low, double high) = Numbers.Extent(values);
        (low, high) = (min ?? low, max ?? high);
        if (high <= low)
            high = low + Math.Max(1e-9, Math.Abs(low) * 1e-6);
        if (log)
        {
            _shift = low > 0 ? 0 : low;
            double reach = high - _shift;
            _floor = Math.Max(low - _shift, reach * 1e-4);
            (Low, High) = (Math.Log10(_floor), Math.Log10(reach));
        }
        else
            (Low, High) = (low, high);
    }

    public bool Log { get; }

    /// <summary>The lowest and highest value after scaling.</summary>
    public double Low { get; }

    public double High { get; }

    public double To(double z) => !double.IsFinite(z) ? double.NaN : Log ? Math.Log10(Math.Max(z - _shift, _floor)) : z;

    public double Share(double z) => (To(z) - Low) / (High - Low);

    public double[,] To(double[,] z)
    {
        if (!Log)
            return z;
        double[,] t = new double[z.GetLength(0), z.GetLength(1)];
        for (int i = 0; i < t.GetLength(0); i++)
            for (int j = 0; j < t.GetLength(1); j++)
                t[i, j] = To(z[i, j]);
        return t;
    }

    /// <summary>The step between contour levels: a round number, or a simple fraction of a decade.</summary>
    public double Step(int levels)
    {
        double wish = (High - Low) / levels;
        return Log
            ? ((double[])[1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0, 1 / 10.0, 1 / 20.0, 1 / 50.0]).MinBy(s => Math.Abs(Math.Log(s / wish)))
            : Ticks.NiceStep(wish);
    }

    public double[] Levels(int levels)
    {
        double step = Step(levels);
        int first = (int)Math.Floor(Low / step + 1e-9) + 1, last = (int)Math.Ceiling(High / step - 1e-9) - 1;
        return last < first ? [(Low + High) / 2] : [.. Enumerable.Range(first, last - first + 1).Select(k => k * step)];
    }

    public IReadOnlyList<(double At, string Text)> TickMarks()
    {
        if (!Log)
            return [.. Ticks.Linear(Low, High, 6).Select(t => (t, Numbers.Short(t)))];
        var marks = new List<(double, string)>();
        double[] leads = High - Low > 2.5 ? [1] : High - Low > 1.2 ? [1, 3] : [1, 2, 5];
        for (int power = (int)Math.Floor(Low); power <= High; power++)
            foreach (double lead in leads)
            {
                double distance = lead * Math.Pow(10, power), at = Math.Log10(distance);
                if (at >= Low - 1e-9 && at <= High + 1e-9)
                    marks.Add((at, Numbers.Short(_shift + distance)));
            }
        return marks;
    }
}

internal static class ColorBars
{
    public static ColorBar Linear(ColorScale scale, (double Min, double Max) range) =>
        From(scale, new ZScale([range.Min, range.Max], log: false));

    public static ColorBar From(ColorScale scale, ZScale z, int bands = 0) => new(scale, z.Low, z.High, z.TickMarks(), bands);
}
