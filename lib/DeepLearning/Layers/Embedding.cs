namespace DeepLearning;

/// <summary>
/// A table of vectors, one for each token (word, letter, category), looked up by number and learned: y = W[token], which is a
/// <see cref="Dense"/> layer applied to one-hot vectors, without making them. Only the rows that were looked up get a gradient.
/// <para>Shapes: x: […] whole numbers from 0 to tokens − 1 → […, D], for instance [N, T] → [N, T, D]; weight W: [tokens, D].</para>
/// <para>Source: Bengio et al. 2003, "A Neural Probabilistic Language Model".</para>
/// </summary>
/// <example><code>
/// var layer = new Embedding(tokens: 100, features: 16, new Generator(1));
/// Tensor x = Tensor.From([3, 1, 99, 0, 0, 2], 2, 3);
/// Tensor y = layer.Forward(x);            // [2, 3, 16]
/// </code></example>
public sealed class Embedding : Layer
{
    private readonly int _tokens, _features;
    private readonly int? _padding;

    /// <param name="tokens">How many different tokens there are; ≥ 1.</param>
    /// <param name="features">D, how many numbers stand for one; ≥ 1.</param>
    /// <param name="generator">Where the first vectors come from.</param>
    /// <param name="padding">
    /// The number of the token that fills short sequences up: its vector is 0 and stays so; null if there is none.
    /// </param>
    /// <param name="weights">How the vectors begin; N(0, 1) unless given.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the padding is no token.</exception>
    public Embedding(int tokens, int features, Generator generator, int? padding = null, Initializer? weights = null)
    {
        if (tokens < 1 || features < 1)
            throw new ArgumentException($"Embedding needs 1 or more tokens and features, got {tokens} and {features}.");
        if (padding is { } p && (uint)p >= (uint)tokens)
            throw new ArgumentException($"Embedding has the tokens 0 to {tokens - 1}, got {p} for padding.");
        Generator.Given(generator, nameof(Embedding));
        (_tokens, _features, _padding) = (tokens, features, padding);
        Tensor values = (weights ?? Init.Normal(0, 1)).Create(new Shape(tokens, features), generator);
        if (padding is not null) values *= RowsKept(values);
        Weight = new Parameter("weight", values, isWeight: true);
    }

    /// <summary>W: [tokens, D], a row a token.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => [Weight];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A token is not a whole number from 0 to tokens − 1.</exception>
    protected override Tensor Compute(Tensor x)
    {
        Tensor tokens = x.Detach().Reshape(x.Count), rows = Weight.Gather(tokens);
        if (_padding is { } padding)
        {
            // As PyTorch: what is stored is read, and only its gradient is held back.
            Tensor kept = Tensor.NotEqual(tokens, Tensor.Full(padding, Shape.Scalar, x.Device)).Reshape(x.Count, 1);
            rows = Tensor.Where(kept, rows, rows.Detach());
        }
        return rows.Reshape(new Shape([.. x.Shape.Dims, _features]));
    }

    private Tensor RowsKept(Tensor like)
    {
        double[] kept = new double[_tokens];
        Array.Fill(kept, 1);
        kept[_padding!.Value] = 0;
        using IDisposable _ = Device.Use(like.Device);
        return Tensor.From(kept, _tokens, 1);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({_tokens}→{_features})";
}
