using System.Numerics;

namespace DeepLearning.Kernels;

/// <summary>
/// The processor's memory, in blocks that are handed out again, so that a training step allocates nothing: the garbage collector never runs
/// and the caches stay warm. Free blocks wait by size class. There are four classes to each doubling, so at most a fifth of a block is
/// wasted. Small blocks wait in a list of the thread that freed them, with no lock; large ones, and what a thread has too many of, in one
/// that all threads share.
/// </summary>
internal sealed class StoragePool(Device device)
{
    private const int Smallest = 16, Classes = 4 * 28, LargestLocal = 1 << 16, LocalPerClass = 256, LocalNumbers = 1 << 22;

    // A quarter of the memory, at most 2 GiB: enough for every temporary of a training step, and never a burden.
    private static readonly long s_sharedNumbers = Math.Min(2L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4) / sizeof(float);

    [ThreadStatic] private static Dictionary<StoragePool, Local>? s_locals;
    [ThreadStatic] private static Local? s_last;

    private readonly Stack<CpuStorage>[] _shared = NewStacks();
    private readonly Lock _lock = new();
    private long _sharedNumbers;

    // What one thread keeps.
    private sealed class Local(StoragePool owner)
    {
        public readonly StoragePool Owner = owner;
        public readonly Stack<CpuStorage>[] Stacks = NewStacks();
        public int Numbers;
    }

    /// <summary>How many numbers a block for <paramref name="length"/> of them has room for.</summary>
    public static int Capacity(int length)
    {
        if (length <= Smallest) return Smallest;
        int shift = BitOperations.Log2((uint)(length - 1)) - 2;
        long capacity = (((long)(length - 1) >> shift) + 1) << shift;
        return (int)Math.Min(capacity, Array.MaxLength);
    }

    // 0 for up to 16 numbers, then 1 … 4 for the quarters up to 32, and so on.
    private static int ClassOf(int length)
    {
        if (length <= Smallest) return 0;
        int log = BitOperations.Log2((uint)(length - 1));
        return 4 * (log - 4) + ((length - 1) >> (log - 2)) - 3;
    }

    /// <summary>A block of <paramref name="length"/> numbers with unspecified contents.</summary>
    public CpuStorage Take(int length)
    {
        if (TryTake(length) is not { } free) return new CpuStorage(device, GC.AllocateUninitializedArray<float>(Capacity(length)), length);
        free.Length = length;
        free.Users = 0;
        return free;
    }

    private CpuStorage? TryTake(int length)
    {
        int size = ClassOf(length);
        if (length <= LargestLocal)
        {
            Local local = OfThisThread();
            if (local.Stacks[size].TryPop(out CpuStorage? found))
            {
                local.Numbers -= found.Array.Length;
                return found;
            }
        }
        lock (_lock)
        {
            if (!_shared[size].TryPop(out CpuStorage? found)) return null;
            _sharedNumbers -= found.Array.Length;
            return found;
        }
    }

    /// <summary>Keeps a block for later, or leaves it to the garbage collector when there is plenty.</summary>
    public void Return(CpuStorage block)
    {
        int capacity = block.Array.Length, size = ClassOf(capacity);
        if (capacity <= LargestLocal)
        {
            Local local = OfThisThread();
            if (local.Stacks[size].Count < LocalPerClass && local.Numbers + capacity <= LocalNumbers)
            {
                local.Stacks[size].Push(block);
                local.Numbers += capacity;
                return;
            }
        }
        lock (_lock)
        {
            if (_sharedNumbers + capacity > s_sharedNumbers) return;
            _shared[size].Push(block);
            _sharedNumbers += capacity;
        }
    }

    private Local OfThisThread()
    {
        Local? last = s_last;
        if (last is not null && last.Owner == this) return last;
        Dictionary<StoragePool, Local> locals = s_locals ??= [];
        if (!locals.TryGetValue(this, out Local? local)) locals[this] = local = new Local(this);
        return s_last = local;
    }

    private static Stack<CpuStorage>[] NewStacks()
    {
        var stacks = new Stack<CpuStorage>[Classes];
        for (int i = 0; i < stacks.Length; i++) stacks[i] = new Stack<CpuStorage>();
        return stacks;
    }
}
