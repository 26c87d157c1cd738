namespace DeepLearning;

public abstract partial class Layer
{
    /// <summary>
    /// Follows one sample of zeros through the model and lists, layer by layer, shape, parameters and multiplications, with the sums behind each.
    /// </summary>
    /// <param name="inputShape">Of one sample, without the batch axis: <c>model.Summary(1, 28, 28)</c> for an image of one channel.</param>
    /// <example><code>
    /// Console.WriteLine(model.Summary(64));
    /// </code></example>
    public ModelSummary Summary(params ReadOnlySpan<int> inputShape) => new(this, inputShape);

    /// <summary>The sums behind this layer's shape, parameters and multiplications, for <see cref="Summary"/>.</summary>
    /// <param name="x">The shape that went in, [1, …].</param>
    /// <param name="y">The shape that came out, [1, …].</param>
    protected internal virtual LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        string[] sizes = [.. Parameters.Select(p => string.Join('×', p.Shape.Dims.ToArray()))];
        return new(Parameters: string.Join(" + ", sizes));
    }
}
