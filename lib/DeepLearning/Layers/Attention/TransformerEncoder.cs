namespace DeepLearning;

/// <summary>
/// Blocks of <see cref="TransformerEncoderLayer"/> one after another, and a last normalization if wanted, which blocks with the norm first need.
/// <para>Shapes: x: [N, T, D] → the same; parameters as PyTorch's: layers.0.…, layers.1.…, norm.….</para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
/// </summary>
public sealed class TransformerEncoder : Layer
{
    private readonly TransformerEncoderLayer[] _layers;
    private readonly LayerNorm? _norm;

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
    public TransformerEncoder(int layers, int features, int heads, int hidden, Generator generator, double dropout = 0.1, Layer? activation = null,
        bool normFirst = false, bool causal = false, bool? norm = null)
    {
        if (layers < 1) throw new ArgumentOutOfRangeException(nameof(layers), layers, $"TransformerEncoder needs 1 or more layers, got {layers}.");
        _layers = [.. Enumerable.Range(0, layers).Select(
            _ => new TransformerEncoderLayer(features, heads, hidden, generator, dropout, activation, normFirst, causal))];
        if (norm ?? normFirst) _norm = new LayerNorm(features);
    }

    /// <summary>The blocks.</summary>
    public IReadOnlyList<TransformerEncoderLayer> Layers => _layers;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children
    {
        get
        {
            for (int i = 0; i < _layers.Length; i++) yield return ($"layers.{i}", _layers[i]);
            if (_norm is not null) yield return ("norm", _norm);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        foreach (TransformerEncoderLayer layer in _layers) x = layer.Forward(x);
        return _norm is null ? x : _norm.Forward(x);
    }

    /// <summary>The blocks with masks; see <see cref="TransformerEncoderLayer.Encode"/>.</summary>
    public Tensor Encode(Tensor x, Tensor? mask = null, Tensor? padding = null)
    {
        Tensor y = Here(x);
        foreach (TransformerEncoderLayer layer in _layers) y = layer.Encode(y, mask, padding);
        return Watched(x, _norm is null ? y : _norm.Forward(y));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerEncoder({_layers.Length} × {_layers[0]})";
}
