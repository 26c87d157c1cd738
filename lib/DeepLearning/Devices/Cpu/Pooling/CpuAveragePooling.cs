using System.Numerics;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.PoolRows;
using static DeepLearning.Kernels.StridedLoads;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>The mean of each window, and its gradient.</summary>
internal static class CpuAveragePooling
{
    /// <summary>See <see cref="Device.AveragePool"/>.</summary>
    public static void Forward(in PoolArgs p, float[] x, float[] y, Workers workers)
    {
        int pieces = PlanePieces(p, workers);
        workers.Run(new AveragePoolPieces(p, x, y, pieces), pieces);
    }

    private readonly struct AveragePoolPieces(PoolArgs p, float[] x, float[] y, int count) : IPieces
    {
        public unsafe void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            (int inside, int insideEnd) = InsideColumns(p);
            fixed (float* allX = x, allY = y)
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            for (int i = 0; i < p.OutH; i++)
            {
                float* from = allX + (nint)plane * p.H * p.W, means = allY + ((nint)plane * p.OutH + i) * p.OutW;
                (int top, int bottom) = p.Rows(i);
                int end = ReadableEnd(p, from + bottom * p.W, allX + x.Length, inside, insideEnd);
                for (int j = 0; j < inside; j++) means[j] = MeanOfWindow(from, top, bottom, j);
                for (int j = end; j < p.OutW; j++) means[j] = MeanOfWindow(from, top, bottom, j);
                if (p.StrideW == 1) MeanOfRow<One>(from, top, bottom, inside, end, means);
                else if (p.StrideW == 2) MeanOfRow<Two>(from, top, bottom, inside, end, means);
                else MeanOfRow<Many>(from, top, bottom, inside, end, means);
            }
        }

        private unsafe void MeanOfRow<S>(float* plane, int top, int bottom, int from, int to, float* means) where S : struct, IStride
        {
            Vector<float> divisor = V(p.Divisor(bottom - top, p.KernelW));
            for (int next = from; next < to; next += Vector<float>.Count)
            {
                int j = Math.Max(from, Math.Min(next, to - Vector<float>.Count)), count = to - j;
                Vector<float> sum = Vector<float>.Zero;
                for (int r = top; r < bottom; r++)
                for (int c = 0; c < p.KernelW; c++) sum += S.Load(plane + r * p.W + j * p.StrideW - p.PadW + c, p.StrideW);
                if (count < Vector<float>.Count) StorePart(sum / divisor, means + j, count);
                else (sum / divisor).Store(means + j);
            }
        }

        private unsafe float MeanOfWindow(float* plane, int top, int bottom, int j)
        {
            (int left, int right) = p.Columns(j);
            float sum = 0;
            for (int r = top; r < bottom; r++)
            for (int c = r * p.W + left; c < r * p.W + right; c++) sum += plane[c];
            return sum / p.Divisor(bottom - top, right - left);
        }
    }

    /// <summary>See <see cref="Device.AveragePoolGradient"/>.</summary>
    public static void Gradient(in PoolArgs p, float[] dy, float[] dx, Workers workers)
    {
        int pieces = PlanePieces(p, workers);
        workers.Run(new AveragePoolGradientPieces(p, dy, dx, pieces), pieces);
    }

    private readonly struct AveragePoolGradientPieces(PoolArgs p, float[] dy, float[] dx, int count) : IPieces
    {
        public void Run(int piece)
        {
            int to = Cut(p.Planes, piece + 1, count, 1);
            for (int plane = Cut(p.Planes, piece, count, 1); plane < to; plane++)
            {
                Span<float> target = dx.AsSpan(plane * p.H * p.W, p.H * p.W);
                Span<float> up = dy.AsSpan(plane * p.OutH * p.OutW, p.OutH * p.OutW);
                target.Clear();
                for (int i = 0; i < p.OutH; i++)
                {
                    (int top, int bottom) = p.Rows(i);
                    for (int j = 0; j < p.OutW; j++)
                    {
                        (int left, int right) = p.Columns(j);
                        float share = up[i * p.OutW + j] / p.Divisor(bottom - top, right - left);
                        for (int r = top; r < bottom; r++)
                        for (int c = r * p.W + left; c < r * p.W + right; c++) target[c] += share;
                    }
                }
            }
        }
    }
}
