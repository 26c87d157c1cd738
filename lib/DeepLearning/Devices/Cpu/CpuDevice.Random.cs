namespace DeepLearning;

// Random numbers. Number i depends on seed, block and i alone, so pieces of the target are filled independently.
public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Philox.Fill(kind, seed, block, a, b, Data(y).AsSpan(0, n), static value => (float)value);
}
