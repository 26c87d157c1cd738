using System.Numerics;

namespace DeepLearning.Kernels;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override void AttentionWeights(in AttentionWeightsArgs p)
    {
        if (p.Count == 0) return;
        int pieces = Math.Min(Pieces(10L * p.Count), p.MatrixRows);
        ForkJoin<AttentionWeightsPieces>.Run(new(p, pieces), pieces, _maxThreads);
    }

    private readonly struct AttentionWeightsPieces(AttentionWeightsArgs p, int count) : IPieces
    {
        private readonly float[] _x = Data(p.X), _y = Data(p.Y);
        private readonly float[]? _mask = p.Mask is null ? null : Data(p.Mask);

        public unsafe void Run(int i)
        {
            int to = Cut(p.MatrixRows, i + 1, count, 1);
            fixed (float* weights = _y)
            for (int r = Cut(p.MatrixRows, i, count, 1); r < to; r++)
            {
                int start = r * p.Columns, seen = p.Causal ? Math.Min(r % p.Rows + 1, p.Columns) : p.Columns;
                Scores(start, seen, r);
                var (max, _) = SoftmaxRow(weights + start, weights + start, seen, log: false);
                if (float.IsNegativeInfinity(max)) seen = 0;
                _y.AsSpan(start + seen, p.Columns - seen).Clear();
            }
        }

        private void Scores(int start, int n, int row)
        {
            var scale = V((float)p.Scale);
            int mask = _mask is null ? 0 : p.MaskStart(row);
            for (int j = 0; j < n; j += Vector<float>.Count)
            {
                int width = Math.Min(Vector<float>.Count, n - j);
                var score = scale * Part(ref _x[start], j, width, 0);
                if (_mask is not null) score += Part(ref _mask[mask], j, width, 0);
                Put(score, ref _y[start], j, width);
            }
        }
    }
}
