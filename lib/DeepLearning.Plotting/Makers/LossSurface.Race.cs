namespace DeepLearning.Plotting;

public static partial class LossSurface
{
    // A loss that became exactly 0 leaves a logarithmic plot at its lower edge, as one that is merely tiny does.
    private const double Vanished = 1e-60;

    /// <summary>
    /// Optimizers racing on one loss, in three plots that move in lock step: from above, on the surface, and the loss by step.
    /// Starts still, on the last step, with the ways whole.
    /// </summary>
    /// <param name="f">The loss L(w₁, w₂).</param>
    /// <param name="xRange">The lowest and highest w₁ shown.</param>
    /// <param name="yRange">The lowest and highest w₂ shown.</param>
    /// <param name="paths">One way per optimizer; shorter ones stand still at their end.</param>
    /// <param name="minima">Where to mark a minimum; the lowest point found in the range when null, none when empty.</param>
    /// <param name="log">False for losses at or below zero: even levels and a linear loss axis.</param>
    /// <param name="frames">At most this many pictures; steps between them are drawn, but not stopped at.</param>
    /// <param name="start">The step shown at rest; the last when null.</param>
    /// <param name="equalAspect">False to fill the first plot where the ranges are very different.</param>
    public static Figure Race(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        IEnumerable<OptimizerPath> paths, IEnumerable<(double X, double Y)>? minima = null, bool log = true, int frames = 60,
        int? start = null, bool equalAspect = false)
    {
        OptimizerPath[] ways = [.. paths];
        if (ways.Length == 0)
            throw new ArgumentException("A race needs at least one path, got none.", nameof(paths));
        if (frames < 2)
            throw new ArgumentOutOfRangeException(nameof(frames), $"A race needs at least two frames, got {frames}.");
        SurfaceTrace ground = Hill(f, xRange, yRange, log);
        Meaning[] looks = [.. ways.Select((_, i) => OptimizerPath.Look(ways, i))];
        LineTrace[] flat = [.. ways.Select((w, i) => Way(w, looks[i]) with { Labelled = false })];
        Path3dTrace[] high = [.. ways.Select((w, i) => Way3d(w, looks[i], f, ground))];
        LineTrace[] fall = [.. ways.Select((w, i) => Fall(w, looks[i], f, log))];
        int[] steps = Steps(ways.Max(w => w.X.Length) - 1, frames);
        int rest = Array.FindLastIndex(steps, s => s <= (start ?? steps[^1])) is var found and >= 0 ? found : 0;

        Figure above = Ground(f, xRange, yRange, log, equalAspect, Minima(f, xRange, yRange, minima))
            .Add(Start(ways[0])).Title("From above");
        Figure onIt = new Figure().Add(ground).XAxis("w₁").YAxis("w₂").ZAxis("loss L").Title("On the surface");
        Figure byStep = FallPlot(fall, steps[^1], log, ways[0].LossOn(f)[0]);
        int firstFlat = above.Panels[0].Traces.Count;
        int firstHigh = firstFlat + 2 * ways.Length + 1;
        int firstFall = firstHigh + 2 * ways.Length;
        for (int i = 0; i < ways.Length; i++)
        {
            above.Add(flat[i]);
            onIt.Add(high[i]);
            byStep.Add(fall[i]);
        }
        var still = Changes(steps[rest]).ToDictionary(c => c.Trace);
        for (int i = 0; i < ways.Length; i++)
        {
            above.Add(still[firstFlat + ways.Length + i].Data);
            onIt.Add(still[firstHigh + ways.Length + i].Data);
            byStep.Add(still[firstFall + ways.Length + i].Data);
        }
        return Figure.Grid(1, 3, [above, onIt, byStep]).Size(1280, 520)
            .WithFrames(steps.Select(s => new Frame($"step {s}", [.. Changes(s)])), rest, milliseconds: 120);

        IEnumerable<TraceChange> Changes(int step)
        {
            int n = ways.Length;
            for (int i = 0; i < n; i++)
            {
                int count = Math.Min(step + 1, ways[i].X.Length);
                yield return new(firstFlat + i, flat[i].Take(count), count);
                yield return new(firstHigh + i, high[i].Take(count), count);
                yield return new(firstFall + i, fall[i].Take(count), count);
                yield return new(firstFlat + n + i, Head(flat[i].X[count - 1], flat[i].Y[count - 1], looks[i]));
                yield return new(firstHigh + n + i, Head3d(high[i], count, looks[i]));
                yield return new(firstFall + n + i, Head(fall[i].X[count - 1], fall[i].Y[count - 1], looks[i]) with { MarkerSize = 10 });
            }
        }
    }

    private static LineTrace Fall(OptimizerPath path, Meaning look, Func<double, double, double> f, bool log)
    {
        double[] loss = [.. path.LossOn(f).Select(v => !log || v > 0 ? v : v == 0 ? Vanished : double.NaN)];
        return new(Numbers.Index(loss.Length), loss) { Name = path.Name, Color = look.Color, Dash = look.Dash };
    }

    private static Figure FallPlot(LineTrace[] fall, int last, bool log, double first)
    {
        (double low, double high) = Numbers.Extent(fall.SelectMany(t => t.Y));
        double top = log ? Math.Min(high, 10 * Math.Max(first, 1e-12)) * 1.3 : high + 0.05 * (high - low);
        double bottom = log ? Math.Max(low, first * 1e-8) / 1.3 : low - 0.05 * (high - low);
        return new Figure().Title("Loss by step").XAxis("step t", min: 0, max: 1.02 * last)
            .YAxis("loss L", log, double.IsFinite(bottom) ? bottom : null, double.IsFinite(top) ? top : null);
    }

    private static int[] Steps(int last, int frames)
    {
        if (last < 1)
            throw new ArgumentException("A race needs paths of at least two points; these never leave the start.");
        int count = Math.Min(last, frames - 1);
        return [.. Enumerable.Range(0, count + 1).Select(k => (int)Math.Round((double)k * last / count))];
    }
}
