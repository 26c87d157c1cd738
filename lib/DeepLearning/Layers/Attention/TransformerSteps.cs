namespace DeepLearning;

/// <summary>
/// What the blocks of encoder and decoder share: attentions, the feed-forward part, a norm for each step, and how a step is added.
/// </summary>
internal sealed class TransformerSteps
{
    private static readonly string[] s_attentionNames = ["self_attn", "multihead_attn"];

    private readonly int _features, _heads, _hidden;
    private readonly Dense _linear1, _linear2;
    private readonly LayerNorm[] _norms;
    private readonly Dropout _dropout;
    private readonly Layer _activation;
    private readonly bool _normFirst;

    public TransformerSteps(int features, int heads, int hidden, Generator generator, double dropout, Layer? activation,
        bool normFirst, int attentions)
    {
        LayerArguments.AtLeastOne(hidden, nameof(hidden), "A transformer's feed-forward part");
        (_features, _heads, _hidden, _normFirst, _activation) = (features, heads, hidden, normFirst, activation ?? new Relu());
        Attentions = [.. Enumerable.Range(0, attentions).Select(_ => new MultiHeadAttention(features, heads, generator, dropout))];
        _linear1 = new Dense(features, hidden, generator);
        _linear2 = new Dense(hidden, features, generator);
        _norms = [.. Enumerable.Range(0, attentions + 1).Select(_ => new LayerNorm(features))];
        _dropout = new Dropout(dropout, generator);
    }

    public MultiHeadAttention[] Attentions { get; }

    public IEnumerable<(string Name, Layer Layer)> Children =>
    [
        .. Attentions.Select((attention, i) => (s_attentionNames[i], (Layer)attention)), ("linear1", _linear1), ("linear2", _linear2),
        .. _norms.Select((norm, i) => ($"norm{i + 1}", (Layer)norm)), ("activation", _activation), ("dropout", _dropout),
    ];

    /// <summary>Step i: x + step(x), with the norm before the step or after the sum.</summary>
    public Tensor Step(int i, Tensor x, Func<Tensor, Tensor> step) => _normFirst
        ? x + _dropout.Forward(step(_norms[i].Forward(x)))
        : _norms[i].Forward(x + _dropout.Forward(step(x)));

    /// <summary>Each position by itself: W₂·f(W₁·x + b₁) + b₂.</summary>
    public Tensor FeedForward(Tensor x)
    {
        Tensor rows = x.Reshape(x.Count / _features, _features);
        return _linear2.Forward(_dropout.Forward(_activation.Forward(_linear1.Forward(rows)))).Reshape(x.Shape);
    }

    public override string ToString() => $"{_features}, {_heads} heads, {_hidden} hidden";
}
