namespace DeepLearning;

/// <summary>What a single number stands for in the network.</summary>
internal enum ScalarRole { Weight, Bias, Input, Target, Constant, Result }

/// <summary>One number: an element of an operation's output, of a parameter, or of the data.</summary>
internal sealed class ScalarNode(Tensor tensor, int element, double value)
{
    /// <summary>The tensor it was first an element of, and where.</summary>
    public Tensor Tensor { get; } = tensor;

    public int Element { get; } = element;

    public double Value { get; } = value;

    /// <summary>Null for parameters and data.</summary>
    public Operation? Operation => Tensor.Origin;

    /// <summary>
    /// Whether it is a constant that its operation made itself, such as the 0 a sequence starts from: written as the number it is.
    /// </summary>
    public bool IsLiteral { get; init; }

    public bool IsTrainable => Operation is null && Tensor.RequiresGradient;

    public string Name { get; set; } = "";

    /// <summary>When it got its name: parameters are listed in this order.</summary>
    public int Order { get; set; }

    /// <summary>The how-manieth number that was computed.</summary>
    public int Place { get; set; }

    public ScalarRole Role { get; set; } = ScalarRole.Result;

    /// <summary>How it is computed, where that can be written as a formula.</summary>
    public Formula? Formula { get; set; }

    /// <summary>What it depends on, and what depends on it.</summary>
    public List<ScalarEdge> Sources { get; } = [];

    public List<ScalarEdge> Users { get; } = [];
}

/// <summary>∂to/∂from, measured by running the operation's own derivative.</summary>
internal sealed record ScalarEdge(ScalarNode From, ScalarNode To, double Slope);
