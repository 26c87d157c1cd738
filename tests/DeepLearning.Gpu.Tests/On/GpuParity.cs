using DeepLearning.Tests.Devices;

namespace DeepLearning.Tests.Gpu;

/// <summary>The devices that the tests run on, made once.</summary>
public static class Devices
{
    /// <summary>The kernels on the processor.</summary>
    public static GpuDevice Processor { get; } = GpuDevice.Create(GpuKind.Cpu);
}

/// <summary>Every kernel against the reference, on ILGPU's processor device.</summary>
public sealed class GpuParity() : DeviceParity(Devices.Processor, mostSorted: 20_000);
