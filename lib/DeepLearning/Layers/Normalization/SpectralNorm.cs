namespace DeepLearning;

/// <summary>
/// Wraps a layer so that its weight matrix is divided by its largest singular value σ: the layer then stretches no input by more than 1,
/// which keeps the discriminator of a GAN smooth. σ ≈ uᵀ·W·v, where every training pass improves u and v by a step of power iteration,
/// v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖; evaluation uses them as they are.
/// <para>
/// W is [out, everything else]. Since the layers that have one are linear in x, x/σ goes in instead of W/σ: the output is the same, and any
/// linear layer can be wrapped as it is.
/// </para>
/// <para>
/// Shapes: those of the layer; weight_u: [out], weight_v: [everything else]. The layer's weight is named weight_orig from then on, as
/// PyTorch's.
/// </para>
/// <para>Source: Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new SpectralNorm(new Dense(8, 4, generator, bias: false), generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 32, 8);
/// Tensor y = layer.Forward(x);            // [32, 4]; no row is longer than that of x, once u and v have settled
/// </code></example>
public sealed class SpectralNorm : Layer
{
    private const double Tiny = 1e-12;

    private readonly Layer _layer;
    private readonly int _iterations, _axis;
    private readonly Parameter _weight;
    private readonly LayerBuffer _u, _v;

    /// <param name="layer">A linear layer with a weight of 2 or more axes, such as <see cref="Dense"/> or a convolution.</param>
    /// <param name="generator">Where the first u and v come from.</param>
    /// <param name="iterations">How many steps of power iteration a training pass makes; ≥ 1, 1 by default.</param>
    /// <param name="axis">Which axis of the weight counts the outputs: 0, but 1 for a transposed convolution.</param>
    /// <exception cref="ArgumentException">The layer has no weight matrix, or there is no iteration.</exception>
    public SpectralNorm(Layer layer, Generator generator, int iterations = 1, int axis = 0)
    {
        LayerArguments.Given(layer, nameof(SpectralNorm));
        Generator.Given(generator, nameof(SpectralNorm));
        LayerArguments.AtLeastOne(iterations, nameof(iterations), nameof(SpectralNorm));
        if (layer.NamedParameters.Any(named => named.Name == "weight_orig"))
            throw new ArgumentException(
                $"{layer} is in a SpectralNorm already, which has named its weight weight_orig; wrap a layer once.");
        _weight = layer.NamedParameters.FirstOrDefault(named => named.Name == "weight").Parameter is { Rank: >= 2 } weight
            ? weight
            : throw new ArgumentException($"SpectralNorm needs a linear layer with a weight matrix, got {layer}.");
        (_layer, _iterations, _axis) = (layer, iterations, axis);
        int outputs = _weight.Shape[axis];
        using IDisposable _ = Tensor.NoGradient();
        _u = new LayerBuffer("weight_u", Unit(Tensor.Normal(generator, 0, 1, outputs)));
        _v = new LayerBuffer("weight_v", Unit(Tensor.Normal(generator, 0, 1, _weight.Count / outputs)));
        _weight.Name = "weight_orig";
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => [("", _layer)];

    /// <inheritdoc/>
    protected override IEnumerable<LayerBuffer> OwnBuffers => [_u, _v];

    /// <summary>σ, as u and v have it now.</summary>
    public double LargestSingularValue
    {
        get
        {
            using IDisposable _ = Tensor.NoGradient();
            return Sigma(Matrix()).ToDouble();
        }
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor matrix = Matrix();
        if (IsTraining) Iterate(matrix.Detach());
        return _layer.Forward(x / Sigma(matrix));
    }

    // The weight as [out, everything else].
    private Tensor Matrix()
    {
        Tensor weight = _weight;
        int axis = weight.Shape.Axis(_axis);
        if (axis != 0) weight = weight.Permute([axis, .. Enumerable.Range(0, weight.Rank).Where(i => i != axis)]);
        return weight.Reshape(_u.Count, _v.Count);
    }

    private void Iterate(Tensor matrix)
    {
        for (int i = 0; i < _iterations; i++)
        {
            _v.Assign(Unit(_u.To(matrix.Device).Reshape(1, _u.Count).MatMul(matrix)).Reshape(_v.Shape));
            _u.Assign(Unit(matrix.MatMul(_v.To(matrix.Device).Reshape(_v.Count, 1))).Reshape(_u.Shape));
        }
    }

    // With copies of u and v: the gradient needs them as they are now, and the next pass changes them.
    private Tensor Sigma(Tensor matrix) =>
        (_u.Clone().To(matrix.Device).Reshape(1, _u.Count).MatMul(matrix).Reshape(_v.Shape) * _v.Clone().To(matrix.Device)).Sum();

    private static Tensor Unit(Tensor x) => x / Tensor.Maximum(x.Norm(), Tensor.Full(Tiny, Shape.Scalar, x.Device));

    /// <inheritdoc/>
    public override string ToString() => $"SpectralNorm({_layer})";
}
