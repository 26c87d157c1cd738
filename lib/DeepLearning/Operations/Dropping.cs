namespace DeepLearning;

public partial class Tensor
{
    /// <summary>What dropout multiplies by: <paramref name="kept"/> with probability 1 − rate, else 0.</summary>
    internal static Tensor DropMask(Generator generator, double rate, double kept, Shape shape, Device device)
    {
        Tensor mask = Empty(shape, device);
        // Uniform on [−rate, 1 − rate): not negative with probability 1 − rate.
        device.Random(RandomKind.Uniform, generator.Seed, generator.Take(mask.Count), -rate, 1 - rate, mask.Storage, mask.Count);
        device.Unary(UnaryOp.Step, mask.Storage, mask.Storage, mask.Count);
        if (kept != 1) device.Unary(UnaryOp.Affine, mask.Storage, mask.Storage, mask.Count, kept);
        return mask;
    }
}
