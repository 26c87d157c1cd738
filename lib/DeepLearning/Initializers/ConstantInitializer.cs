namespace DeepLearning;

/// <summary>
/// The same number everywhere: the usual start of biases. Weights that start equal stay equal, so a layer of them learns one feature only.
/// </summary>
/// <param name="value">That number, finite.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
/// <example><code>
/// Tensor w = new ConstantInitializer(0.5).Create([4, 8], new Generator(1));       // [4, 8], all 0.5
/// Tensor zeros = Init.Zeros.Create([4], new Generator(1));                        // [4], all 0
/// </code></example>
public sealed class ConstantInitializer(double value) : Initializer
{
    private readonly double _value = LayerArguments.Finite(value, nameof(value), nameof(ConstantInitializer));

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Full(_value, shape.Dims);
}
