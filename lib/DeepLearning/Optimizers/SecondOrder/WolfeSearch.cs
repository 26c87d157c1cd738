namespace DeepLearning;

/// <summary>
/// Finds a length t along a direction at which a function φ(t) is sufficiently smaller than at the start, φ(t) ≤ φ(0) + c₁tφ′(0), and
/// sufficiently flat, |φ′(t)| ≤ c₂|φ′(0)|: first goes on until such lengths are enclosed, then narrows the enclosure.
/// </summary>
/// <param name="evaluate">φ and φ′ at t.</param>
/// <param name="start">The point t = 0, with φ′(0) &lt; 0.</param>
/// <param name="longest">The largest number of the direction.</param>
/// <param name="tolerance">Gives up narrowing below this change of a parameter.</param>
/// <remarks>
/// Source: Nocedal and Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6; guesses by cubics through two points.
/// </remarks>
internal sealed class WolfeSearch(Func<double, WolfeSearch.Point> evaluate, WolfeSearch.Point start, double longest, double tolerance)
{
    private const double SufficientDecrease = 1e-4, SufficientFlatness = 0.9;
    private const int MostTries = 25;

    private int _tries;

    /// <summary>One length tried.</summary>
    public sealed record Point(double T, double Value, Tensor Gradient, double Slope);

    /// <summary>Searches from a first guess.</summary>
    public Point Run(double t)
    {
        Point before = start, now = evaluate(t);
        for (; _tries < MostTries; _tries++)
        {
            if (IsTooHigh(now) || (_tries > 1 && now.Value >= before.Value)) return Narrow(before, now);
            if (IsFlat(now)) return now;
            if (now.Slope >= 0) return Narrow(before, now);
            double next = Guess(before, now, now.T + 0.01 * (now.T - before.T), 10 * now.T);
            (before, now) = (now, evaluate(next));
        }
        return now.Value < start.Value ? now : start;
    }

    private Point Narrow(Point a, Point b)
    {
        (Point low, Point high) = b.Value < a.Value ? (b, a) : (a, b); // a value that is no number is the high one
        bool wasNearAnEnd = false;
        while (_tries < MostTries && Math.Abs(high.T - low.T) * longest >= tolerance)
        {
            double t = Inside(low, high, ref wasNearAnEnd);
            Point now = evaluate(t);
            _tries++;
            if (IsTooHigh(now) || now.Value >= low.Value)
            {
                (low, high) = now.Value < low.Value ? (now, low) : (low, now);
                continue;
            }
            if (IsFlat(now)) return now;
            if (now.Slope * (high.T - low.T) >= 0) high = low;
            low = now;
        }
        return low;
    }

    // A guess that is twice in a row within a tenth of an end is moved that far from it, or little would be won.
    private static double Inside(Point low, Point high, ref bool wasNearAnEnd)
    {
        double from = Math.Min(low.T, high.T), to = Math.Max(low.T, high.T), margin = 0.1 * (to - from);
        double t = Guess(low, high, from, to);
        bool near = Math.Min(to - t, t - from) < margin;
        if (near && (wasNearAnEnd || t >= to || t <= from))
        {
            wasNearAnEnd = false;
            return Math.Abs(t - to) < Math.Abs(t - from) ? to - margin : from + margin;
        }
        wasNearAnEnd = near;
        return t;
    }

    private bool IsTooHigh(Point p) => !(p.Value <= start.Value + SufficientDecrease * p.T * start.Slope);

    private bool IsFlat(Point p) => Math.Abs(p.Slope) <= -SufficientFlatness * start.Slope;

    // Where the cubic through two points with their slopes has its minimum, within bounds; halfway if it has none.
    private static double Guess(Point a, Point b, double from, double to)
    {
        if (a.T > b.T) (a, b) = (b, a);
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.T - b.T), square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0)) return (from + to) / 2;
        double d2 = Math.Sqrt(square), t = b.T - (b.T - a.T) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return double.IsFinite(t) ? Math.Clamp(t, from, to) : (from + to) / 2;
    }
}
