namespace DeepLearning;

/// <summary>
/// Gives the features of every single sample mean 0 and variance 1, then stretches and shifts each feature. Nothing is shared between
/// samples, so training and evaluation are alike and a batch may be of one: what transformers and recurrent networks use.
/// y_j = γ_j·(x_j − μ)/√(σ² + ε) + β_j, where μ and σ² are the mean and variance of the sample's own features.
/// <para>Shapes: x: […, D] → the same; weight γ and bias β: [D]. With a shape of several axes these are normalized together.</para>
/// <para>Source: Ba, Kiros and Hinton 2016, "Layer Normalization".</para>
/// </summary>
/// <example><code>
/// var layer = new LayerNorm(4);
/// Tensor x = Tensor.From([1.0, 1, 1, 5], 1, 4);
/// Tensor y = layer.Forward(x);            // [1, 4]: −0.577, −0.577, −0.577, 1.732
/// </code></example>
public sealed class LayerNorm : Normalization
{
    private readonly Shape _features;

    /// <param name="features">D, how many features; ≥ 1.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true)
        : this(Counted(features, nameof(features), nameof(LayerNorm)), epsilon, affine)
    {
    }

    /// <param name="features">The last axes of x, which are normalized together.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public LayerNorm(Shape features, double epsilon = 1e-5, bool affine = true)
        : base(affine ? features : null, epsilon) => _features = SomeFeatures(features, nameof(LayerNorm));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not end with these features.</exception>
    protected override Tensor Compute(Tensor x)
    {
        CheckFeatures(x, _features);
        return Tensor.LayerNorm(x, Weight, Bias, Epsilon, _features.Rank);
    }

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({string.Join("×", _features.Dims.ToArray())})";
}
