namespace DeepLearning;

public abstract partial class Layer
{
    /// <summary>
    /// Follows one sample of zeros through the model and lists, layer by layer, shape, parameters and multiplications, with the sums behind
    /// each.
    /// </summary>
    /// <param name="inputShape">Of one sample, without the batch axis: <c>model.Summary(1, 28, 28)</c> for an image of one channel.</param>
    /// <example><code>
    /// var generator = new Generator(1);
    /// var model = new Sequential(new Dense(64, 32, generator), new Relu(), new Dense(32, 10, generator));
    /// Console.WriteLine(model.Summary(64));       // a table of three layers: 2410 parameters, 2368 multiply-adds
    /// </code></example>
    public ModelSummary Summary(params ReadOnlySpan<int> inputShape) => new(this, inputShape);

    /// <summary>The sums behind this layer's shape, parameters and multiplications, for <see cref="Summary"/>.</summary>
    /// <param name="x">The shape that went in, [1, …].</param>
    /// <param name="y">The shape that came out, [1, …].</param>
    protected internal virtual LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        string[] sizes = [.. OwnParameters.Select(p => string.Join('×', p.Shape.Dims.ToArray()))];
        return new(Parameters: string.Join(" + ", sizes));
    }

    /// <summary>
    /// This layer and those within that are made of no others or have parameters or buffers of their own, with their names in the model.
    /// </summary>
    internal IEnumerable<(string Name, Layer Layer)> Parts(string name = "")
    {
        (string Name, Layer Layer)[] children = Children.ToArray();
        if (children.Length == 0 || OwnParameters.Any() || OwnBuffers.Any()) yield return (name, this);
        foreach ((string child, Layer layer) in children)
        foreach ((string Name, Layer Layer) part in layer.Parts(Join(name, child)))
            yield return part;
    }

    internal IEnumerable<(string Name, Tensor Tensor)> OwnState =>
        [.. OwnParameters.Select(p => (p.Name, (Tensor)p)), .. OwnBuffers.Select(b => (b.Name, (Tensor)b))];

    internal int OwnParameterCount => OwnParameters.Sum(p => p.Count);
}
