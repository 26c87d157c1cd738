using System.Numerics;
using static DeepLearning.Kernels.CpuStorage;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>What stands between the two products of attention: scaled scores, mask and softmax, row by row.</summary>
internal static class CpuAttention
{
    /// <summary>See <see cref="Device.AttentionWeights"/>.</summary>
    public static void Weights(in AttentionWeightsArgs p, Workers workers)
    {
        if (p.Count == 0) return;
        int pieces = Math.Min(workers.Pieces(10L * p.Count), p.MatrixRows);
        workers.Run(new WeightPieces(p, pieces), pieces);
    }

    private readonly struct WeightPieces(AttentionWeightsArgs p, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _y = Data(p.Y);
        private readonly float[]? _mask = DataOrNull(p.Mask);

        public unsafe void Run(int i)
        {
            int to = Cut(p.MatrixRows, i + 1, count, 1);
            fixed (float* weights = _y)
            for (int r = Cut(p.MatrixRows, i, count, 1); r < to; r++)
            {
                int start = r * p.Columns, seen = p.Causal ? Math.Min(r % p.Rows + 1, p.Columns) : p.Columns;
                Scores(start, seen, r);
                (float max, _) = CpuSoftmax.Row(weights + start, weights + start, seen, log: false);
                if (float.IsNegativeInfinity(max)) seen = 0;
                _y.AsSpan(start + seen, p.Columns - seen).Clear();
            }
        }

        private void Scores(int start, int n, int row)
        {
            Vector<float> scale = V((float)p.Scale);
            int mask = _mask is null ? 0 : p.MaskStart(row);
            for (int j = 0; j < n; j += Vector<float>.Count)
            {
                int width = Math.Min(Vector<float>.Count, n - j);
                Vector<float> score = scale * Part(ref _x[start], j, width, 0);
                if (_mask is not null) score += Part(ref _mask[mask], j, width, 0);
                Put(score, ref _y[start], j, width);
            }
        }
    }
}
