using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>A vector of numbers that do not lie side by side, one kind for each stride that has a short way.</summary>
internal static class StridedLoads
{
    /// <summary>A kind of stride.</summary>
    public interface IStride
    {
        /// <summary>x[0], x[stride], x[2·stride], …; reads nothing behind the last.</summary>
        static abstract unsafe Vector<float> Load(float* x, int stride);
    }

    /// <summary>Side by side.</summary>
    public readonly struct One : IStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe Vector<float> Load(float* x, int stride) => Vector.Load(x);
    }

    /// <summary>Every other.</summary>
    public readonly struct Two : IStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe Vector<float> Load(float* x, int stride)
        {
            if (!Vector256.IsHardwareAccelerated || Vector<float>.Count != 8) return Many.Load(x, 2);
            // The second vector begins one number early, so that nothing behind the last is read.
            var low = Vector256.Shuffle(Vector256.Load(x), Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0));
            var high = Vector256.Shuffle(Vector256.Load(x + 7), Vector256.Create(0, 0, 0, 0, 1, 3, 5, 7));
            return Vector256.ConditionalSelect(Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle(), low, high).AsVector();
        }
    }

    /// <summary>Any stride.</summary>
    public readonly struct Many : IStride
    {
        public static unsafe Vector<float> Load(float* x, int stride)
        {
            Vector<float> result = default;
            ref float to = ref Unsafe.As<Vector<float>, float>(ref result);
            for (int i = 0; i < Vector<float>.Count; i++) Unsafe.Add(ref to, i) = x[i * stride];
            return result;
        }
    }
}
