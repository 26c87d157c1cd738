namespace DeepLearning.Plotting;

/// <summary>How a model's error splits, as it grows more flexible.</summary>
public static class BiasVariance
{
    /// <summary>Bias², variance and noise over a measure of flexibility, with their sum and its lowest point.</summary>
    /// <param name="x">The measure: degree, depth, number of units, 1/λ.</param>
    /// <param name="biasSquared">The squared bias at each x.</param>
    /// <param name="variance">The variance at each x.</param>
    /// <param name="noise">The noise at each x; zero when null.</param>
    /// <param name="xTitle">What x measures.</param>
    public static Figure Curves(IEnumerable<double> x, IEnumerable<double> biasSquared, IEnumerable<double> variance,
        IEnumerable<double>? noise = null, string xTitle = "model complexity")
    {
        double[] at = [.. x], bias = [.. biasSquared], spread = [.. variance], rest = noise?.ToArray() ?? new double[at.Length];
        Numbers.SameLength(at, bias, "x", "bias²", "Bias–variance curves");
        Numbers.SameLength(at, spread, "x", "variance", "Bias–variance curves");
        Numbers.SameLength(at, rest, "x", "noise", "Bias–variance curves");
        double[] total = [.. at.Select((_, i) => bias[i] + spread[i] + rest[i])];
        Figure figure = new Figure().AddLine(at, bias, "bias²").AddLine(at, spread, "variance");
        if (noise is not null)
            figure.AddLine(at, rest, "noise");
        figure.AddLine(at, total, "total error");
        int best = Array.IndexOf(total, total.Min());
        return figure.XAxis(xTitle).YAxis("expected squared error", min: 0)
            .Annotate(at[best], total[best], "lowest total error", shiftX: 20, shiftY: 50, arrow: true);
    }
}

/// <summary>What happens while a network learns.</summary>
public static class TrainingCurves
{
    /// <summary>Training and validation values by epoch, the best validation epoch marked.</summary>
    /// <param name="train">The value after each epoch, the first at epoch 1.</param>
    /// <param name="validation">The same on the validation set, or null.</param>
    /// <param name="bestEpoch">Counted from 1; the one with the best validation value when null.</param>
    /// <param name="yTitle">What is measured.</param>
    /// <param name="log">True for a logarithmic y axis.</param>
    /// <param name="higherIsBetter">True for accuracies.</param>
    public static Figure Draw(IEnumerable<double> train, IEnumerable<double>? validation = null, int? bestEpoch = null,
        string yTitle = "loss L", bool log = false, bool higherIsBetter = false)
    {
        double[] learned = [.. train], held = validation?.ToArray() ?? [];
        Figure figure = new Figure().AddLine(Epochs(learned), learned, "train");
        if (held.Length > 0)
        {
            figure.AddLine(Epochs(held), held, "validation");
            double[] finite = [.. held.Where(double.IsFinite)];
            if (bestEpoch is null && finite.Length > 0)
                bestEpoch = Array.IndexOf(held, higherIsBetter ? finite.Max() : finite.Min()) + 1;
        }
        double[] marked = held.Length > 0 ? held : learned;
        if (bestEpoch is { } best)
        {
            if (best < 1 || best > marked.Length)
                throw new ArgumentOutOfRangeException(nameof(bestEpoch), $"The best epoch is one of 1 to {marked.Length}, got {best}.");
            figure.Add(new ScatterTrace([best], [marked[best - 1]]) { Color = Theme.Ink, Marker = Marker.CircleOpen, MarkerSize = 13 })
                .Annotate(best, marked[best - 1], $"best: epoch {best}", shiftY: higherIsBetter ? -46 : 46, arrow: true);
        }
        return figure.XAxis("epoch").YAxis(yTitle, log);
    }

    private static double[] Epochs(double[] values) => [.. Enumerable.Range(1, values.Length).Select(e => (double)e)];
}

/// <summary>An activation function beside its slope.</summary>
public static class ActivationPlot
{
    /// <summary>The function and its derivative in one plot.</summary>
    /// <param name="f">The activation σ(z).</param>
    /// <param name="df">Its derivative σ′(z).</param>
    /// <param name="range">The lowest and highest z.</param>
    /// <param name="name">What it is called.</param>
    public static Figure Draw(Func<double, double> f, Func<double, double> df, (double Min, double Max)? range = null, string name = "σ")
    {
        (double low, double high) = range ?? (-6, 6);
        return new Figure()
            .AddLine(z => 0, (low, high), color: Theme.Muted, points: 2)
            .AddLine(f, (low, high), name, Theme.Blue)
            .AddLine(df, (low, high), "derivative", Theme.Vermillion, Dash.Dash)
            .XAxis("net input z").YAxis("a = σ(z)");
    }
}

/// <summary>How large the gradients are from the first layer to the last.</summary>
public static class GradientByLayer
{
    /// <summary>One line per network: the size of the gradient at each layer, on a logarithmic axis.</summary>
    /// <param name="layers">A word for each layer, the one next to the input first.</param>
    /// <param name="series">For each network its name and a size per layer, for example the norm; zeros leave a gap.</param>
    public static Figure Draw(IEnumerable<string> layers, params IEnumerable<(string Name, IEnumerable<double> Sizes)> series)
    {
        string[] words = [.. layers];
        var figure = new Figure();
        int index = 0;
        foreach ((string name, IEnumerable<double> sizes) in series)
        {
            double[] y = [.. sizes.Select(s => s > 0 ? s : double.NaN)];
            if (y.Length != words.Length)
                throw new ArgumentException($"'{name}' has {y.Length} gradient sizes for {words.Length} layers; give one per layer.",
                    nameof(series));
            Meaning look = CoursePalette.Find(name) ?? CoursePalette.Category(index);
            figure.AddLine(Numbers.Index(y.Length), y, name, look.Color, look.Dash, look.Marker);
            index++;
        }
        if (index == 0)
            throw new ArgumentException("Gradients by layer need at least one series, got none.", nameof(series));
        return figure.XAxis("layer", categories: words).YAxis("gradient norm ‖∂L/∂W‖", log: true);
    }
}
