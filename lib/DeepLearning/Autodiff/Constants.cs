namespace DeepLearning;

// Single numbers that every step of a training starts from, such as ∂loss/∂loss = 1: kept, so that a graphics card need not be told them
// each time.
public partial class Tensor
{
    // More than a few would be numbers that change from step to step.
    private const int MostConstants = 100;

    // For each thread, since tensors of two threads must not share a block.
    [ThreadStatic] private static Dictionary<(Device, double), Tensor>? s_constants;

    /// <summary>Whether this is the kept 1.</summary>
    internal bool IsOne => s_constants is not null && s_constants.TryGetValue((Device, 1), out Tensor? one) && one.Storage == Storage;

    /// <summary>
    /// A number that nobody may change, on the device and of the shape of <paramref name="like"/>, which is a single number too.
    /// </summary>
    internal static Tensor Constant(double value, Tensor like)
    {
        s_constants ??= [];
        if (!s_constants.TryGetValue((like.Device, value), out Tensor? kept))
        {
            if (s_constants.Count == MostConstants) return Full(value, like.Shape, like.Device);
            s_constants.Add((like.Device, value), kept = Full(value, DeepLearning.Shape.Scalar, like.Device).Keep());
        }
        return new Tensor(like.Shape, kept.Storage);
    }
}
