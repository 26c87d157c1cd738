namespace DeepLearning.Plotting;

/// <summary>How one thing looks wherever the course draws it: colour, dash and marker together.</summary>
/// <param name="Name">The word written at the line.</param>
/// <param name="Color">A colour of <see cref="Theme"/>.</param>
/// <param name="Dash">Repeats the colour in the line.</param>
/// <param name="Marker">Repeats the colour in the points.</param>
public sealed record Meaning(string Name, string Color, Dash Dash, Marker Marker);

/// <summary>One look per meaning for the whole course. A trace whose name is one of these takes its look by itself.</summary>
public static class CoursePalette
{
    /// <summary>Measured on the training set.</summary>
    public static readonly Meaning Train = new("train", Theme.Blue, Dash.Solid, Marker.Circle);

    /// <summary>Measured on the validation set.</summary>
    public static readonly Meaning Validation = new("validation", Theme.Orange, Dash.Dash, Marker.Square);

    /// <summary>Measured on the test set.</summary>
    public static readonly Meaning Test = new("test", Theme.Vermillion, Dash.DashDot, Marker.Diamond);

    /// <summary>The squared bias.</summary>
    public static readonly Meaning Bias = new("bias²", Theme.Sky, Dash.Dash, Marker.TriangleUp);

    /// <summary>The variance.</summary>
    public static readonly Meaning Variance = new("variance", Theme.Purple, Dash.DashDot, Marker.TriangleDown);

    /// <summary>The noise no model can remove.</summary>
    public static readonly Meaning Noise = new("noise", Theme.Muted, Dash.Dot, Marker.X);

    /// <summary>bias² + variance + noise.</summary>
    public static readonly Meaning TotalError = new("total error", Theme.Ink, Dash.Solid, Marker.Circle);

    /// <summary>Values on their way forward.</summary>
    public static readonly Meaning Forward = new("forward", Theme.Blue, Dash.Solid, Marker.Circle);

    /// <summary>Gradients on their way back.</summary>
    public static readonly Meaning Backward = new("backward", Theme.Vermillion, Dash.Dash, Marker.Diamond);

    /// <summary>Stochastic gradient descent.</summary>
    public static readonly Meaning Sgd = new("SGD", Theme.Ink, Dash.Solid, Marker.Circle);

    /// <summary>SGD with momentum.</summary>
    public static readonly Meaning Momentum = new("Momentum", Theme.Blue, Dash.Solid, Marker.Square);

    /// <summary>SGD with Nesterov momentum.</summary>
    public static readonly Meaning Nesterov = new("Nesterov", Theme.Sky, Dash.Dash, Marker.SquareOpen);

    /// <summary>AdaGrad.</summary>
    public static readonly Meaning AdaGrad = new("AdaGrad", Theme.Green, Dash.Solid, Marker.TriangleUp);

    /// <summary>RMSProp.</summary>
    public static readonly Meaning RmsProp = new("RMSProp", Theme.Orange, Dash.Solid, Marker.Diamond);

    /// <summary>RMSProp with Nesterov momentum.</summary>
    public static readonly Meaning RmsPropNesterov = new("RMSProp+Nesterov", Theme.Vermillion, Dash.Dash, Marker.DiamondOpen);

    /// <summary>Adadelta.</summary>
    public static readonly Meaning Adadelta = new("Adadelta", Theme.Yellow, Dash.LongDash, Marker.TriangleDown);

    /// <summary>Adam.</summary>
    public static readonly Meaning Adam = new("Adam", Theme.Purple, Dash.Solid, Marker.Cross);

    /// <summary>Adam with decoupled weight decay.</summary>
    public static readonly Meaning AdamW = new("AdamW", Theme.Purple, Dash.Dot, Marker.X);

    /// <summary>Adam with Nesterov momentum.</summary>
    public static readonly Meaning Nadam = new("Nadam", Theme.Vermillion, Dash.DashDot, Marker.Star);

    /// <summary>The ten optimizers of the course, in the order it meets them.</summary>
    public static IReadOnlyList<Meaning> Optimizers { get; } =
        [Sgd, Momentum, Nesterov, AdaGrad, RmsProp, RmsPropNesterov, Adadelta, Adam, AdamW, Nadam];

    private static readonly Meaning[] s_categories =
    [
        new("1", Theme.Blue, Dash.Solid, Marker.Circle),
        new("2", Theme.Orange, Dash.Dash, Marker.Square),
        new("3", Theme.Green, Dash.DashDot, Marker.TriangleUp),
        new("4", Theme.Vermillion, Dash.Dot, Marker.Diamond),
        new("5", Theme.Purple, Dash.LongDash, Marker.Cross),
        new("6", Theme.Sky, Dash.Solid, Marker.X),
        new("7", Theme.Ink, Dash.Dash, Marker.TriangleDown),
        new("8", Theme.Yellow, Dash.DashDot, Marker.Star),
    ];

    private static readonly Dictionary<string, Meaning> s_names = MakeNames();

    /// <summary>
    /// The look of the <paramref name="index"/>-th of some things that have no meaning of their own: classes, runs, layers.
    /// </summary>
    /// <param name="index">0 or more; colours repeat after eight, with another dash and marker.</param>
    public static Meaning Category(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Meaning first = s_categories[index % 8];
        Meaning shape = s_categories[(index + 3 * (index / 8)) % 8];
        return first with { Name = $"{index + 1}", Dash = shape.Dash, Marker = shape.Marker };
    }

    /// <summary>
    /// The meaning a word has in this course, or null. Case, blanks, hyphens and a trailing "loss" or "error" do not matter.
    /// </summary>
    /// <param name="name">For example "train", "Validation loss", "RMSPropNesterov".</param>
    public static Meaning? Find(string? name) => name is not null && s_names.TryGetValue(Key(name), out Meaning? found) ? found : null;

    private static string Key(string name)
    {
        string word = name.Trim().ToLowerInvariant();
        foreach (string tail in (string[])[" loss", " accuracy", " error"])
            if (word.EndsWith(tail, StringComparison.Ordinal) && word != "total error")
                word = word[..^tail.Length];
        return string.Concat(word.Where(char.IsLetterOrDigit));
    }

    private static Dictionary<string, Meaning> MakeNames()
    {
        var names = new Dictionary<string, Meaning>();
        foreach (Meaning m in (Meaning[])[Train, Validation, Test, Bias, Variance, Noise, TotalError, Forward, Backward, .. Optimizers])
            names[Key(m.Name)] = m;
        names["training"] = Train;
        names["val"] = Validation;
        names["bias"] = Bias;
        names["total"] = TotalError;
        names["sgdmomentum"] = Momentum;
        names["nag"] = Nesterov;
        return names;
    }
}
