namespace DeepLearning;

/// <summary>
/// Any function as a layer: y = f(x).
/// <para>Shapes: those of the function; no parameters, so write a <see cref="Layer"/> of your own where something is to be learned.</para>
/// </summary>
/// <param name="function">f, made of tensor operations, so that it can be differentiated.</param>
/// <param name="name">How it is called in messages and tables.</param>
/// <example><code>
/// var layer = new Lambda(x => x.Square(), "square");
/// Tensor x = Tensor.From([1.0, -2, 3]);
/// Tensor y = layer.Forward(x);            // [3]: 1, 4, 9
/// </code></example>
public sealed class Lambda(Func<Tensor, Tensor> function, string name = "Lambda") : Layer
{
    private readonly Func<Tensor, Tensor> _function = function
        ?? throw new ArgumentNullException(nameof(function), "Lambda got no function; pass one of tensors, such as x => x.Square().");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => _function(x);

    /// <inheritdoc/>
    public override string ToString() => name;
}
