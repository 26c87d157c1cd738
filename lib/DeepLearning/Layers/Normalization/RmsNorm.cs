namespace DeepLearning;

/// <summary>
/// Divides the features of every single sample by their root mean square, then stretches each feature: <see cref="LayerNorm"/> without its
/// means, which is cheaper and does as well in large language models.
/// y_j = γ_j·x_j/√(mean(x²) + ε), where the mean is over the sample's own features.
/// <para>Shapes: x: […, D] → the same; weight γ: [D]. With a shape of several axes these are normalized together.</para>
/// <para>Source: Zhang and Sennrich 2019, "Root Mean Square Layer Normalization".</para>
/// </summary>
/// <example><code>
/// var layer = new RmsNorm(4);
/// Tensor x = Tensor.From([1.0, 1, 1, 5], 1, 4);
/// Tensor y = layer.Forward(x);            // [1, 4]: 0.378, 0.378, 0.378, 1.890; the mean of the squares was 7
/// </code></example>
public sealed class RmsNorm : Normalization
{
    private readonly Shape _features;

    /// <param name="features">D, how many features; ≥ 1.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there is a γ.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public RmsNorm(int features, double epsilon = 1e-5, bool affine = true)
        : this(Counted(features, nameof(features), nameof(RmsNorm)), epsilon, affine)
    {
    }

    /// <param name="features">The last axes of x, which are normalized together.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there is a γ.</param>
    /// <exception cref="ArgumentException">There is no feature, or ε is not above 0.</exception>
    public RmsNorm(Shape features, double epsilon = 1e-5, bool affine = true)
        : base(affine ? features : null, epsilon, shift: false) => _features = SomeFeatures(features, nameof(RmsNorm));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not end with these features.</exception>
    protected override Tensor Compute(Tensor x)
    {
        CheckFeatures(x, _features);
        int[] axes = [.. Enumerable.Range(x.Rank - _features.Rank, _features.Rank)];
        // Squares of large numbers would overflow: x is divided by its largest one first, c, which cancels out.
        Tensor c = Tensor.Maximum(x.Detach().Abs().Max(axes, keepAxes: true), Tensor.Full(1, Shape.Scalar, x.Device)), small = x / c;
        Tensor y = small * (small.Square().Mean(axes, keepAxes: true) + Epsilon / c.Square()).Power(-0.5);
        return Weight is null ? y : y * Weight;
    }

    /// <inheritdoc/>
    public override string ToString() => $"RmsNorm({string.Join("×", _features.Dims.ToArray())})";
}
