namespace DeepLearning.Plotting;

internal static class Ticks
{
    /// <summary>1, 2 or 5 times a power of ten, near the wished step.</summary>
    public static double NiceStep(double wish)
    {
        if (!(wish > 0) || !double.IsFinite(wish))
            return 1;
        double ten = Math.Pow(10, Math.Floor(Math.Log10(wish)));
        double lead = wish / ten;
        return ten * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }

    public static double[] Linear(double min, double max, int wish)
    {
        double step = NiceStep((max - min) / wish);
        long first = (long)Math.Ceiling(min / step - 1e-9), last = (long)Math.Floor(max / step + 1e-9);
        return last - first > 100 ? [min, max] : [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Clean((first + i) * step))];
    }

    /// <summary>Powers of ten between two positive numbers; 2 and 5 times them where there are few.</summary>
    public static double[] Log(double min, double max, int wish)
    {
        double decades = Math.Log10(max / min);
        if (decades < 0.7)
            return [.. Linear(min, max, wish).Where(v => v > 0)];
        int skip = Math.Max(1, (int)Math.Ceiling(decades / wish));
        double[] leads = decades > 3 ? [1] : decades > 1.4 ? [1, 3] : [1, 2, 5];
        var ticks = new List<double>();
        for (int power = (int)Math.Floor(Math.Log10(min)); power <= Math.Ceiling(Math.Log10(max)); power++)
            if (power % skip == 0)
                ticks.AddRange(leads.Select(lead => Clean(lead * Math.Pow(10, power))).Where(v => v >= min * 0.999 && v <= max * 1.001));
        return [.. ticks];
    }

    private static double Clean(double v) => v == 0 ? 0 : double.Parse(v.ToString("G12"));
}
