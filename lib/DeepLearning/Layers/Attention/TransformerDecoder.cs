namespace DeepLearning;

/// <summary>
/// Blocks of <see cref="TransformerDecoderLayer"/> one after another, all with the same memory, and a last normalization if wanted, which
/// blocks with the norm first need: what writes a sequence from what a <see cref="TransformerEncoder"/> has read.
/// y = Norm(f_L(… f₂(f₁(x, memory), memory) …, memory)).
/// <para>Shapes: x: [N, T, D], memory: [N, S, D] → [N, T, D]; parameters as PyTorch's: layers.0.…, layers.1.…, norm.….</para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var model = new TransformerDecoder(layers: 2, features: 16, heads: 4, hidden: 64, generator);
/// Tensor memory = Tensor.Normal(generator, 0, 1, 8, 12, 16);
/// Tensor x = Tensor.Normal(generator, 0, 1, 8, 10, 16);
/// Tensor y = model.Decode(x, memory);     // [8, 10, 16]; position i of x has seen 0 … i of x and all of the memory
/// </code></example>
public sealed class TransformerDecoder : Layer
{
    private readonly TransformerStack<TransformerDecoderLayer> _stack;

    /// <param name="layers">How many blocks; ≥ 1.</param>
    /// <param name="features">D; ≥ 1.</param>
    /// <param name="heads">How many attention heads; divides D.</param>
    /// <param name="hidden">How many neurons each block's feed-forward part has; usually 4·D.</param>
    /// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
    /// <param name="dropout">p; 0 ≤ p &lt; 1, 0.1 by default.</param>
    /// <param name="activation">f; ReLU unless given.</param>
    /// <param name="normFirst">Whether layer normalization comes before each step rather than after it.</param>
    /// <param name="norm">Whether a layer normalization follows the last block; with the norm first unless told.</param>
    /// <exception cref="ArgumentException">There is no block, or a size does not fit.</exception>
    public TransformerDecoder(int layers, int features, int heads, int hidden, Generator generator, double dropout = 0.1,
        Layer? activation = null, bool normFirst = false, bool? norm = null) =>
        _stack = TransformerStack<TransformerDecoderLayer>.Of(layers, features, norm ?? normFirst, nameof(TransformerDecoder),
            () => new TransformerDecoderLayer(features, heads, hidden, generator, dropout, activation, normFirst));

    /// <summary>The blocks.</summary>
    public IReadOnlyList<TransformerDecoderLayer> Layers => _stack.Blocks;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => _stack.Children;

    /// <summary>Not possible: a decoder needs a memory too; call <see cref="Decode"/>.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    protected override Tensor Compute(Tensor x) =>
        throw new InvalidOperationException($"{this} needs a memory beside its input: call Decode(x, memory).");

    /// <summary>The blocks.</summary>
    /// <inheritdoc cref="TransformerDecoderLayer.Decode"/>
    public Tensor Decode(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, Tensor? padding = null,
        Tensor? memoryPadding = null, bool causal = true)
    {
        Tensor first = Here(LayerArguments.Given(x, nameof(x), this, "[N, T, D]"));
        Tensor read = Here(LayerArguments.Given(memory, nameof(memory), this, "[N, S, D]"));
        Tensor? hidden = AttentionMasks.WithPadding(mask, padding, first);
        Tensor? hiddenMemory = AttentionMasks.WithPadding(memoryMask, memoryPadding, read);
        return Watched(x, _stack.Run(first, (block, y) => block.Decode(y, read, hidden, hiddenMemory, causal: causal)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerDecoder({_stack})";
}
