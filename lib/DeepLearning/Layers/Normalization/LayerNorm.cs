namespace DeepLearning;

/// <summary>
/// Gives the features of every single sample mean 0 and variance 1, then stretches and shifts each feature. Nothing is shared between samples, so
/// training and evaluation are alike and a batch may be of one: what transformers and recurrent networks use.
/// y_j = γ_j·(x_j − μ)/√(σ² + ε) + β_j, where μ and σ² are the mean and variance of the sample's own features.
/// <para>Shapes: x: […, D] → the same; weight γ and bias β: [D]. With a shape of several axes these are normalized together.</para>
/// <para>Source: Ba, Kiros and Hinton 2016, "Layer Normalization".</para>
/// </summary>
public sealed class LayerNorm : Layer
{
    private readonly Shape _features;
    private readonly double _epsilon;

    /// <param name="features">D, how many features; ≥ 1.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true) : this(new Shape(Math.Max(0, features)), epsilon, affine)
    {
    }

    /// <param name="features">The last axes of x, which are normalized together.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public LayerNorm(Shape features, double epsilon = 1e-5, bool affine = true)
    {
        if (features.Rank == 0 || features.Count == 0) throw new ArgumentException($"LayerNorm needs 1 or more features, got {features}.");
        if (!(epsilon > 0)) throw new ArgumentException($"LayerNorm needs an epsilon above 0, got {epsilon}.");
        (_features, _epsilon) = (features, epsilon);
        if (!affine) return;
        Weight = new Parameter("weight", Tensor.Ones(features.Dims), isWeight: false);
        Bias = new Parameter("bias", Tensor.Zeros(features.Dims), isWeight: false);
    }

    /// <summary>γ, ones at first; null without affine.</summary>
    public Parameter? Weight { get; }

    /// <summary>β, zeros at first; null without affine.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Weight is null ? [] : [Weight, Bias!];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not end with these features.</exception>
    protected override Tensor Compute(Tensor x) => x.Rank >= _features.Rank && x.Shape.Dims[^_features.Rank..].SequenceEqual(_features.Dims)
        ? Tensor.LayerNorm(x, Weight, Bias, _epsilon, _features.Rank)
        : throw new ArgumentException($"{this} got input {x.Shape}; expected […, {string.Join(", ", _features.Dims.ToArray())}].");

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({string.Join("×", _features.Dims.ToArray())})";
}
