namespace DeepLearning.Kernels;

// Attention of all heads, query by query.
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override bool HasAttention(int width, long weights) => true;

    /// <inheritdoc/>
    public override void Attention(in HeadAttentionArgs p)
    {
        double[] y = Data(p.Y), scores = new double[p.Keys];
        for (int sample = 0; sample < p.Samples; sample++)
        for (int head = 0; head < p.Heads; head++)
        for (int query = 0; query < p.Queries; query++)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int key = 0; key < p.Keys; key++) max = Math.Max(max, scores[key] = Score(p, sample, head, query, key));
            foreach (double score in scores) sum += Math.Exp(score - max);
            int row = sample * p.Queries + query, statistic = (sample * p.Heads + head) * p.Queries + query;
            double logSum = Data(p.LogSum)[statistic] = double.IsNegativeInfinity(max) ? double.PositiveInfinity : max + Math.Log(sum);
            for (int i = 0; i < p.Width; i++)
            {
                double mean = 0;
                for (int key = 0; key < p.Keys; key++)
                {
                    double weight = Math.Exp(scores[key] - logSum) * At(p.Drop, statistic * p.Keys + key, 1);
                    mean += weight * At(p.V, p, sample * p.Keys + key, head, i);
                }
                y[(row * p.Heads + head) * p.Width + i] = mean;
            }
        }
    }

    /// <inheritdoc/>
    public override void AttentionGradient(in HeadAttentionGradientArgs p)
    {
        HeadAttentionArgs f = p.Forward;
        foreach (HeadRows? rows in (HeadRows?[])[p.DQ, p.DK, p.DV])
        {
            if (rows is not { } wanted) continue;
            for (int row = 0; row < f.Samples * (rows == p.DQ ? f.Queries : f.Keys); row++)
                for (int i = 0; i < f.Heads * f.Width; i++) Data(wanted.Data)[wanted.Offset + row * wanted.RowLength + i] = 0;
        }
        for (int sample = 0; sample < f.Samples; sample++)
        for (int head = 0; head < f.Heads; head++)
        for (int query = 0; query < f.Queries; query++) QueryGradient(p, sample, head, query);
    }

    private static void QueryGradient(in HeadAttentionGradientArgs p, int sample, int head, int query)
    {
        HeadAttentionArgs f = p.Forward;
        int row = sample * f.Queries + query, statistic = (sample * f.Heads + head) * f.Queries + query,
            y = (row * f.Heads + head) * f.Width;
        double[] weights = new double[f.Keys], slopes = new double[f.Keys];
        double mean = 0;
        for (int key = 0; key < f.Keys; key++)
        {
            double drop = At(f.Drop, statistic * f.Keys + key, 1);
            weights[key] = Math.Exp(Score(f, sample, head, query, key) - Data(f.LogSum)[statistic]);
            for (int i = 0; i < f.Width; i++)
            {
                slopes[key] += drop * Data(p.DY)[y + i] * At(f.V, f, sample * f.Keys + key, head, i);
                Add(p.DV, f, sample * f.Keys + key, head, i, weights[key] * drop * Data(p.DY)[y + i]);
            }
            mean += weights[key] * slopes[key];
        }
        for (int key = 0; key < f.Keys; key++)
        for (int i = 0; i < f.Width; i++)
        {
            double slope = f.Scale * weights[key] * (slopes[key] - mean);
            Add(p.DQ, f, row, head, i, slope * At(f.K, f, sample * f.Keys + key, head, i));
            Add(p.DK, f, sample * f.Keys + key, head, i, slope * At(f.Q, f, row, head, i));
        }
    }

    private static double Score(in HeadAttentionArgs p, int sample, int head, int query, int key)
    {
        if (p.Causal && key > query) return double.NegativeInfinity;
        double dot = 0;
        for (int i = 0; i < p.Width; i++)
            dot += At(p.Q, p, sample * p.Queries + query, head, i) * At(p.K, p, sample * p.Keys + key, head, i);
        return p.Scale * dot + At(p.Mask, sample * p.MaskSample + head * p.MaskHead + query * p.MaskRow + key, 0);
    }

    private static double At(in HeadRows rows, in HeadAttentionArgs p, int row, int head, int i) =>
        Data(rows.Data)[rows.Offset + row * rows.RowLength + head * p.Width + i];

    private static void Add(HeadRows? rows, in HeadAttentionArgs p, int row, int head, int i, double value)
    {
        if (rows is { } to) Data(to.Data)[to.Offset + row * to.RowLength + head * p.Width + i] += value;
    }
}
