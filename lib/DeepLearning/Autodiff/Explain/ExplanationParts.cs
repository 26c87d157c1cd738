namespace DeepLearning;

/// <summary>One line of the forward pass: a number and how it is computed.</summary>
/// <param name="Name">Such as <c>in_h1</c>.</param>
/// <param name="Operation">The operation that made it, such as <c>linear</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Text">Such as <c>in_h1 = w1·i1 + b1 = 0.15×0.05 + 0.35 = 0.3575</c>.</param>
/// <param name="Latex">The same as a formula.</param>
public sealed record ForwardStep(string Name, string Operation, double Value, string Text, string Latex)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>How fast one number changes with another that it is computed from directly: a factor of the chain rule.</summary>
/// <param name="Of">Such as <c>out_o1</c>.</param>
/// <param name="With">Such as <c>in_o1</c>.</param>
/// <param name="Value">∂of/∂with.</param>
/// <param name="Text">Such as <c>∂out_o1/∂in_o1 = out_o1(1 − out_o1) = 0.75(1 − 0.75) = 0.1875</c>.</param>
/// <param name="Latex">The same as a formula.</param>
public sealed record LocalDerivative(string Of, string With, double Value, string Text, string Latex)
{
    /// <summary>Such as <c>∂out_o1/∂in_o1</c>.</summary>
    public string Symbol => $"∂{Of}/∂{With}";

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>One way from the loss back to a parameter.</summary>
/// <param name="Factors">The chain of local derivatives, the loss first.</param>
/// <param name="Through">The neurons it passes, from the parameter to the loss.</param>
/// <param name="Product">The product of the factors: what this path contributes to the gradient.</param>
public sealed record GradientPath(IReadOnlyList<LocalDerivative> Factors, IReadOnlyList<string> Through, double Product)
{
    private static readonly NumberFormat s_six = new(6);

    /// <summary>The factors by name, by value, and their product, to six digits.</summary>
    public override string ToString() => string.Join(" = ", new[]
    {
        string.Join(" × ", Factors.Select(f => f.Symbol)),
        string.Join(" × ", Factors.Select((f, i) => i > 0 && f.Value < 0 ? $"({s_six.Write(f.Value)})" : s_six.Write(f.Value))),
        s_six.Write(Product),
    }.Distinct());
}

/// <summary>One parameter: its gradient as a sum over paths, and its update.</summary>
/// <param name="Name">Such as <c>w1</c>.</param>
/// <param name="IsBias">Whether it is added to a net input rather than multiplied with something.</param>
/// <param name="Value">w.</param>
/// <param name="Gradient">∂E/∂w.</param>
/// <param name="Updated">w' = w − α·∂E/∂w.</param>
/// <param name="Paths">All ways from the loss back to it; the gradient is the sum of their products.</param>
public sealed record ExplainedParameter(string Name, bool IsBias, double Value, double Gradient, double Updated,
    IReadOnlyList<GradientPath> Paths);

/// <summary>A row of <see cref="Explanation.ToTable"/>.</summary>
public sealed record ExplanationRow(string Name, double Value, double Gradient, double Updated, int Paths);

/// <summary>A row of <see cref="Explanation.ToForwardTable"/>.</summary>
public sealed record ForwardRow(string Name, string Computation, double Value);

/// <summary>A circle in a drawing of the network: an input, a neuron with its net input and output, a target, or the loss.</summary>
/// <param name="Name">Such as <c>h1</c>.</param>
/// <param name="Layer">Column, 0 for the inputs.</param>
/// <param name="Values">The numbers in it, in order of computation: <c>in_h1</c>, <c>out_h1</c>.</param>
/// <param name="Biases">Names of the biases added in it.</param>
public sealed record NetworkUnit(string Name, int Layer, IReadOnlyList<(string Name, double Value)> Values, IReadOnlyList<string> Biases);

/// <summary>A line in a drawing of the network.</summary>
/// <param name="From">Name of a unit.</param>
/// <param name="To">Name of a unit.</param>
/// <param name="Weights">Names of the weights on it; empty where a value is passed on as it is.</param>
public sealed record NetworkLink(string From, string To, IReadOnlyList<string> Weights);
