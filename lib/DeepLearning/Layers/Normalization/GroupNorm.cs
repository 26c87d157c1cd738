namespace DeepLearning;

/// <summary>
/// Splits the channels of every sample into groups and gives each group mean 0 and variance 1, then stretches and shifts each channel. Like
/// <see cref="LayerNorm"/> it does not look at other samples, so small batches of large images do no harm.
/// y = γ_c·(x − μ_g)/√(σ²_g + ε) + β_c, where μ_g and σ²_g belong to the group of channel c in the same sample.
/// With one group per channel this is <see cref="InstanceNorm2d"/>.
/// <para>Shapes: x: [N, C, …] → the same; weight γ and bias β: [C].</para>
/// <para>Source: Wu and He 2018, "Group Normalization".</para>
/// </summary>
/// <example><code>
/// var layer = new GroupNorm(groups: 2, channels: 6);
/// Tensor x = Tensor.Normal(new Generator(1), 5, 2, 1, 6, 8, 8);
/// Tensor y = layer.Forward(x);            // [1, 6, 8, 8]; channels 0, 1, 2 together have mean 0 and variance 1
/// </code></example>
public sealed class GroupNorm : Normalization
{
    private readonly int _groups, _channels;

    /// <param name="groups">How many groups; ≥ 1, divides the channels.</param>
    /// <param name="channels">C; ≥ 1.</param>
    /// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels, or ε is not above 0.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
        : base(affine ? Counted(channels, nameof(channels), nameof(GroupNorm)) : null, epsilon)
    {
        if (groups < 1 || channels < 1 || channels % groups != 0)
            throw new ArgumentException(
                $"GroupNorm needs channels that can be shared out equally to the groups, got {channels} channels and {groups} groups.");
        (_groups, _channels) = (groups, channels);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Axis 1 of x is not of length C, or a channel has no numbers.</exception>
    protected override Tensor Compute(Tensor x) => x.Rank >= 2 && x.Shape[1] == _channels && x.Shape.Product(2, x.Rank) > 0
        ? Tensor.GroupNorm(x, _groups, Weight, Bias, Epsilon)
        : throw new ArgumentException($"{this} got input {x.Shape}; expected [N, {_channels}, …] with some numbers in each channel.");

    /// <inheritdoc/>
    public override string ToString() => $"GroupNorm({_groups}, {_channels})";
}
