namespace DeepLearning;

/// <summary>
/// A tensor that belongs to a layer and that no gradient changes, such as the running mean of a batch normalization. It moves to a device
/// with its layer and is saved with it.
/// </summary>
/// <example><code>
/// sealed class Centred(int features) : Layer
/// {
///     private readonly LayerBuffer _mean = new("mean", Tensor.Zeros(features));
///
///     protected override IEnumerable&lt;LayerBuffer> OwnBuffers => [_mean];
///
///     protected override Tensor Compute(Tensor x) => x - _mean;
/// }
/// </code></example>
public sealed class LayerBuffer : Tensor
{
    /// <param name="name">Its name within its layer, such as <c>running_mean</c>.</param>
    /// <param name="values">Its first values, which it takes over; they are not copied.</param>
    public LayerBuffer(string name, Tensor values) : base(values.Shape, values.Storage)
    {
        Name = name;
        Keep();
    }

    /// <summary>Its name within its layer.</summary>
    public string Name { get; }
}
