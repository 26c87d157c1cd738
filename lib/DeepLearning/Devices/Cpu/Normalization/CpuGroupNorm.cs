using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.CpuStorage;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.NormRows;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// Group and layer normalization: a group's numbers lie together, so each is a row. With one position (Inner = 1) a row has a γ for each
/// number, else one for each run of a channel.
/// </summary>
internal static class CpuGroupNorm
{
    // The third power of anything greater is a normal float32.
    private const float SmallestInverse = 1e-12f;

    /// <summary>See <see cref="Device.GroupNorm"/>.</summary>
    public static void Forward(in GroupNormArgs p, float[]? beta, float[] y, Workers workers)
    {
        int pieces = Math.Min(workers.Pieces(4L * p.Count), p.Rows);
        workers.Run(new GroupNormPieces(p, beta, y, pieces), pieces);
    }

    /// <summary>See <see cref="Device.GroupNormGradient"/>.</summary>
    public static void Gradient(in GroupNormArgs p, float[] dy, float[]? dx, float[] dGamma, float[] dBeta, Workers workers)
    {
        int pieces = Math.Min(workers.Pieces(4L * p.Count), p.Rows),
            channelPieces = Math.Min(workers.Pieces(2L * p.Count), p.Groups * p.Channels);
        if (dx is not null) workers.Run(new GroupNormGradientPieces(p, dy, dx, pieces), pieces);
        workers.Run(new GroupNormSumPieces(p, dy, dGamma, dBeta, channelPieces), channelPieces);
    }

    private readonly struct GroupNormPieces(GroupNormArgs p, float[]? beta, float[] y, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _mean = Data(p.Mean), _inverse = Data(p.Inverse);
        private readonly float[]? _gamma = DataOrNull(p.Gamma);

        public void Run(int i)
        {
            int to = Cut(p.Rows, i + 1, count, 1);
            for (int r = Cut(p.Rows, i, count, 1); r < to; r++)
            {
                int start = r * p.Length, channel = r % p.Groups * p.Channels;
                float mean = (float)(SumRow(ref _x[start], p.Length) / p.Length);
                double squares = SquaresRow(ref _x[start], p.Length, mean);
                if (!double.IsFinite(squares)) (mean, squares) = WideRow(_x.AsSpan(start, p.Length));
                float inverse = (float)(1 / Math.Sqrt(squares / p.Length + p.Epsilon));
                (_mean[r], _inverse[r]) = (mean, inverse);
                if (p.Inner == 1)
                {
                    Normalize(start, channel, mean, inverse);
                    continue;
                }
                for (int k = 0; k < p.Channels; k++)
                {
                    int at = start + k * p.Inner;
                    ScaleRow(ref _x[at], ref y[at], p.Inner, mean, _gamma is null ? inverse : inverse * _gamma[channel + k],
                        beta is null ? 0 : beta[channel + k]);
                }
            }
        }

        // The mean, and Σ (x − mean)², of numbers whose squares float32 does not hold.
        private static (float Mean, double Squares) WideRow(ReadOnlySpan<float> x)
        {
            double sum = 0, squares = 0;
            foreach (float value in x) sum += value;
            double mean = sum / x.Length;
            foreach (float value in x) squares += (value - mean) * (value - mean);
            return ((float)mean, squares);
        }

        private void Normalize(int start, int channel, float mean, float inverse)
        {
            (Vector<float> m, Vector<float> scale) = (V(mean), V(inverse));
            for (int j = 0; j < p.Channels; j += Vector<float>.Count)
            {
                int width = Math.Min(Vector<float>.Count, p.Channels - j);
                Vector<float> normal = (Part(ref _x[start], j, width, 0) - m) * scale;
                if (_gamma is not null) normal *= Part(ref _gamma[channel], j, width, 1);
                if (beta is not null) normal += Part(ref beta[channel], j, width, 0);
                Put(normal, ref y[start], j, width);
            }
        }
    }

