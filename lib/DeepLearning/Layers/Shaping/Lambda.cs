namespace DeepLearning;

/// <summary>
/// Any function as a layer: y = f(x).
/// <para>Shapes: those of the function; no parameters, so write a <see cref="Layer"/> of your own where something is to be learned.</para>
/// </summary>
/// <param name="function">f, made of tensor operations, so that it can be differentiated.</param>
/// <param name="name">How it is called in messages and tables.</param>
/// <example><code>new Lambda(x => x.Square(), "square")</code></example>
public sealed class Lambda(Func<Tensor, Tensor> function, string name = "Lambda") : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => function(x);

    /// <inheritdoc/>
    public override string ToString() => name;
}
