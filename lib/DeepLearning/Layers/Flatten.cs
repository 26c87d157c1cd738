namespace DeepLearning;

/// <summary>
/// Joins all axes of a sample into one, so that images can enter a <see cref="Dense"/> layer. The numbers and their order stay.
/// <para>Shapes: x: [N, …] → [N, M], where M is the product of the joined lengths; no parameters.</para>
/// <para>Source: S3, the step between the last pooling and the first fully connected layer.</para>
/// </summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Flatten();

    /// <inheritdoc/>
    public override string ToString() => "Flatten()";
}
