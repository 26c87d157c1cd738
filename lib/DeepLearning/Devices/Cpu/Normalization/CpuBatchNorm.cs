using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.CpuStorage;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.NormRows;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// Batch normalization. Images lie in runs of one channel, which are summed along; rows of a matrix hold every channel once, and are summed
/// down, a vector of channels at a time.
/// </summary>
internal static class CpuBatchNorm
{
    /// <summary>See <see cref="Device.BatchNorm"/>.</summary>
    public static void Forward(in BatchNormArgs p, float[]? beta, float[] y, Workers workers)
    {
        int pieces = ChannelPieces(p, workers);
        workers.Run(new BatchNormPieces(p, beta, y, pieces), pieces);
    }

    /// <summary>See <see cref="Device.BatchNormGradient"/>.</summary>
    public static void Gradient(in BatchNormArgs p, float[] dy, float[]? dx, float[] dGamma, float[] dBeta, Workers workers)
    {
        int pieces = ChannelPieces(p, workers);
        workers.Run(new BatchNormGradientPieces(p, dy, dx, dGamma, dBeta, pieces), pieces);
    }

    // Channels are shared out; where they lie side by side, a vector of them at a time.
    private static int ChannelPieces(in BatchNormArgs p, Workers workers) =>
        Math.Min(workers.Pieces(4L * p.Count), Math.Max(1, p.Channels / ChannelGrain(p)));

    private static int ChannelGrain(in BatchNormArgs p) => p.Inner == 1 ? Vector<float>.Count : 1;

    private readonly struct BatchNormPieces(BatchNormArgs p, float[]? beta, float[] y, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _mean = Data(p.Mean), _variance = Data(p.Variance);
        private readonly float[]? _gamma = DataOrNull(p.Gamma);

        public void Run(int i)
        {
            int grain = ChannelGrain(p), from = Cut(p.Channels, i, count, grain), to = Cut(p.Channels, i + 1, count, grain);
            for (int c = from; c < to; c += grain)
            {
                if (p.Inner == 1) Column(c, Math.Min(grain, to - c));
                else Channel(c);
            }
        }

        private void Channel(int c)
        {
            double m = (double)p.Samples * p.Inner, sum = 0, squares = 0;
            for (int n = 0; n < p.Samples; n++) sum += SumRow(ref _x[At(n, c)], p.Inner);
            float mean = (float)(sum / m);
            for (int n = 0; n < p.Samples; n++) squares += SquaresRow(ref _x[At(n, c)], p.Inner, mean);
            double variance = squares / m;
            float scale = (float)((_gamma is null ? 1 : _gamma[c]) / Math.Sqrt(variance + p.Epsilon)), shift = beta is null ? 0 : beta[c];
            for (int n = 0; n < p.Samples; n++) ScaleRow(ref _x[At(n, c)], ref y[At(n, c)], p.Inner, mean, scale, shift);
            (_mean[c], _variance[c]) = (mean, (float)variance);
        }

        private int At(int n, int c) => (n * p.Channels + c) * p.Inner;

        private void Column(int c, int width)
        {
            LaneSums sums = default, squares = default;
            for (int n = 0; n < p.Samples; n++) sums.Add(Part(ref _x[n * p.Channels], c, width, 0));
            Vector<float> mean = sums.Total(1.0 / p.Samples);
            for (int n = 0; n < p.Samples; n++)
            {
                Vector<float> d = Part(ref _x[n * p.Channels], c, width, 0) - mean;
                squares.Add(d * d);
            }
            Vector<float> variance = squares.Total(1.0 / p.Samples);
            Vector<float> scale = (_gamma is null ? V(1) : Part(ref _gamma[0], c, width, 1))
                / Vector.SquareRoot(variance + V((float)p.Epsilon));
            Vector<float> shift = beta is null ? V(0) : Part(ref beta[0], c, width, 0);
            for (int n = 0; n < p.Samples; n++)
            {
                Vector<float> d = Part(ref _x[n * p.Channels], c, width, 0) - mean;
                Put(Vector.MultiplyAddEstimate(d, scale, shift), ref y[n * p.Channels], c, width);
            }
            Put(mean, ref _mean[0], c, width);
            Put(variance, ref _variance[0], c, width);
        }
    }

    private readonly struct BatchNormGradientPieces(BatchNormArgs p, float[] dy, float[]? dx, float[] dGamma, float[] dBeta, int count)
        : IPieces
    {
        private readonly float[] _x = Data(p.X), _mean = Data(p.Mean), _variance = Data(p.Variance);
        private readonly float[]? _gamma = DataOrNull(p.Gamma);

        public void Run(int i)
        {
            int grain = ChannelGrain(p), from = Cut(p.Channels, i, count, grain), to = Cut(p.Channels, i + 1, count, grain);
            for (int c = from; c < to; c += grain)
            {
                if (p.Inner == 1) Column(c, Math.Min(grain, to - c));
                else Channel(c);
            }
        }

        private void Channel(int c)
        {
            double m = (double)p.Samples * p.Inner, sum = 0, product = 0, inverse = 1 / Math.Sqrt(_variance[c] + p.Epsilon);
            float mean = _mean[c];
            for (int n = 0; n < p.Samples; n++)
            {
                (double s, double t) = ProductsRow(ref dy[At(n, c)], ref _x[At(n, c)], p.Inner, mean, ref Unsafe.NullRef<float>());
                sum += s;
                product += t;
            }
            (dBeta[c], dGamma[c]) = ((float)sum, (float)(product * inverse));
            if (dx is null) return;
            double a = (_gamma is null ? 1 : _gamma[c]) * inverse, b = -a * sum / m, d = -a * inverse * inverse * product / m;
            for (int n = 0; n < p.Samples; n++)
                GradientRow(ref dy[At(n, c)], ref _x[At(n, c)], ref dx[At(n, c)], p.Inner, mean, (float)a, (float)b, (float)d);
        }

        private int At(int n, int c) => (n * p.Channels + c) * p.Inner;

        private void Column(int c, int width)
        {
            Vector<float> mean = Part(ref _mean[0], c, width, 0);
            Vector<float> inverse = V(1) / Vector.SquareRoot(Part(ref _variance[0], c, width, 1) + V((float)p.Epsilon));
            LaneSums sums = default, products = default;
            for (int n = 0; n < p.Samples; n++)
            {
                Vector<float> g = Part(ref dy[n * p.Channels], c, width, 0);
                sums.Add(g);
                products.Add(g * (Part(ref _x[n * p.Channels], c, width, 0) - mean));
            }
            Vector<float> sum = sums.Total(), product = products.Total() * inverse;
            Put(sum, ref dBeta[0], c, width);
            Put(product, ref dGamma[0], c, width);
            if (dx is null) return;
            Vector<float> scale = (_gamma is null ? V(1) : Part(ref _gamma[0], c, width, 1)) * inverse;
            Vector<float> each = V(1f / p.Samples);
            Vector<float> b = -sum * each, d = -product * inverse * each;
            for (int n = 0; n < p.Samples; n++)
            {
                Vector<float> normal = Part(ref _x[n * p.Channels], c, width, 0) - mean;
                Vector<float> g = Part(ref dy[n * p.Channels], c, width, 0) + Vector.MultiplyAddEstimate(normal, d, b);
                Put(scale * g, ref dx[n * p.Channels], c, width);
            }
        }
    }
}