    private readonly struct GroupNormGradientPieces(GroupNormArgs p, float[] dy, float[] dx, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _mean = Data(p.Mean), _inverse = Data(p.Inverse);
        private readonly float[]? _gamma = DataOrNull(p.Gamma);

        public void Run(int i)
        {
            int to = Cut(p.Rows, i + 1, count, 1);
            for (int r = Cut(p.Rows, i, count, 1); r < to; r++)
            {
                int start = r * p.Length, channel = r % p.Groups * p.Channels, width = p.Inner == 1 ? p.Channels : p.Inner;
                float mean = _mean[r], inverse = _inverse[r];
                double sum = 0, product = 0;
                for (int k = 0; k < p.Length; k += width)
                {
                    ref float weights = ref Weights(channel);
                    (double s, double t) = ProductsRow(ref dy[start + k], ref _x[start + k], width, mean, ref weights);
                    double weight = p.Inner == 1 || _gamma is null ? 1 : _gamma[channel + k / width];
                    sum += weight * s;
                    product += weight * t;
                }
                double wide = -(double)inverse * inverse * inverse * product / p.Length;
                float b = (float)(-inverse * sum / p.Length), c = (float)wide;
                if (inverse < SmallestInverse) WideRow(start, channel, mean, inverse, b, wide);
                else if (p.Inner == 1 && _gamma is not null) WeightedRow(start, channel, mean, inverse, b, c);
                else
                    for (int k = 0; k < p.Length; k += width)
                        GradientRow(ref dy[start + k], ref _x[start + k], ref dx[start + k], width, mean,
                            _gamma is null ? inverse : inverse * _gamma[channel + k / width], b, c);
            }
        }

        // As WeightedRow and GradientRow, where the factor of x − mean is too small for a float32.
        private void WideRow(int start, int channel, float mean, float inverse, float b, double c)
        {
            for (int i = 0; i < p.Length; i++)
            {
                double g = (_gamma is null ? 1 : _gamma[channel + i / p.Inner]) * dy[start + i];
                dx[start + i] = (float)(inverse * g + b + c * (_x[start + i] - mean));
            }
        }

        private ref float Weights(int channel)
        {
            if (p.Inner == 1 && _gamma is not null) return ref _gamma[channel];
            return ref Unsafe.NullRef<float>();
        }

        private void WeightedRow(int start, int channel, float mean, float inverse, float b, float c)
        {
            (Vector<float> m, Vector<float> va, Vector<float> vb, Vector<float> vc) = (V(mean), V(inverse), V(b), V(c));
            for (int j = 0; j < p.Channels; j += Vector<float>.Count)
            {
                int width = Math.Min(Vector<float>.Count, p.Channels - j);
                var normal = Vector.MultiplyAddEstimate(Part(ref _x[start], j, width, 0) - m, vc, vb);
                Vector<float> g = Part(ref dy[start], j, width, 0) * Part(ref _gamma![channel], j, width, 0);
                Put(Vector.MultiplyAddEstimate(g, va, normal), ref dx[start], j, width);
            }
        }
    }

    // dγ and dβ: for one position a vector of channels down the rows, else along each channel's runs.
    private readonly struct GroupNormSumPieces(GroupNormArgs p, float[] dy, float[] dGamma, float[] dBeta, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _mean = Data(p.Mean), _inverse = Data(p.Inverse);

        public void Run(int i)
        {
            int all = p.Groups * p.Channels, grain = p.Inner == 1 ? Vector<float>.Count : 1;
            int to = Cut(all, i + 1, count, grain), width;
            for (int c = Cut(all, i, count, grain); c < to; c += width)
            {
                // A vector stays within a group.
                width = p.Inner == 1 ? Math.Min(Math.Min(grain, to - c), p.Channels - c % p.Channels) : 1;
                if (p.Inner == 1) Columns(c, width);
                else Channel(c);
            }
        }

        private void Columns(int c, int width)
        {
            LaneSums sums = default, products = default;
            int all = p.Groups * p.Channels;
            for (int n = 0, r = c / p.Channels; n < p.Samples; n++, r += p.Groups)
            {
                Vector<float> g = Part(ref dy[n * all], c, width, 0);
                sums.Add(g);
                products.Add(g * (Part(ref _x[n * all], c, width, 0) - V(_mean[r])) * V(_inverse[r]));
            }
            Put(sums.Total(), ref dBeta[0], c, width);
            Put(products.Total(), ref dGamma[0], c, width);
        }

        private void Channel(int c)
        {
            double sum = 0, product = 0;
            for (int n = 0; n < p.Samples; n++)
            {
                int r = n * p.Groups + c / p.Channels, at = (n * p.Groups * p.Channels + c) * p.Inner;
                (double s, double t) = ProductsRow(ref dy[at], ref _x[at], p.Inner, _mean[r], ref Unsafe.NullRef<float>());
                sum += s;
                product += t * _inverse[r];
            }
            (dBeta[c], dGamma[c]) = ((float)sum, (float)product);
        }
    }
}
