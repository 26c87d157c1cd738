namespace DeepLearning;

public partial class Tensor
{
    /// <summary>What dropout multiplies by: <paramref name="kept"/> with probability 1 − rate, else 0.</summary>
    internal static Tensor DropMask(Generator generator, double rate, double kept, Shape shape, Device device)
    {
        Tensor mask = Empty(shape, device);
        device.DropMask(generator.Seed, generator.Take(mask.Count), rate, kept, mask.Storage, mask.Count);
        return mask;
    }
}
