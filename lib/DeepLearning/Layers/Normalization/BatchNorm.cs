namespace DeepLearning;

/// <summary>
/// Gives every channel of a batch mean 0 and variance 1, then lets it choose its own; networks train faster and with larger steps.
/// Training: μ_c and σ²_c are those of the batch, over samples and positions; y = γ_c·(x − μ_c)/√(σ²_c + ε) + β_c. At the same time running ones
/// are kept: r ← (1 − m)·r + m·(μ or σ²), where σ² is divided by n − 1 rather than n. Evaluation: the running ones are used, so that a sample's
/// output does not depend on its neighbours.
/// <para>Source: Ioffe and Szegedy 2015. Keras calls 1 − m the momentum.</para>
/// </summary>
public abstract class BatchNorm : Layer
{
    private protected BatchNorm(int channels, double epsilon, double momentum, bool affine)
    {
        if (channels < 1) throw new ArgumentOutOfRangeException(nameof(channels), channels, $"{GetType().Name} needs 1 or more channels, got {channels}.");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"{GetType().Name} needs an epsilon above 0, got {epsilon}.");
        if (!(momentum >= 0 && momentum <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, $"{GetType().Name} needs a momentum from 0 to 1, got {momentum}.");
        (Channels, Epsilon, Momentum) = (channels, epsilon, momentum);
        RunningMean = new LayerBuffer("running_mean", Tensor.Zeros(channels));
        RunningVariance = new LayerBuffer("running_var", Tensor.Ones(channels));
        if (!affine) return;
        Weight = new Parameter("weight", Tensor.Ones(channels), isWeight: false);
        Bias = new Parameter("bias", Tensor.Zeros(channels), isWeight: false);
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>m, the share of the newest batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>γ: [C], ones at first; null without affine.</summary>
    public Parameter? Weight { get; }

    /// <summary>β: [C], zeros at first; null without affine.</summary>
    public Parameter? Bias { get; }

    /// <summary>The running mean [C], used in evaluation.</summary>
    public LayerBuffer RunningMean { get; }

    /// <summary>The running variance [C], used in evaluation.</summary>
    public LayerBuffer RunningVariance { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Weight is null ? [] : [Weight, Bias!];

    /// <inheritdoc/>
    protected override IEnumerable<LayerBuffer> OwnBuffers => [RunningMean, RunningVariance];

    /// <summary>Whether x has the right axes; the channels are axis 1.</summary>
    private protected abstract string Expected { get; }

    private protected abstract bool Fits(Shape shape);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x has other axes, or, in training, a single number a channel, whose variance says nothing.</exception>
    protected override Tensor Compute(Tensor x)
    {
        if (!Fits(x.Shape) || x.Shape[1] != Channels) throw new ArgumentException($"{this} got input {x.Shape}; expected {Expected}.");
        if (!IsTraining) return Evaluate(x);
        int count = x.Count / Channels;
        if (count < 2)
            throw new ArgumentException($"{this} got input {x.Shape}, {count} number(s) a channel; training needs 2 or more: use larger batches, leave out a smaller last one (dropLast: true), or EvaluationMode().");
        Tensor y = Tensor.BatchNorm(x, Weight, Bias, Epsilon, out Tensor mean, out Tensor variance);
        Tensor.MoveToward(Momentum, (RunningMean, mean, 1), (RunningVariance, variance, count / (count - 1.0)));
        return y;
    }

    // As one scale and one shift a channel.
    private Tensor Evaluate(Tensor x)
    {
        int[] dims = new int[x.Rank];
        Array.Fill(dims, 1);
        dims[1] = Channels;
        // Where x is: a gradient check in double precision lends parameters and data to another device, not buffers.
        Tensor scale = (RunningVariance.To(x.Device) + Epsilon).Power(-0.5);
        if (Weight is not null) scale *= Weight;
        Tensor shift = -RunningMean.To(x.Device) * scale;
        if (Bias is not null) shift += Bias;
        return x * scale.Reshape(new Shape(dims)) + shift.Reshape(new Shape(dims));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Channels})";
}
