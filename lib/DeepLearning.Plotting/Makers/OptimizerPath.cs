namespace DeepLearning.Plotting;

/// <summary>The way of one optimizer through two parameters.</summary>
public sealed record OptimizerPath
{
    /// <summary>A way from its points.</summary>
    /// <param name="name">The optimizer; a name of <see cref="CoursePalette.Optimizers"/> brings its colour, dash and marker.</param>
    /// <param name="points">The parameters before the first step and after each one.</param>
    /// <param name="loss">The loss at each point; computed from the surface when null.</param>
    public OptimizerPath(string name, IEnumerable<(double X, double Y)> points, IEnumerable<double>? loss = null)
    {
        (double X, double Y)[] all = [.. points];
        if (all.Length == 0)
            throw new ArgumentException($"The path of {name} has no points; give it at least its start.", nameof(points));
        (Name, X, Y, Loss) = (name, [.. all.Select(p => p.X)], [.. all.Select(p => p.Y)], loss?.ToArray());
        if (Loss is not null && Loss.Length != X.Length)
            throw new ArgumentException($"The path of {name} has {X.Length} points and {Loss.Length} losses; give one loss per point.",
                nameof(loss));
    }

    /// <summary>The optimizer.</summary>
    public string Name { get; }

    /// <summary>The first parameter, step by step.</summary>
    public double[] X { get; }

    /// <summary>The second parameter, step by step.</summary>
    public double[] Y { get; }

    /// <summary>The loss, step by step, or null to take it from the surface.</summary>
    public double[]? Loss { get; }

    internal double[] LossOn(Func<double, double, double> f) => Loss ?? [.. X.Zip(Y, f)];

    internal static Meaning Look(IReadOnlyList<OptimizerPath> paths, int index) =>
        CoursePalette.Find(paths[index].Name) ?? CoursePalette.Category(index);
}
