namespace DeepLearning;

/// <summary>
/// Gated linear unit: cuts its input into halves and lets one decide how much of the other passes. Put it behind a layer with twice the
/// outputs wanted. y = a ⊙ σ(b), where x = [a, b] along the axis.
/// <para>Shapes: [N, 2D] → [N, D], or any with an axis of even length, which is halved; no parameters.</para>
/// <para>Source: Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks"; not in the notes.</para>
/// </summary>
/// <param name="axis">Which axis is halved; negative ones count from the end, −1 by default. For images [N, C, H, W] it is 1.</param>
/// <example><code>
/// var generator = new Generator(1);
/// var model = new Sequential(new Dense(8, 2 * 16, generator), new Glu());
/// Tensor x = Tensor.Normal(generator, 0, 1, 32, 8);
/// Tensor y = model.Forward(x);            // [32, 16]
/// </code></example>
public sealed class Glu(int axis = -1) : Layer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x has no such axis, or its length is odd.</exception>
    protected override Tensor Compute(Tensor x) => x.Glu(axis);

    /// <inheritdoc/>
    public override string ToString() => axis == -1 ? "Glu()" : $"Glu(axis {axis})";
}
