namespace DeepLearning;

/// <summary>
/// Joins all axes of a sample into one, so that images can enter a <see cref="Dense"/> layer. The numbers and their order stay.
/// <para>Shapes: x: [N, …] → [N, M], where M is the product of the joined lengths; no parameters.</para>
/// <para>Source: S3, the step between the last pooling and the first fully connected layer.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.Ones(32, 3, 8, 8);
/// Tensor y = new Flatten().Forward(x);    // [32, 192]
/// </code></example>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Flatten();

    /// <inheritdoc/>
    public override string ToString() => "Flatten()";
}
