using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

/// <summary>
/// A block of a card's memory. One that is forgotten rather than freed goes back to its device when the garbage collector finds it.
/// </summary>
internal sealed class GpuStorage(GpuDevice device, MemoryBuffer1D<float, Stride1D.Dense> buffer, int length) : Storage(device, length)
{
    private const int Known = 64;

    public MemoryBuffer1D<float, Stride1D.Dense> Buffer { get; } = buffer;

    // The blocks that this thread used last. A view alone does not keep its block from being found as forgotten, and given to another
    // tensor, before the kernel is started that takes the view: so they are known here, for longer than the making of any kernel's
    // arguments takes.
    [ThreadStatic] private static GpuStorage?[]? s_used;
    [ThreadStatic] private static int s_next, s_waiting;

    private readonly ArrayView<float> _view = buffer.View.BaseView;

    /// <summary>Where its numbers are, for the arguments of a kernel that is started next.</summary>
    public ArrayView<float> View
    {
        get
        {
            GpuStorage?[] used = s_used ??= new GpuStorage[Known];
            used[s_next++ & (Known - 1)] = this;
            return _view;
        }
    }

    /// <summary>Whatever this thread looked up has gone into a kernel that is started now.</summary>
    public static void Started() => s_waiting = s_next;

    /// <summary>Lets go of the blocks that no kernel of this thread waits for, so that they can be found.</summary>
    public static void ForgetStarted()
    {
        if (s_used is not { } used) return;
        for (int i = Math.Max(0, s_next - Known); i < s_waiting; i++) used[i & (Known - 1)] = null;
    }

    /// <summary>
    /// What is known about all numbers: whole, and in this range. It is seen when numbers come from the host, so that labels and tokens
    /// need not come back to be checked. Null when nothing is known.
    /// </summary>
    public (int Low, int High)? Whole { get; set; }

    ~GpuStorage() => device.Abandon(Buffer);
}
