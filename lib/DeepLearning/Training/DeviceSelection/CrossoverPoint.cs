namespace DeepLearning;

/// <summary>How long one step of training takes on two devices, at one amount of work.</summary>
/// <param name="Batch">Samples in a step.</param>
/// <param name="Width">Inputs and outputs of each layer.</param>
/// <param name="BaselineSeconds">On the device compared with, the CPU unless another was named; a median.</param>
/// <param name="DeviceSeconds">On the device; a median.</param>
public sealed record CrossoverPoint(int Batch, int Width, double BaselineSeconds, double DeviceSeconds)
{
    /// <summary>Batch × width.</summary>
    public long Size => (long)Batch * Width;

    /// <summary>How many times as fast the device is.</summary>
    public double Speedup => BaselineSeconds / DeviceSeconds;
}
