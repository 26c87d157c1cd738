using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning;

// Pooling, plane by plane. A row of windows that lie wholly inside the image is done a vector of windows at a time.
public sealed partial class CpuDevice
{
    private int PlanePieces(in PoolArgs p) =>
        Math.Min(Pieces((long)p.Planes * Math.Max(p.H * p.W, 4L * p.OutH * p.OutW)), Math.Max(1, p.Planes));

    /// <inheritdoc/>
    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index)
    {
        int pieces = PlanePieces(p);
        ForkJoin<MaxPoolPieces>.Run(new(p, Data(x), Data(y), Data(index), pieces), pieces, _maxThreads);
    }

    private readonly struct MaxPoolPieces(PoolArgs p, float[] x, float[] y, float[] index, int count) : IPieces
    {
        public unsafe void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            var (inside, insideEnd) = InsideColumns(p);
            fixed (float* allX = x, allY = y, allIndex = index)
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            for (int i = 0; i < p.OutH; i++)
            {
                nint row = ((nint)plane * p.OutH + i) * p.OutW;
                float* from = allX + (nint)plane * p.H * p.W, largest = allY + row, at = allIndex + row;
                var (top, bottom) = p.Rows(i);
                for (int j = 0; j < inside; j++) MaxOfWindow(from, top, bottom, j, largest, at);
                for (int j = insideEnd; j < p.OutW; j++) MaxOfWindow(from, top, bottom, j, largest, at);
                // The last vector overlaps the one before it.
                for (int j = inside; j < insideEnd; j += Vector<float>.Count)
                    MaxOfWindows(from, top, bottom, Math.Min(j, insideEnd - Vector<float>.Count), largest, at);
            }
        }

        private unsafe void MaxOfWindow(float* plane, int top, int bottom, int j, float* largest, float* at)
        {
            var (left, right) = p.Columns(j);
            int best = top * p.W + left;
            for (int r = top; r < bottom; r++)
            for (int c = r * p.W + left; c < r * p.W + right; c++)
            {
                if (plane[c] > plane[best] || float.IsNaN(plane[c])) best = c;
            }
            (largest[j], at[j]) = (plane[best], best);
        }

        private unsafe void MaxOfWindows(float* plane, int top, int bottom, int j, float* largest, float* at)
        {
            int left = j * p.StrideW - p.PadW;
            var best = LoadStrided(plane + top * p.W + left, p.StrideW);
            var first = new Vector<float>(left) + Vector<float>.Indices * p.StrideW;
            var place = first + V(top * p.W);
            for (int r = top; r < bottom; r++)
            for (int c = 0; c < p.KernelW; c++)
            {
                var value = LoadStrided(plane + r * p.W + left + c, p.StrideW);
                var better = Vector.GreaterThan(value, best) | ~Vector.Equals(value, value);
                best = Vector.ConditionalSelect(better, value, best);
                place = Vector.ConditionalSelect(better, first + V(r * p.W + c), place);
            }
            best.Store(largest + j);
            place.Store(at + j);
        }
    }

    // The windows that can be done in vectors: from, and the first that cannot; none if they would not fill one.
    private static (int From, int To) InsideColumns(in PoolArgs p)
    {
        if (p.Adaptive) return (0, 0);
        if (p.W + p.PadW < p.KernelW) return (0, 0);
        int from = Math.Min(p.OutW, (p.PadW + p.StrideW - 1) / p.StrideW), to = Math.Clamp((p.W + p.PadW - p.KernelW) / p.StrideW + 1, from, p.OutW);
        return to - from >= Vector<float>.Count ? (from, to) : (0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector<float> LoadStrided(float* x, int stride)
    {
        if (stride == 1) return Vector.Load(x);
        if (stride == 2 && Vector256.IsHardwareAccelerated && Vector<float>.Count == 8)
        {
            // The second vector begins one number early, so that nothing behind the last window is read.
            var low = Vector256.Shuffle(Vector256.Load(x), Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0));
            var high = Vector256.Shuffle(Vector256.Load(x + 7), Vector256.Create(0, 0, 0, 0, 1, 3, 5, 7));
            return Vector256.ConditionalSelect(Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle(), low, high).AsVector();
        }
        Vector<float> result = default;
        ref float to = ref Unsafe.As<Vector<float>, float>(ref result);
        for (int i = 0; i < Vector<float>.Count; i++) Unsafe.Add(ref to, i) = x[i * stride];
        return result;
    }

    /// <inheritdoc/>
    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y)
    {
        float[] from = Data(x), places = Data(index), to = Data(y);
        int inside = p.H * p.W, outside = p.OutH * p.OutW;
        for (int plane = 0; plane < p.Planes; plane++)
        for (int i = plane * outside; i < (plane + 1) * outside; i++) to[i] = from[plane * inside + (int)places[i]];
    }

    /// <inheritdoc/>
    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx)
    {
        int pieces = PlanePieces(p);
        ForkJoin<MaxPoolGradientPieces>.Run(new(p, Data(dy), Data(index), Data(dx), pieces), pieces, _maxThreads);
    }

    private readonly struct MaxPoolGradientPieces(PoolArgs p, float[] dy, float[] index, float[] dx, int count) : IPieces
    {
        public void Run(int piece)
        {
            int inside = p.H * p.W, outside = p.OutH * p.OutW, to = Cut(p.Planes, piece + 1, count, 1);
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            {
                var target = dx.AsSpan(plane * inside, inside);
                var up = dy.AsSpan(plane * outside, outside);
                var places = index.AsSpan(plane * outside, outside);
                target.Clear();
                for (int i = 0; i < up.Length && i < places.Length; i++) target[(int)places[i]] += up[i];
            }
        }
    }

    /// <inheritdoc/>
    public override void AveragePool(in PoolArgs p, Storage x, Storage y)
    {
        int pieces = PlanePieces(p);
        ForkJoin<AveragePoolPieces>.Run(new(p, Data(x), Data(y), pieces), pieces, _maxThreads);
    }

    private readonly struct AveragePoolPieces(PoolArgs p, float[] x, float[] y, int count) : IPieces
    {
        public unsafe void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            var (inside, insideEnd) = InsideColumns(p);
            fixed (float* allX = x, allY = y)
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            for (int i = 0; i < p.OutH; i++)
            {
                float* from = allX + (nint)plane * p.H * p.W, means = allY + ((nint)plane * p.OutH + i) * p.OutW;
                var (top, bottom) = p.Rows(i);
                for (int j = 0; j < inside; j++) means[j] = MeanOfWindow(from, top, bottom, j);
                for (int j = insideEnd; j < p.OutW; j++) means[j] = MeanOfWindow(from, top, bottom, j);
                for (int j = inside; j < insideEnd; j += Vector<float>.Count)
                {
                    int first = Math.Min(j, insideEnd - Vector<float>.Count), left = first * p.StrideW - p.PadW;
                    var sum = Vector<float>.Zero;
                    for (int r = top; r < bottom; r++)
                    for (int c = 0; c < p.KernelW; c++) sum += LoadStrided(from + r * p.W + left + c, p.StrideW);
                    (sum / V(p.Divisor(bottom - top, p.KernelW))).Store(means + first);
                }
            }
        }

        private unsafe float MeanOfWindow(float* plane, int top, int bottom, int j)
        {
            var (left, right) = p.Columns(j);
            float sum = 0;
            for (int r = top; r < bottom; r++)
            for (int c = r * p.W + left; c < r * p.W + right; c++) sum += plane[c];
            return sum / p.Divisor(bottom - top, right - left);
        }
    }

    /// <inheritdoc/>
    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx)
    {
        int pieces = PlanePieces(p);
        ForkJoin<AveragePoolGradientPieces>.Run(new(p, Data(dy), Data(dx), pieces), pieces, _maxThreads);
    }

    private readonly struct AveragePoolGradientPieces(PoolArgs p, float[] dy, float[] dx, int count) : IPieces
    {
        public void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            {
                var target = dx.AsSpan(plane * p.H * p.W, p.H * p.W);
                var up = dy.AsSpan(plane * p.OutH * p.OutW, p.OutH * p.OutW);
                target.Clear();
                for (int i = 0; i < p.OutH; i++)
                {
                    var (top, bottom) = p.Rows(i);
                    for (int j = 0; j < p.OutW; j++)
                    {
                        var (left, right) = p.Columns(j);
                        float share = up[i * p.OutW + j] / p.Divisor(bottom - top, right - left);
                        for (int r = top; r < bottom; r++)
                        for (int c = r * p.W + left; c < r * p.W + right; c++) target[c] += share;
                    }
                }
            }
        }
    }
}
