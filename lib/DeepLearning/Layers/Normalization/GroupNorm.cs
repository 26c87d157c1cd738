namespace DeepLearning;

/// <summary>
/// Splits the channels of every sample into groups and gives each group mean 0 and variance 1, then stretches and shifts each channel. Like
/// <see cref="LayerNorm"/> it does not look at other samples, so small batches of large images do no harm.
/// y = γ_c·(x − μ_g)/√(σ²_g + ε) + β_c, where μ_g and σ²_g belong to the group of channel c in the same sample.
/// With one group per channel this is instance normalization.
/// <para>Shapes: x: [N, C, …] → the same; weight γ and bias β: [C].</para>
/// <para>Source: Wu and He 2018, "Group Normalization".</para>
/// </summary>
public sealed class GroupNorm : Layer
{
    private readonly int _groups, _channels;
    private readonly double _epsilon;

    /// <param name="groups">How many groups; ≥ 1, divides the channels.</param>
    /// <param name="channels">C; ≥ 1.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels, or ε is not above 0.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        if (groups < 1 || channels < 1 || channels % groups != 0)
            throw new ArgumentException($"GroupNorm needs channels that can be shared out equally to the groups, got {channels} channels and {groups} groups.");
        if (!(epsilon > 0)) throw new ArgumentException($"GroupNorm needs an epsilon above 0, got {epsilon}.");
        (_groups, _channels, _epsilon) = (groups, channels, epsilon);
        if (!affine) return;
        Weight = new Parameter("weight", Tensor.Ones(channels), isWeight: false);
        Bias = new Parameter("bias", Tensor.Zeros(channels), isWeight: false);
    }

    /// <summary>γ: [C], ones at first; null without affine.</summary>
    public Parameter? Weight { get; }

    /// <summary>β: [C], zeros at first; null without affine.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Weight is null ? [] : [Weight, Bias!];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Axis 1 of x is not of length C.</exception>
    protected override Tensor Compute(Tensor x) => x.Rank >= 2 && x.Shape[1] == _channels && x.Count > 0
        ? Tensor.GroupNorm(x, _groups, Weight, Bias, _epsilon)
        : throw new ArgumentException($"{this} got input {x.Shape}; expected [N, {_channels}, …].");

    /// <inheritdoc/>
    public override string ToString() => $"GroupNorm({_groups}, {_channels})";
}
