namespace DeepLearning;

/// <summary>
/// One block of a transformer that writes: every position looks at the earlier ones, then at what the encoder made of the input (the
/// memory), then is worked on by itself; each step is added to what came in and normalized, or the other way round with the norm first.
/// x ← Norm(x + Attention(x, x)), x ← Norm(x + Attention(x, memory)), y = Norm(x + W₂·f(W₁·x + b₁) + b₂).
/// <para>
/// Shapes: x: [N, T, D], memory: [N, S, D] → [N, T, D]; parameters as PyTorch's: self_attn.…, multihead_attn.…, linear1.…, linear2.…,
/// norm1.…, norm2.…, norm3.….
/// </para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new TransformerDecoderLayer(features: 16, heads: 4, hidden: 64, generator);
/// Tensor memory = Tensor.Normal(generator, 0, 1, 8, 12, 16);
/// Tensor x = Tensor.Normal(generator, 0, 1, 8, 10, 16);
/// Tensor y = layer.Decode(x, memory);     // [8, 10, 16]
/// </code></example>
public sealed class TransformerDecoderLayer : Layer
{
    private readonly TransformerSteps _steps;

    /// <inheritdoc cref="TransformerEncoderLayer(int, int, int, Generator, double, Layer?, bool, bool)"/>
    public TransformerDecoderLayer(int features, int heads, int hidden, Generator generator, double dropout = 0.1, Layer? activation = null,
        bool normFirst = false) =>
        _steps = new TransformerSteps(features, heads, hidden, generator, dropout, activation, normFirst, attentions: 2);

    /// <summary>Where positions look at one another.</summary>
    public MultiHeadAttention SelfAttention => _steps.Attentions[0];

    /// <summary>Where positions look at the memory.</summary>
    public MultiHeadAttention CrossAttention => _steps.Attentions[1];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => _steps.Children;

    /// <summary>Not possible: a decoder needs a memory too; call <see cref="Decode"/>.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    protected override Tensor Compute(Tensor x) =>
        throw new InvalidOperationException($"{this} needs a memory beside its input: call Decode(x, memory).");

    /// <summary>The block.</summary>
    /// <param name="x">What was written so far, [N, T, D].</param>
    /// <param name="memory">What the encoder made of the input, [N, S, D].</param>
    /// <param name="mask">Added to the scores of self-attention, broadcast to [N, H, T, T]; null for none.</param>
    /// <param name="memoryMask">Added to the scores of attention to the memory, broadcast to [N, H, T, S]; null for none.</param>
    /// <param name="padding">[N, T]: 1 where a position of x is padding; null for none.</param>
    /// <param name="memoryPadding">[N, S]: 1 where a position of the memory is padding; null for none.</param>
    /// <param name="causal">
    /// Whether position i sees positions 0 … i of x only, true by default, as it is when writing one after another.
    /// </param>
    /// <returns>[N, T, D]</returns>
    public Tensor Decode(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, Tensor? padding = null,
        Tensor? memoryPadding = null, bool causal = true)
    {
        LayerArguments.Given(x, nameof(x), this, "[N, T, D]");
        LayerArguments.Given(memory, nameof(memory), this, "[N, S, D]");
        Tensor seen = _steps.Step(0, Here(x), y => SelfAttention.Attend(y, y, y, mask, padding, causal));
        seen = _steps.Step(1, seen, y => CrossAttention.Attend(y, memory, memory, memoryMask, memoryPadding));
        return Watched(x, _steps.Step(2, seen, _steps.FeedForward));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerDecoderLayer({_steps})";
}
