namespace DeepLearning;

/// <summary>
/// One block of a transformer: every position looks at all others, then is worked on by itself; each step is added to what came in.
/// x ← Norm(x + Attention(x)), y = Norm(x + W₂·f(W₁·x + b₁) + b₂); with the norm first, x ← x + Attention(Norm(x)), y = x + W₂·f(W₁·Norm(x)
/// + b₁) + b₂, which trains without warm-up. Dropout follows attention, f and W₂.
/// <para>
/// Shapes: x: [N, T, D] → the same; parameters as PyTorch's: self_attn.…, linear1.…, linear2.…, norm1.…, norm2.….
/// </para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need"; norm first: Xiong et al. 2020.</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new TransformerEncoderLayer(features: 16, heads: 4, hidden: 64, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 8, 10, 16);
/// Tensor y = layer.Forward(x);            // [8, 10, 16]
/// </code></example>
public sealed class TransformerEncoderLayer : Layer
{
    private readonly TransformerSteps _steps;
    private readonly bool _causal;

    /// <param name="features">D; ≥ 1.</param>
    /// <param name="heads">How many attention heads; divides D.</param>
    /// <param name="hidden">How many neurons f has; usually 4·D.</param>
    /// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
    /// <param name="dropout">p; 0 ≤ p &lt; 1, 0.1 by default.</param>
    /// <param name="activation">f; ReLU unless given.</param>
    /// <param name="normFirst">Whether layer normalization comes before each step rather than after it.</param>
    /// <param name="causal">Whether position i sees positions 0 … i only, as in a language model.</param>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public TransformerEncoderLayer(int features, int heads, int hidden, Generator generator, double dropout = 0.1, Layer? activation = null,
        bool normFirst = false, bool causal = false)
    {
        _causal = causal;
        _steps = new TransformerSteps(features, heads, hidden, generator, dropout, activation, normFirst, attentions: 1);
    }

    /// <summary>Its self-attention, for instance to look at the weights.</summary>
    public MultiHeadAttention SelfAttention => _steps.Attentions[0];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => _steps.Children;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Run(x, null, null);

    /// <summary>The block with masks.</summary>
    /// <param name="x">[N, T, D].</param>
    /// <param name="mask">
    /// Added to the scores, broadcast to [N, H, T, T]: 0 where a position may look, −∞ where not; null for everywhere.
    /// </param>
    /// <param name="padding">[N, T]: 1 where a position is padding that nothing may look at, else 0; null for none.</param>
    /// <returns>[N, T, D]</returns>
    public Tensor Encode(Tensor x, Tensor? mask = null, Tensor? padding = null) =>
        Watched(x, Run(Here(LayerArguments.Given(x, nameof(x), this, "[N, T, D]")), mask, padding));

    private Tensor Run(Tensor x, Tensor? mask, Tensor? padding)
    {
        x = _steps.Step(0, x, y => SelfAttention.Attend(y, y, y, mask, padding, _causal));
        return _steps.Step(1, x, _steps.FeedForward);
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerEncoderLayer({_steps})";
}
