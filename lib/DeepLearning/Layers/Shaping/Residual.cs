namespace DeepLearning;

/// <summary>
/// A layer with a way around it: y = F(x) + x. The layer then has only to learn the difference from doing nothing, and gradients reach the
/// layers below undiminished, so that networks can be very deep. Where F changes the shape, the way around needs a layer too: y = F(x) +
/// S(x).
/// <para>Shapes: those of F; x, or S(x), has that of F(x).</para>
/// <para>Source: He et al. 2016, "Deep Residual Learning for Image Recognition".</para>
/// </summary>
/// <param name="layer">F.</param>
/// <param name="shortcut">S, for instance a 1×1 convolution; null for x itself.</param>
/// <exception cref="ArgumentNullException">There is no F.</exception>
/// <example><code>
/// var generator = new Generator(1);
/// var block = new Residual(new Sequential(new Dense(8, 8, generator), new Relu(), new Dense(8, 8, generator)));
/// Tensor x = Tensor.Normal(generator, 0, 1, 32, 8);
/// Tensor y = block.Forward(x);            // [32, 8]
/// </code></example>
public sealed class Residual(Layer layer, Layer? shortcut = null) : Layer
{
    private readonly Layer _layer = LayerArguments.Given(layer, nameof(Residual));

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children =>
        shortcut is null ? [("layer", _layer)] : [("layer", _layer), ("shortcut", shortcut)];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The two ways give different shapes.</exception>
    protected override Tensor Compute(Tensor x)
    {
        Tensor y = _layer.Forward(x), around = shortcut is null ? x : shortcut.Forward(x);
        return y.Shape.Equals(around.Shape)
            ? y + around
            : throw new ArgumentException(
                $"{this} got {y.Shape} from its layer and {around.Shape} around it; give it a shortcut that makes {y.Shape} of {x.Shape}.");
    }

    /// <inheritdoc/>
    public override string ToString() => shortcut is null ? $"Residual({_layer})" : $"Residual({_layer}, {shortcut})";
}
