namespace DeepLearning;

/// <summary>
/// Parametric ReLU: a <see cref="LeakyRelu"/> that learns its slope, one for all or one a channel.
/// f(x) = x for x &gt; 0, else a·x; ∂f/∂x = 1 for x &gt; 0, else a; ∂f/∂a = 0 for x &gt; 0, else x, summed over all numbers that share the
/// a.
/// <para>Shapes: x: any → the same with one slope; with C slopes x: [N, C, …] → [N, C, …]; a: [1] or [C].</para>
/// <para>Source: He et al. 2015, who also start at 0.25 and put no weight decay on a; not in the notes.</para>
/// </summary>
/// <example><code>
/// var layer = new PRelu(channels: 2);
/// Tensor x = Tensor.From([-1.0, 4, -2, -8], 2, 2);
/// Tensor y = layer.Forward(x);            // [2, 2]: −0.25, 4, −0.5, −2
/// </code></example>
public sealed class PRelu : Layer
{
    /// <param name="channels">C, how many slopes; ≥ 1. With 1 (the default) all numbers share it.</param>
    /// <param name="initial">What every a begins at; 0.25 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel, or the first slope is not a finite number.</exception>
    public PRelu(int channels = 1, double initial = 0.25)
    {
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"PRelu needs 1 or more slopes, got {channels}.");
        LayerArguments.Finite(initial, nameof(initial), nameof(PRelu));
        Slope = new Parameter("slope", Tensor.Full(initial, channels), isWeight: false);
    }

    /// <summary>a: [1] or [C].</summary>
    public Parameter Slope { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => [Slope];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are C &gt; 1 slopes and axis 1 of x is not of length C.</exception>
    protected override Tensor Compute(Tensor x)
    {
        Tensor slope = Slope;
        if (Slope.Count > 1)
        {
            if (x.Rank < 2 || x.Shape[1] != Slope.Count)
                throw new ArgumentException(
                    $"{this} has a slope for each of {Slope.Count} channels and needs input [N, {Slope.Count}, …], got {x.Shape}.");
            int[] dims = new int[x.Rank - 1];
            Array.Fill(dims, 1);
            dims[0] = Slope.Count;
            slope = Slope.Reshape(new Shape(dims));
        }
        return Tensor.Where(x > 0, x, slope * x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"PRelu({Slope.Count})";
}
