using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

// How kernels are started: each takes one structure, and is compiled at its first use.
public sealed partial class GpuDevice
{
    private readonly Dictionary<object, object> _compiled = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _compiling = new();

    // Threads of a group that works on one row together.
    private int FewestLanes { get; }

    private int MostLanes { get; }

    /// <summary>One thread for each i &lt; n.</summary>
    private void Each<T>(Action<Index1D, T> kernel, int n, T arguments) where T : struct
    {
        if (n == 0) return;
        try
        {
            Compiled(kernel, _accelerator.LoadAutoGroupedStreamKernel)(n, arguments);
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>One group of threads for each row, as many as its length can use.</summary>
    private void EachRow<T>(Action<T> kernel, int rows, int length, T arguments) where T : struct => EachGroup(kernel, rows, Lanes(length), arguments);

    private void EachGroup<T>(Action<T> kernel, int groups, int lanes, T arguments) where T : struct
    {
        if (groups > 0) Start(kernel, new KernelConfig(groups, lanes), arguments);
    }

    private void Start<T>(Action<T> kernel, KernelConfig groups, T arguments) where T : struct
    {
        try
        {
            Compiled(kernel, _accelerator.LoadStreamKernel)(groups, arguments);
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    // What a driver's error means; null if it is not the driver's.
    private InvalidOperationException? Explain(Exception problem) => problem switch
    {
        CapabilityNotSupportedException => new InvalidOperationException(
            $"The device {Name} ({Description}) cannot run this: {problem.Message} Device.Cpu runs the same models.", problem),
        AcceleratorException => new InvalidOperationException(
            $"The device {Name} ({Description}) does not answer any more: {problem.Message} What was on it is lost; start the program again.", problem),
        _ => null,
    };

    private int Lanes(int length)
    {
        int lanes = FewestLanes;
        while (lanes < length && lanes < MostLanes) lanes *= 2;
        return lanes;
    }

    private TLauncher Compiled<TKernel, TLauncher>(TKernel kernel, Func<TKernel, TLauncher> compile) where TKernel : class where TLauncher : class
    {
        lock (_compiling)
        {
            if (!_compiled.TryGetValue(kernel, out object? launcher)) _compiled.Add(kernel, launcher = compile(kernel));
            return (TLauncher)launcher;
        }
    }

    private static ArrayView<float> Read(Storage storage) => ((GpuStorage)storage).View;

    private static ArrayView<float> Write(Storage storage)
    {
        var block = (GpuStorage)storage;
        block.Whole = null;
        return block.View;
    }

    // Kernels take no null: something stands where nothing is, with a flag beside it.
    private static ArrayView<float> ReadOr(Storage? storage, Storage otherwise) => ((GpuStorage)(storage ?? otherwise)).View;

    private static ArrayView<float> WriteOr(Storage? storage, Storage otherwise) => Write(storage ?? otherwise);

    private static int Flag(bool value) => value ? 1 : 0;
}
