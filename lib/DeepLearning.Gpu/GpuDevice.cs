using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DeepLearning;

/// <summary>
/// All kernels on a graphics card, by ILGPU. Work is put into one queue and runs while the program goes on; only reading numbers waits for
/// it. Sums are taken in a fixed order, so the same seed gives the same numbers each time.
/// </summary>
/// <remarks>
/// Float32 throughout, with functions accurate to a few units in the last place. Sine, cosine, powers and random numbers are computed in
/// double precision, which some OpenCL cards lack. Source: ILGPU 1.5, https://ilgpu.net.
/// </remarks>
public sealed partial class GpuDevice : Device
{
    /// <summary>The environment variable that names the kind to use: <c>cuda</c>, <c>opencl</c> or <c>cpu</c>.</summary>
    public const string Variable = "DEEPLEARNING_GPU";

    private static readonly Lazy<GpuDevice> s_default = new(CreateDefault);

    private readonly Accelerator _accelerator;

    private GpuDevice(GpuKind kind, ILGPU.Runtime.Device device, Context context, Settings settings)
    {
        Kind = kind;
        (Name, Description) = (NameOf(kind), Describe(kind, device));
        _accelerator = device.CreateAccelerator(context);
        if (kind == GpuKind.OpenCL) _starting = new Lock();
        bool card = kind != GpuKind.Cpu || settings.LikeACard;
        (FewestLanes, MostLanes) = card ? (32, Math.Min(256, _accelerator.MaxNumThreadsPerGroup)) : (1, 4);
        _tileLines = settings.TileLines ?? (MostLanes >= 256 ? null : 16);
        _useTiles = card || settings.UseTiles;
        _wantedGroups = settings.WantedGroups ?? 2 * _accelerator.NumMultiprocessors;
        _memoryLimit = settings.MemoryLimit ?? _accelerator.MemorySize;
        Nothing = Allocate(1);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What runs the kernels.</summary>
    public GpuKind Kind { get; }

    /// <summary>The card's name and memory.</summary>
    public override string Description { get; }

    /// <summary>Whether it is a card, not the stand-in on the processor.</summary>
    public override bool IsAccelerator => Kind != GpuKind.Cpu;

    // Stands for a block that a kernel will not look at.
    private Storage Nothing { get; }

    /// <summary>Called once by <see cref="Device.Gpu"/>, which looks for this assembly.</summary>
    public static void Register() => RegisterGpu(() => s_default.Value, () => Found);

    /// <summary>The first card of a kind.</summary>
    /// <exception cref="NotSupportedException">This machine has none.</exception>
    public static GpuDevice Create(GpuKind kind) => Create(kind, new Settings());

    internal static GpuDevice Create(GpuKind kind, Settings settings) =>
        TryCreate(kind, settings, out string why) ?? throw new NotSupportedException(
            $"There is no {(kind == GpuKind.Cuda ? "CUDA" : kind.ToString())} device here that can be used: {why}. " +
            "Device.Cpu runs the same models.");

    /// <summary>What a test may choose.</summary>
    /// <param name="UseTiles">Products in tiles even on the processor.</param>
    /// <param name="TileLines">Rows and columns of a product's tiles: 16, 64 or 128; else as many as suit its size.</param>
    /// <param name="LikeACard">On the processor, groups of threads as large as on a card.</param>
    /// <param name="WantedGroups">How many groups keep the card busy.</param>
    /// <param name="MemoryLimit">How many bytes it has.</param>
    internal sealed record Settings(bool UseTiles = false, int? TileLines = null, bool LikeACard = false, int? WantedGroups = null,
        long? MemoryLimit = null);

    private static GpuDevice CreateDefault()
    {
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(wanted))
        {
            return Enum.TryParse(wanted, ignoreCase: true, out GpuKind kind) ? Create(kind) : throw new NotSupportedException(
                $"{Variable} must be cuda, opencl or cpu, got '{wanted}'.");
        }
        return TryCreate(GpuKind.Cuda, new Settings(), out string cuda)
            ?? TryCreate(GpuKind.OpenCL, new Settings(), out string openCL, cardsOnly: true) ??
            throw new NotSupportedException($"There is no graphics card here that can be used: {cuda}; {openCL}. " +
                $"Device.Cpu runs the same models, and {Variable}=cpu tries the kernels on the processor.");
    }

    private static GpuDevice? TryCreate(GpuKind kind, Settings settings, out string why, bool cardsOnly = false)
    {
        GpuLibraries.Register();
        Context? context = null;
        why = "";
        try
        {
            context = NewContext(kind, settings.LikeACard);
            if (DevicesOf(context, kind).FirstOrDefault(device => !cardsOnly || !IsProcessor(device)) is { } device)
                return new GpuDevice(kind, device, context, settings);
            why = kind == GpuKind.Cuda ? CudaDriver.WhyNot() : "no card with a driver for OpenCL 2.0 was found (clinfo lists them)";
        }
        catch (Exception problem)
            when (problem is AcceleratorException or DllNotFoundException or NotSupportedException or InsufficientMemoryException)
        {
            // A driver that is missing, or too old, or a card that is full, is no device.
            why = IsOutOfMemory(problem)
                ? $"{NameOf(kind)} has no memory left, other programs use it"
                : $"{NameOf(kind)} does not start, {Clause(problem)}";
        }
        context?.Dispose();
        return null;
    }

    internal static Context NewContext(GpuKind kind, bool likeACard = false) => Context.Create(builder =>
    {
        // O2 would be wrong: it takes a thread's index for the same in all threads, and tells CUDA that branches which depend on it
        // never part them.
        builder.Optimize(OptimizationLevel.O1).Math(MathMode.Default);
        if (kind == GpuKind.Cuda) builder.Cuda();
        else if (kind == GpuKind.OpenCL) builder.OpenCL();
        else builder.CPU(likeACard ? CPUDeviceKind.AMD : CPUDeviceKind.Default);
    });
}
