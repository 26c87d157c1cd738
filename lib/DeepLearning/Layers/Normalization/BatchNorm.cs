namespace DeepLearning;

/// <summary>
/// Gives every channel of a batch mean 0 and variance 1, then lets it choose its own; networks train faster and with larger steps.
/// Training: μ_c and σ²_c are those of the batch, over samples and positions; y = γ_c·(x − μ_c)/√(σ²_c + ε) + β_c. At the same time running
/// ones are kept: r ← (1 − m)·r + m·(μ or σ²), where σ² is divided by n − 1 rather than n. Evaluation: the running ones are used, so that a
/// sample's output does not depend on its neighbours.
/// <para>Source: Ioffe and Szegedy 2015. Keras calls 1 − m the momentum.</para>
/// </summary>
public abstract class BatchNorm : Normalization
{
    private readonly RunningStatistics _running;

    private protected BatchNorm(int channels, double epsilon, double momentum, bool affine, string layer)
        : base(affine ? Counted(channels, nameof(channels), layer) : null, epsilon)
    {
        Channels = LayerArguments.AtLeastOne(channels, nameof(channels), layer);
        _running = new RunningStatistics(channels, momentum, layer);
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>m, the share of the newest batch in the running statistics.</summary>
    public double Momentum => _running.Momentum;

    /// <summary>The running mean [C], used in evaluation.</summary>
    public LayerBuffer RunningMean => _running.Mean;

    /// <summary>The running variance [C], used in evaluation.</summary>
    public LayerBuffer RunningVariance => _running.Variance;

    /// <inheritdoc/>
    protected override IEnumerable<LayerBuffer> OwnBuffers => [RunningMean, RunningVariance];

    /// <summary>How an input looks, for messages.</summary>
    private protected abstract string Expected { get; }

    /// <summary>Whether x has the right axes; the channels are axis 1.</summary>
    private protected abstract bool Fits(Shape shape);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// x has other axes, or, in training, a single number a channel, whose variance says nothing.
    /// </exception>
    protected override Tensor Compute(Tensor x)
    {
        if (!Fits(x.Shape) || x.Shape[1] != Channels) throw new ArgumentException($"{this} got input {x.Shape}; expected {Expected}.");
        if (!IsTraining) return _running.Normalize(x, Weight, Bias, Epsilon);
        int count = x.Count / Channels;
        if (count < 2)
            throw new ArgumentException(
                $"{this} got input {x.Shape}, {count} number(s) a channel; training needs 2 or more: use larger batches, " +
                "leave out a smaller last one (dropLast: true), or EvaluationMode().");
        Tensor y = Tensor.BatchNorm(x, Weight, Bias, Epsilon, out Tensor mean, out Tensor variance);
        _running.Move(mean, variance, count);
        return y;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Channels})";
}
