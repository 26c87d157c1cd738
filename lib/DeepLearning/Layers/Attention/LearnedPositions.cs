namespace DeepLearning;

/// <summary>
/// Tells positions apart by adding to each a vector of its own, which is learned: y_t = x_t + W_t.
/// <para>Shapes: x: [N, T, D] → the same, T ≤ length; weight W: [length, D].</para>
/// <para>Source: Gehring et al. 2017, "Convolutional Sequence to Sequence Learning"; Devlin et al. 2019, "BERT".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new LearnedPositions(length: 50, features: 16, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 4, 10, 16);
/// Tensor y = layer.Forward(x);            // [4, 10, 16]
/// </code></example>
public sealed class LearnedPositions : Layer
{
    private readonly int _length, _features;

    /// <param name="length">The longest sequence; ≥ 1.</param>
    /// <param name="features">D; ≥ 1.</param>
    /// <param name="generator">Where the first vectors come from.</param>
    /// <param name="weights">How the vectors begin; N(0, 0.02²) unless given.</param>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    public LearnedPositions(int length, int features, Generator generator, Initializer? weights = null)
    {
        if (length < 1 || features < 1)
            throw new ArgumentException($"LearnedPositions needs 1 or more positions and features, got {length} and {features}.");
        Generator.Given(generator, nameof(LearnedPositions));
        (_length, _features) = (length, features);
        Weight = new Parameter("weight", (weights ?? Init.Normal(0, 0.02)).Create(new Shape(length, features), generator), isWeight: true);
    }

    /// <summary>W: [length, D], a row a position.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => [Weight];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x is not a sequence of D features, or is too long.</exception>
    protected override Tensor Compute(Tensor x) => x.Rank == 3 && x.Shape[1] <= _length && x.Shape[2] == _features
        ? x + Weight.Slice(0, 0, x.Shape[1])
        : throw new ArgumentException($"{this} got input {x.Shape}; expected [N, T, {_features}] with T at most {_length}.");

    /// <inheritdoc/>
    public override string ToString() => $"LearnedPositions({_length}, {_features})";
}
