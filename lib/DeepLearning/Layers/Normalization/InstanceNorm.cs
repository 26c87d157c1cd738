namespace DeepLearning;

/// <summary>
/// Gives every channel of every single sample mean 0 and variance 1 over its positions: contrast and brightness of one image are taken
/// away, and other images do not matter. What networks use that change an image's style.
/// y = γ_c·(x − μ_nc)/√(σ²_nc + ε) + β_c, where μ_nc and σ²_nc belong to channel c of sample n. With running statistics, which are rarely
/// wanted, the mean of the samples' μ and σ² is kept while training as in <see cref="BatchNorm"/>, and evaluation uses it.
/// <para>Source: Ulyanov, Vedaldi and Lempitsky 2016, "Instance Normalization: The Missing Ingredient for Fast Stylization".</para>
/// </summary>
public abstract class InstanceNorm : Normalization
{
    private readonly RunningStatistics? _running;

    private protected InstanceNorm(int channels, double epsilon, double momentum, bool affine, bool trackRunningStats, string layer)
        : base(affine ? Counted(channels, nameof(channels), layer) : null, epsilon)
    {
        Channels = LayerArguments.AtLeastOne(channels, nameof(channels), layer);
        RunningStatistics running = new(channels, momentum, layer);
        if (trackRunningStats) _running = running;
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>The running mean [C]; null unless running statistics are kept.</summary>
    public LayerBuffer? RunningMean => _running?.Mean;

    /// <summary>The running variance [C]; null unless running statistics are kept.</summary>
    public LayerBuffer? RunningVariance => _running?.Variance;

    /// <inheritdoc/>
    protected override IEnumerable<LayerBuffer> OwnBuffers => _running is null ? [] : [_running.Mean, _running.Variance];

    /// <summary>How an input looks, for messages.</summary>
    private protected abstract string Expected { get; }

    /// <summary>How many axes x has; the channels are axis 1.</summary>
    private protected abstract int Axes { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x has other axes, or a channel has a single position, whose variance says nothing.</exception>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank != Axes || x.Shape[1] != Channels) throw new ArgumentException($"{this} got input {x.Shape}; expected {Expected}.");
        if (_running is not null && !IsTraining) return _running.Normalize(x, Weight, Bias, Epsilon);
        int positions = x.Shape.Product(2, x.Rank);
        if (positions < 2)
            throw new ArgumentException(
                $"{this} got input {x.Shape}, {positions} number(s) a channel; a variance needs 2 or more: use larger images, " +
                "or GroupNorm, which takes several channels together.");
        if (_running is not null && x.Count > 0) Follow(_running, x.Detach(), positions);
        return Tensor.GroupNorm(x, Channels, Weight, Bias, Epsilon);
    }

    private static void Follow(RunningStatistics running, Tensor x, int positions)
    {
        using IDisposable _ = Tensor.NoGradient();
        int[] place = [.. Enumerable.Range(2, x.Rank - 2)];
        Tensor mean = x.Mean(place, keepAxes: true), variance = (x - mean).Square().Mean([0, .. place]);
        running.Move(mean.Mean([0, .. place]), variance, positions);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Channels})";
}
