namespace DeepLearning;

/// <summary>
/// Arranges the numbers of every sample in another shape, for instance a vector as an image. The numbers and their order stay.
/// <para>Shapes: x: [N, …] → [N, shape]; one length may be −1 and is then worked out; no parameters.</para>
/// </summary>
/// <example><code>
/// var layer = new Reshape(3, 4, -1);
/// Tensor x = Tensor.Ones(32, 48);
/// Tensor y = layer.Forward(x);            // [32, 3, 4, 4]
/// </code></example>
public sealed class Reshape : Layer
{
    private readonly int[] _shape;
    private readonly int _known;
    private readonly bool _open;

    /// <param name="shape">The shape of a sample, without N; each length ≥ 1, or one of them −1.</param>
    /// <exception cref="ArgumentException">A length is neither, two are −1, or they are more than a tensor holds.</exception>
    public Reshape(params int[] shape)
    {
        if (shape is null)
            throw new ArgumentNullException(nameof(shape), "Reshape got no shape; pass the lengths of a sample's axes, such as 1, 28, 28.");
        if (!shape.All(length => length is >= 1 or -1) || shape.Count(length => length == -1) > 1)
            throw new ArgumentException($"Reshape needs lengths of 1 or more, one of which may be -1, got [{string.Join(", ", shape)}].");
        _shape = [.. shape];
        _open = shape.Contains(-1);
        _known = new Shape([.. shape.Where(length => length != -1)]).Count;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A sample has another number of numbers.</exception>
    protected override Tensor Compute(Tensor x)
    {
        int size = x.Rank == 0 ? 0 : x.Shape.Product(1, x.Rank);
        if (size == 0 || (_open ? size % _known != 0 : size != _known))
            throw new ArgumentException(
                $"{this} got input {x.Shape}, {size} numbers a sample; expected {(_open ? "a multiple of " : "")}{_known}.");
        return x.Reshape(new Shape([x.Shape[0], .. _shape.Select(length => length == -1 ? size / _known : length)]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"Reshape({string.Join(", ", _shape)})";
}
