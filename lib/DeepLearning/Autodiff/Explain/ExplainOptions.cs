namespace DeepLearning;

/// <summary>What <see cref="Explain"/> should know besides the network.</summary>
public sealed record ExplainOptions
{
    /// <summary>α, the length of the step in w' = w − α·∂E/∂w; &gt; 0. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Digits after the point, 1 … 15; numbers that begin with zeros get more. Default 6.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>What the numbers are called. Default <see cref="ExplainNames.Letters"/>.</summary>
    public ExplainNames Names { get; init; } = ExplainNames.Letters;

    /// <summary>
    /// Data that the loss function changes before the first parameter meets it, and that must therefore be moved along to double precision.
    /// </summary>
    public IReadOnlyList<Tensor> Data { get; init; } = [];

    /// <summary>The largest network that is written out, in single numbers: data, parameters and results together. Default 2000.</summary>
    public int MaxNumbers { get; init; } = 2000;

    /// <summary>The most paths from one weight to the loss that are written out. Default 500.</summary>
    public int MaxPaths { get; init; } = 500;

    internal void Check()
    {
        if (!(LearningRate > 0)) throw new ArgumentOutOfRangeException(
            nameof(LearningRate), LearningRate, $"The learning rate α must be > 0, got {LearningRate}.");
        if (Digits is < 1 or > 15)
            throw new ArgumentOutOfRangeException(nameof(Digits), Digits, $"Digits must be from 1 to 15, got {Digits}.");
    }
}

/// <summary>
/// What the numbers of a network are called in an explanation. Start from <see cref="Letters"/> or <see cref="Numbers"/> and replace what
/// you like with <c>with { Weights = ["w1", "w2"] }</c>; a list may be shorter than the network needs, the rest keep their own names.
/// </summary>
public sealed record ExplainNames
{
    /// <summary>Inputs i1, i2, …; neurons h1, h2, … and o1, o2, …; weights w1, w2, … neuron by neuron; biases b1, b2, …</summary>
    public static ExplainNames Letters { get; } = new();

    /// <summary>Inputs x1 … xn; neurons n + 1, n + 2, …; the weight from 1 to 4 is w14; the bias of neuron 4 is θ4.</summary>
    /// <param name="bias">What stands before a bias's number.</param>
    public static ExplainNames Numbers(string bias = "θ") => new() { Numbered = true, Bias = bias, Input = "x" };

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The neurons, first layer first.</summary>
    public IReadOnlyList<string> Neurons { get; init; } = [];

    /// <summary>The weights, first layer first, within a layer neuron by neuron: the rows of W.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>The biases, first layer first.</summary>
    public IReadOnlyList<string> Biases { get; init; } = [];

    /// <summary>The targets, in order.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The loss. Default E.</summary>
    public string Loss { get; init; } = "E";

    internal bool Numbered { get; init; }

    internal string Bias { get; init; } = "b";

    internal string Input { get; init; } = "i";
}
