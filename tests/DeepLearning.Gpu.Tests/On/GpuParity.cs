using System.Collections.Concurrent;
using Xunit.Sdk;
using DeepLearning.Tests.Devices.Parity;

namespace DeepLearning.Tests.Gpu;

/// <summary>The devices that the tests run on. Where there is no such card, the test that asks for it is skipped.</summary>
public static class Devices
{
    private static readonly ConcurrentDictionary<GpuKind, Lazy<GpuDevice?>> s_devices = new();

    /// <summary>The kernels on the processor.</summary>
    public static GpuDevice Processor => Of(GpuKind.Cpu);

    public static GpuDevice Cuda => Of(GpuKind.Cuda);

    public static GpuDevice OpenCL => Of(GpuKind.OpenCL);

    /// <summary>The device of a kind that tests share, made once.</summary>
    public static GpuDevice Of(GpuKind kind) => s_devices.GetOrAdd(kind, _ => new(() => OrNone(kind, new()))).Value ?? throw None(kind);

    /// <summary>One that the test has for itself.</summary>
    internal static GpuDevice New(GpuKind kind, GpuDevice.Settings? settings = null) => OrNone(kind, settings ?? new()) ?? throw None(kind);

    private static SkipException None(GpuKind kind) => SkipException.ForSkip($"There is no {kind} device here.");

    private static GpuDevice? OrNone(GpuKind kind, GpuDevice.Settings settings)
    {
        try
        {
            return GpuDevice.Create(kind, settings);
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
