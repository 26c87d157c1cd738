using System.Numerics;

namespace DeepLearning.Kernels;

// Pooling, plane by plane. Of a row of windows those that lie wholly inside the image are done a vector of windows at a time; where they do not fill one,
// it reads on into whatever lies behind the row, as far as there is anything, and that part of the result is left out.
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
                int end = ReadableEnd(p, from + bottom * p.W, allX + x.Length, inside, insideEnd);
                for (int j = 0; j < inside; j++) MaxOfWindow(from, top, bottom, j, largest, at);
                for (int j = end; j < p.OutW; j++) MaxOfWindow(from, top, bottom, j, largest, at);
                if (p.StrideW == 1) MaxOfRow<One>(from, top, bottom, inside, end, largest, at);
                else if (p.StrideW == 2) MaxOfRow<Two>(from, top, bottom, inside, end, largest, at);
                else MaxOfRow<Many>(from, top, bottom, inside, end, largest, at);
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

        private unsafe void MaxOfRow<S>(float* plane, int top, int bottom, int from, int to, float* largest, float* at) where S : struct, IStride
        {
            int stride = p.StrideW, width = p.W, kernel = p.KernelW;
            for (int next = from; next < to; next += Vector<float>.Count)
            {
                // The last vector overlaps the one before it, if there is one.
                int j = Math.Max(from, Math.Min(next, to - Vector<float>.Count)), left = j * stride - p.PadW, count = to - j;
                Vector<float> best = V(float.NegativeInfinity), first = V(left) + Vector<float>.Indices * stride, place = first + V(top * width);
                for (int r = top; r < bottom; r++)
                {
                    float* row = plane + r * width + left;
                    var here = first + V(r * width);
                    for (int c = 0; c < kernel; c++, here += V(1))
                    {
                        var value = S.Load(row + c, stride);
                        var better = Vector.GreaterThan(value, best) | ~Vector.Equals(value, value);
                        best = Vector.ConditionalSelect(better, value, best);
                        place = Vector.ConditionalSelect(better, here, place);
                    }
                }
                if (count < Vector<float>.Count)
                {
                    StorePart(best, largest + j, count);
                    StorePart(place, at + j, count);
                    return;
                }
                best.Store(largest + j);
                place.Store(at + j);
            }
        }
    }

    // The windows that lie wholly inside the image, so that they can be done in vectors: from, and the first that does not.
    private static (int From, int To) InsideColumns(in PoolArgs p)
    {
        if (p.Adaptive) return (0, 0);
        if (p.W + p.PadW < p.KernelW) return (0, 0);
        int from = Math.Min(p.OutW, (p.PadW + p.StrideW - 1) / p.StrideW), to = Math.Clamp((p.W + p.PadW - p.KernelW) / p.StrideW + 1, from, p.OutW);
        return (from, to);
    }

    // Where the vectors of such a row end: before they begin, if they would read behind the array.
    private static unsafe int ReadableEnd(in PoolArgs p, float* endOfRow, float* endOfArray, int from, int to)
    {
        int missing = Vector<float>.Count - (to - from);
        return missing <= 0 || endOfRow + missing * p.StrideW <= endOfArray ? to : from;
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
                for (int i = 0; i < up.Length && i < places.Length; i++) target[float.ConvertToIntegerNative<int>(places[i])] += up[i];
            }
        }
    }
}
