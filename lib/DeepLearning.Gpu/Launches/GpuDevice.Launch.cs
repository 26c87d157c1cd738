using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

// How kernels are started: each takes one structure, and is compiled at its first use.
public sealed partial class GpuDevice
{
    private readonly ConcurrentDictionary<object, object> _compiled = new(ReferenceEqualityComparer.Instance);

    // OpenCL keeps the arguments with the kernel: threads that start one kernel at once would run each other's. Null where they are
    // passed along.
    private readonly Lock? _starting;

    // Threads of a group that works on one row together.
    private int FewestLanes { get; }

    private int MostLanes { get; }

    /// <summary>How many kernels were started: what a step of training of a small network takes its time for.</summary>
    internal int Launches { get; private set; }

    /// <summary>Is told the name of each kernel that is started.</summary>
    internal Action<string>? Launching { get; set; }

    /// <summary>One thread for each i &lt; n.</summary>
    private void Each<T>(Action<Index1D, T> kernel, int n, T arguments) where T : struct
    {
        if (n == 0) return;
        try
        {
            Action<Index1D, T> start = Compiled(kernel, static (accelerator, kernel) => accelerator.LoadAutoGroupedStreamKernel(kernel));
            if (_starting is null) start(n, arguments);
            else lock (_starting) start(n, arguments);
            GpuStorage.Started();
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>One group of threads for each row, as many as its length can use.</summary>
    private void EachRow<T>(Action<T> kernel, int rows, int length, T arguments)
        where T : struct => EachGroup(kernel, rows, Lanes(length), arguments);

    private void EachGroup<T>(Action<T> kernel, int groups, int lanes, T arguments) where T : struct
    {
        if (groups > 0) Start(kernel, new KernelConfig(groups, lanes), arguments);
    }

    /// <summary>
    /// Groups of as many threads as the device allows: the compiler is told, so that it gives each no more registers than so many can have.
    /// </summary>
    private void EachLargeGroup<T>(Action<T> kernel, int groups, int lanes, T arguments) where T : struct
    {
        if (groups > 0) Start(kernel, new KernelConfig(groups, lanes), arguments, ForLargeGroups);
    }

    private static Action<KernelConfig, T> ForLargeGroups<T>(Accelerator accelerator, Action<T> kernel) where T : struct =>
        accelerator.LoadStreamKernel(kernel, new KernelSpecialization(accelerator.MaxNumThreadsPerGroup, null));

    private void Start<T>(Action<T> kernel, KernelConfig groups, T arguments) where T : struct =>
        Start(kernel, groups, arguments, static (accelerator, kernel) => accelerator.LoadStreamKernel(kernel));

    private void Start<T>(Action<T> kernel, KernelConfig groups, T arguments, Func<Accelerator, Action<T>, Action<KernelConfig, T>> compile)
        where T : struct
    {
        try
        {
            Action<KernelConfig, T> start = Compiled(kernel, compile);
            if (_starting is null) start(groups, arguments);
            else lock (_starting) start(groups, arguments);
            GpuStorage.Started();
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    private int Lanes(int length)
    {
        int lanes = FewestLanes;
        while (lanes < length && lanes < MostLanes) lanes *= 2;
        return lanes;
    }

    // Compiled at its first use; after that a launch allocates nothing and takes no lock.
    private TLauncher Compiled<TKernel, TLauncher>(TKernel kernel, Func<Accelerator, TKernel, TLauncher> compile)
        where TKernel : Delegate where TLauncher : Delegate
    {
        Launches++;
        Launching?.Invoke($"{kernel.Method.DeclaringType!.Name}.{kernel.Method.Name}");
        if (_compiled.TryGetValue(kernel, out object? launcher)) return (TLauncher)launcher;
        // ILGPU compiles one kernel at a time.
        lock (_compiled)
        {
            if (!_compiled.TryGetValue(kernel, out launcher)) _compiled[kernel] = launcher = compile(_accelerator, kernel);
        }
        return (TLauncher)launcher;
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
