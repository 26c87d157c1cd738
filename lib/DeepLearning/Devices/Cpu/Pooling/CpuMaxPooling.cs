using System.Numerics;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.PoolRows;
using static DeepLearning.Kernels.StridedLoads;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>The largest number of each window, and its gradient.</summary>
internal static class CpuMaxPooling
{
    /// <summary>See <see cref="Device.MaxPool"/>.</summary>
    public static void Forward(in PoolArgs p, float[] x, float[] y, float[] index, Workers workers)
    {
        int pieces = PlanePieces(p, workers);
        workers.Run(new MaxPoolPieces(p, x, y, index, pieces), pieces);
    }

    private readonly struct MaxPoolPieces(PoolArgs p, float[] x, float[] y, float[] index, int count) : IPieces
    {
        public unsafe void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            (int inside, int insideEnd) = InsideColumns(p);
            fixed (float* allX = x, allY = y, allIndex = index)
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            for (int i = 0; i < p.OutH; i++)
            {
                nint row = ((nint)plane * p.OutH + i) * p.OutW;
                float* from = allX + (nint)plane * p.H * p.W, largest = allY + row, at = allIndex + row;
                (int top, int bottom) = p.Rows(i);
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
            (int left, int right) = p.Columns(j);
            int best = top * p.W + left;
            for (int r = top; r < bottom; r++)
            for (int c = r * p.W + left; c < r * p.W + right; c++)
            {
                if (plane[c] > plane[best] || float.IsNaN(plane[c])) best = c;
            }
            (largest[j], at[j]) = (plane[best], best);
        }

        private unsafe void MaxOfRow<S>(float* plane, int top, int bottom, int from, int to, float* largest, float* at)
            where S : struct, IStride
        {
            int stride = p.StrideW, width = p.W, kernel = p.KernelW;
            for (int next = from; next < to; next += Vector<float>.Count)
            {
                // The last vector overlaps the one before it, if there is one.
                int j = Math.Max(from, Math.Min(next, to - Vector<float>.Count)), left = j * stride - p.PadW, count = to - j;
                Vector<float> best = V(float.NegativeInfinity), first = V(left) + Vector<float>.Indices * stride,
                    place = first + V(top * width);
                for (int r = top; r < bottom; r++)
                {
                    float* row = plane + r * width + left;
                    Vector<float> here = first + V(r * width);
                    for (int c = 0; c < kernel; c++, here += V(1))
                    {
                        Vector<float> value = S.Load(row + c, stride);
                        Vector<int> better = Vector.GreaterThan(value, best) | ~Vector.Equals(value, value);
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

    /// <summary>See <see cref="Device.MaxPoolPick"/>.</summary>
    public static void Pick(in PoolArgs p, float[] x, float[] index, float[] y)
    {
        int inside = p.H * p.W, outside = p.OutH * p.OutW;
        for (int plane = 0; plane < p.Planes; plane++)
        for (int i = plane * outside; i < (plane + 1) * outside; i++) y[i] = x[plane * inside + (int)index[i]];
    }

    /// <summary>See <see cref="Device.MaxPoolGradient"/>.</summary>
    public static void Gradient(in PoolArgs p, float[] dy, float[] index, float[] dx, Workers workers)
    {
        int pieces = PlanePieces(p, workers);
        workers.Run(new MaxPoolGradientPieces(p, dy, index, dx, pieces), pieces);
    }

    private readonly struct MaxPoolGradientPieces(PoolArgs p, float[] dy, float[] index, float[] dx, int count) : IPieces
    {
        public void Run(int piece)
        {
            int inside = p.H * p.W, outside = p.OutH * p.OutW, to = Cut(p.Planes, piece + 1, count, 1);
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            {
                Span<float> target = dx.AsSpan(plane * inside, inside);
                Span<float> up = dy.AsSpan(plane * outside, outside);
                Span<float> places = index.AsSpan(plane * outside, outside);
                target.Clear();
                for (int i = 0; i < up.Length && i < places.Length; i++) target[float.ConvertToIntegerNative<int>(places[i])] += up[i];
            }
        }
    }
}
