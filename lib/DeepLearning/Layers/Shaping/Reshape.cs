namespace DeepLearning;

/// <summary>
/// Arranges the numbers of every sample in another shape, for instance a vector as an image. The numbers and their order stay.
/// <para>Shapes: x: [N, …] → [N, shape]; one length may be −1 and is then worked out; no parameters.</para>
/// </summary>
/// <param name="shape">The shape of a sample, without N.</param>
public sealed class Reshape(params int[] shape) : Layer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A sample has another number of numbers.</exception>
    protected override Tensor Compute(Tensor x)
    {
        int known = shape.Where(length => length != -1).Aggregate(1, (product, length) => product * length), unknown = shape.Count(length => length == -1);
        int size = x.Rank == 0 || x.Shape[0] == 0 ? 0 : x.Count / x.Shape[0];
        if (unknown > 1 || known < 1 || (unknown == 0 ? size != known : size % known != 0))
            throw new ArgumentException($"{this} got input {x.Shape}, {size} numbers a sample; expected {(unknown > 0 ? "a multiple of " : "")}{known}.");
        int[] whole = [x.Shape[0], .. shape];
        return x.Reshape(whole.AsSpan());
    }

    /// <inheritdoc/>
    public override string ToString() => $"Reshape({string.Join(", ", shape)})";
}
