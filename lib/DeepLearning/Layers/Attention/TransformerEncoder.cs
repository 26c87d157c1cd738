namespace DeepLearning;

/// <summary>
/// Blocks of <see cref="TransformerEncoderLayer"/> one after another, and a last normalization if wanted, which blocks with the norm first
/// need. y = Norm(f_L(… f₂(f₁(x)))).
/// <para>Shapes: x: [N, T, D] → the same; parameters as PyTorch's: layers.0.…, layers.1.…, norm.….</para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var model = new TransformerEncoder(layers: 2, features: 16, heads: 4, hidden: 64, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 8, 10, 16);
/// Tensor y = model.Forward(x);            // [8, 10, 16]
/// </code></example>
public sealed class TransformerEncoder : Layer
{
    private readonly TransformerStack<TransformerEncoderLayer> _stack;

    /// <param name="layers">How many blocks; ≥ 1.</param>
    /// <param name="features">D; ≥ 1.</param>
    /// <param name="heads">How many attention heads; divides D.</param>
    /// <param name="hidden">How many neurons each block's feed-forward part has; usually 4·D.</param>
    /// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
    /// <param name="dropout">p; 0 ≤ p &lt; 1, 0.1 by default.</param>
    /// <param name="activation">f; ReLU unless given.</param>
    /// <param name="normFirst">Whether layer normalization comes before each step rather than after it.</param>
    /// <param name="causal">Whether position i sees positions 0 … i only, as in a language model.</param>
    /// <param name="norm">Whether a layer normalization follows the last block; with the norm first unless told.</param>
    /// <exception cref="ArgumentException">There is no block, or a size does not fit.</exception>
    public TransformerEncoder(int layers, int features, int heads, int hidden, Generator generator, double dropout = 0.1,
        Layer? activation = null, bool normFirst = false, bool causal = false, bool? norm = null) =>
        _stack = TransformerStack<TransformerEncoderLayer>.Of(layers, features, norm ?? normFirst, nameof(TransformerEncoder),
            () => new TransformerEncoderLayer(features, heads, hidden, generator, dropout, activation, normFirst, causal));

    /// <summary>The blocks.</summary>
    public IReadOnlyList<TransformerEncoderLayer> Layers => _stack.Blocks;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => _stack.Children;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => _stack.Run(x, (block, y) => block.Forward(y));

    /// <summary>The blocks with masks; see <see cref="TransformerEncoderLayer.Encode"/>.</summary>
    public Tensor Encode(Tensor x, Tensor? mask = null, Tensor? padding = null)
    {
        Tensor first = Here(LayerArguments.Given(x, nameof(x), this, "[N, T, D]"));
        Tensor? hidden = AttentionMasks.WithPadding(mask, padding, first);
        return Watched(x, _stack.Run(first, (block, y) => block.Encode(y, hidden)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerEncoder({_stack})";
}
