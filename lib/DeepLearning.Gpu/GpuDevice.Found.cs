using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace DeepLearning;

// Which cards there are.
public sealed partial class GpuDevice
{
    /// <summary>
    /// The cards of this machine, the one that <see cref="Device.Gpu"/> takes first, and ILGPU's stand-in if <see cref="Variable"/> asks
    /// for it. They are looked at, not started.
    /// </summary>
    public static new IReadOnlyList<DeviceInfo> Found
    {
        get
        {
            List<GpuKind> kinds = [GpuKind.Cuda, GpuKind.OpenCL];
            if (Enum.TryParse(Environment.GetEnvironmentVariable(Variable), ignoreCase: true, out GpuKind wanted))
            {
                kinds.Remove(wanted);
                kinds.Insert(0, wanted);
            }
            return [.. kinds.SelectMany(Look)];
        }
    }

    private static DeviceInfo[] Look(GpuKind kind)
    {
        GpuLibraries.Register();
        try
        {
            using Context context = NewContext(kind);
            return [.. DevicesOf(context, kind)
                .Select(device => new DeviceInfo(NameOf(kind), Describe(kind, device), kind == GpuKind.Cpu || IsProcessor(device)))];
        }
        catch (Exception problem) when (problem is AcceleratorException or DllNotFoundException or NotSupportedException)
        {
            // As in TryCreate: no device.
            return [];
        }
    }

    private static IEnumerable<ILGPU.Runtime.Device> DevicesOf(Context context, GpuKind kind)
    {
        AcceleratorType wanted = kind switch { GpuKind.Cuda => AcceleratorType.Cuda, GpuKind.OpenCL => AcceleratorType.OpenCL, _ =>
            AcceleratorType.CPU };
        return context.Devices.Where(device => device.AcceleratorType == wanted).OrderBy(IsProcessor);
    }

    // OpenCL may be offered by the processor, too: no card, and taken only by one who asks for OpenCL.
    private static bool IsProcessor(ILGPU.Runtime.Device device) =>
        device is CLDevice { DeviceType: var type } && type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU);

    private static string NameOf(GpuKind kind) => kind switch { GpuKind.Cuda => "cuda", GpuKind.OpenCL => "opencl", _ => "ilgpu-cpu" };

    private static string Describe(GpuKind kind, ILGPU.Runtime.Device device) => kind == GpuKind.Cpu
        ? "the GPU's kernels on the processor, for trying them out"
        : $"{device.Name.Trim()}, {device.MemorySize / (double)(1L << 30):0.#} GiB{(IsProcessor(device) ? ", the processor itself" : "")}";
}
