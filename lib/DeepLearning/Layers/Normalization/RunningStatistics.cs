namespace DeepLearning;

/// <summary>
/// The mean and variance of every channel over the batches of a training, for evaluation: r ← (1 − m)·r + m·(μ or σ²), where σ² is divided
/// by n − 1 rather than n.
/// </summary>
internal sealed class RunningStatistics
{
    public RunningStatistics(int channels, double momentum, string layer)
    {
        if (!(momentum >= 0 && momentum <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, $"{layer} needs a momentum from 0 to 1, got {momentum}.");
        Momentum = momentum;
        Mean = new LayerBuffer("running_mean", Tensor.Zeros(channels));
        Variance = new LayerBuffer("running_var", Tensor.Ones(channels));
    }

    public double Momentum { get; }

    public LayerBuffer Mean { get; }

    public LayerBuffer Variance { get; }

    /// <summary>Moves both toward those of `count` numbers a channel; `variance` is the mean squared distance from `mean`.</summary>
    public void Move(Tensor mean, Tensor variance, int count) =>
        Tensor.MoveToward(Momentum, (Mean, mean, 1), (Variance, variance, count / (count - 1.0)));

    /// <summary>γ·(x − mean)/√(variance + ε) + β as one scale and one shift a channel; channels are axis 1.</summary>
    public Tensor Normalize(Tensor x, Tensor? weight, Tensor? bias, double epsilon)
    {
        int[] dims = new int[x.Rank];
        Array.Fill(dims, 1);
        dims[1] = Mean.Count;
        // Where x is: a gradient check in double precision lends parameters and data to another device, not buffers.
        Tensor scale = (Variance.To(x.Device) + epsilon).Power(-0.5);
        if (weight is not null) scale *= weight;
        Tensor shift = -Mean.To(x.Device) * scale;
        if (bias is not null) shift += bias;
        return x * scale.Reshape(new Shape(dims)) + shift.Reshape(new Shape(dims));
    }
}
