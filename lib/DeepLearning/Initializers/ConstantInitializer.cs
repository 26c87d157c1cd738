namespace DeepLearning;

/// <summary>The same number everywhere: the usual start of biases. Weights that start equal stay equal, so a layer of them learns one feature only.</summary>
/// <param name="value">That number.</param>
public sealed class ConstantInitializer(double value) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Full(value, shape.Dims);
}
