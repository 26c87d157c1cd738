namespace DeepLearning;

/// <summary>
/// A layer in which every input reaches every neuron: z = x·Wᵀ + b.
/// Concretely, z_j = Σᵢ W_ji·x_i + b_j. Without an activation; put one behind it.
/// <para>
/// Shapes: x: [N, in] → [N, out], or [in] → [out], or the same at every step of a sequence, [N, T, in] → [N, T, out]; W: [out, in], one row
/// a neuron; b: [out].
/// </para>
/// <para>Source: S2 "Elements of neural networks", S4 "Dense layer from scratch" (there W is [in, out], the transpose of ours).</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new Dense(8, 4, generator, weights: Init.HeNormal);
/// Tensor x = Tensor.Normal(generator, 0, 1, 32, 8);
/// Tensor y = layer.Forward(x);            // [32, 4]
/// </code></example>
public sealed class Dense : Layer
{
    private readonly int _inputs, _outputs;

    /// <param name="inputs">in, how many numbers a sample has; ≥ 1.</param>
    /// <param name="outputs">out, how many neurons; ≥ 1.</param>
    /// <param name="generator">Where the first weights come from.</param>
    /// <param name="weights">How the weights begin; Xavier uniform, U(±√(6/(n_in + n_out))), unless given. Biases begin at 0.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    /// <exception cref="ArgumentNullException">There is no generator.</exception>
    public Dense(int inputs, int outputs, Generator generator, Initializer? weights = null, bool bias = true)
    {
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException($"Dense needs 1 or more inputs and outputs, got {inputs} and {outputs}.");
        Generator.Given(generator, nameof(Dense));
        (_inputs, _outputs) = (inputs, outputs);
        Weight = new Parameter("weight", (weights ?? Init.XavierUniform()).Create(new Shape(outputs, inputs), generator), isWeight: true);
        if (bias) Bias = new Parameter("bias", Tensor.Zeros(outputs), isWeight: false);
    }

    /// <summary>W: [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [out]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not have <c>in</c> numbers a sample.</exception>
    protected override Tensor Compute(Tensor x) => x.Rank > 0 && x.Shape[-1] == _inputs
        ? Tensor.Linear(x, Weight, Bias)
        : throw new ArgumentException(
            $"{this} got input {x.Shape}; expected [N, {_inputs}]{(x.Rank > 2 ? ", flatten it first: new Flatten()" : "")}.");

    /// <summary>
    /// What the layer behind this one makes of this one's output, in one kernel where a device can; null if it is none to go together with.
    /// </summary>
    internal Tensor? ForwardWith(Layer next, Tensor x)
    {
        if (next.Function is not { } function || IsWatched || next.IsWatched || x.Rank != 2 || x.Shape[1] != _inputs) return null;
        return Tensor.Activated(Here(x), Weight, Bias, function);
    }

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        int rows = y.Count / _outputs;
        string times = rows > 1 ? $"{rows} × " : "";
        return new(Parameters: $"{_inputs}×{_outputs}{(Bias is null ? "" : $" + {_outputs}")}",
            MultiplyAdds: (long)rows * _inputs * _outputs, MultiplyAddsText: $"{times}{_inputs}×{_outputs}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dense({_inputs}→{_outputs})";
}
