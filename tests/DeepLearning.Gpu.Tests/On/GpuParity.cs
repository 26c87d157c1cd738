using Xunit.Sdk;
using DeepLearning.Tests.Devices;

namespace DeepLearning.Tests.Gpu;

/// <summary>The devices that the tests run on, made once.</summary>
public static class Devices
{
    /// <summary>The kernels on the processor.</summary>
    public static GpuDevice Processor { get; } = GpuDevice.Create(GpuKind.Cpu);

    private static readonly Lazy<GpuDevice?> s_cuda = new(() => OrNone(GpuKind.Cuda)), s_openCL = new(() => OrNone(GpuKind.OpenCL));

    /// <summary>A card, or the test is skipped.</summary>
    public static GpuDevice Cuda => s_cuda.Value ?? throw SkipException.ForSkip("There is no CUDA device here.");

    /// <inheritdoc cref="Cuda"/>
    public static GpuDevice OpenCL => s_openCL.Value ?? throw SkipException.ForSkip("There is no OpenCL device here.");

    private static GpuDevice? OrNone(GpuKind kind)
    {
        try
        {
            return GpuDevice.Create(kind);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}

public sealed class CudaParity() : DeviceParity(Devices.Cuda);

public sealed class OpenCLParity() : DeviceParity(Devices.OpenCL);

/// <summary>Every kernel against the reference, on ILGPU's processor device.</summary>
public sealed class GpuParity() : DeviceParity(Devices.Processor, mostSorted: 20_000);
