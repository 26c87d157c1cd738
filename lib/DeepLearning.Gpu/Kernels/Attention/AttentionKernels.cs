using ILGPU;

namespace DeepLearning;

/// <summary>
/// Attention of all heads in one launch, and its gradient in two: a group has 32 queries (or, for the gradient of keys and values, 32 keys)
/// of one head and goes through the keys (or queries) 32 at a time, so that weights are nowhere stored. The softmax keeps the largest score
/// so far and a sum that is scaled down whenever a larger one comes (Milakov and Gimelshein 2018; Dao et al. 2022).
/// </summary>
internal static class AttentionKernels
{
    public static void Forward(HeadKernelArgs p)
    {
        ArrayView<Float4> q = AttentionTiles.Tile(), k = AttentionTiles.Tile(), v = AttentionTiles.Tile();
        ArrayView<float> weights = AttentionTiles.Weights(), edge = SharedMemory.Allocate<float>(AttentionTiles.Side * AttentionTiles.Rows);
        int sample = p.PerSample.Divide(p.PerHead.Divide(Grid.IdxX, out int block), out int head), first = block * AttentionTiles.Rows;
        int x = Group.IdxX & 7, y = Group.IdxX >> 3, end = p.Causal != 0 ? IntrinsicMath.Min(p.Keys, first + AttentionTiles.Rows) : p.Keys;
        AttentionTiles.Fetch(p.Q, p, head, sample * p.Queries + first, p.Queries - first, q);
        Float4 max = Float4.Of(float.NegativeInfinity), sum = default;
        Float4x4 near = default, far = default;
        for (int key = 0; key < end; key += AttentionTiles.Rows)
        {
            AttentionTiles.Fetch(p.K, p, head, sample * p.Keys + key, p.Keys - key, k);
            AttentionTiles.Fetch(p.V, p, head, sample * p.Keys + key, p.Keys - key, v);
            Group.Barrier();
            Float4x4 scores = Scores(p, AttentionTiles.Products(p, q, k), sample, head, first + y, key + x);
            Put(edge, Largest(scores), x, y);
            Group.Barrier();
            Float4 before = max;
            for (int i = 0; i < AttentionTiles.Side; i++) max = Max(max, Take(edge, i, y));
            Float4 top = new(Finite(max.A), Finite(max.B), Finite(max.C), Finite(max.D));
            Float4 keep = new(FloatMath.Exp(before.A - top.A), FloatMath.Exp(before.B - top.B), FloatMath.Exp(before.C - top.C),
                FloatMath.Exp(before.D - top.D));
            scores = Exp(scores, top);
            sum = new Float4(sum.A * keep.A + Sum(scores.R0), sum.B * keep.B + Sum(scores.R1), sum.C * keep.C + Sum(scores.R2),
                sum.D * keep.D + Sum(scores.R3));
            near.Scale(keep);
            far.Scale(keep);
            AttentionTiles.Put(weights, Dropped(p, scores, sample, head, first + y, key + x));
            Group.Barrier();
            near = AttentionTiles.Mixed(near, p, weights, AttentionTiles.WeightPitch, 1, v, x);
            far = AttentionTiles.Mixed(far, p, weights, AttentionTiles.WeightPitch, 1, v, x + AttentionTiles.Side);
            Group.Barrier();
        }
        Put(edge, sum, x, y);
        Group.Barrier();
        sum = default;
        for (int i = 0; i < AttentionTiles.Side; i++) sum = sum.Plus(1, Take(edge, i, y));
        Float4 scale = new(Inverse(sum.A), Inverse(sum.B), Inverse(sum.C), Inverse(sum.D));
        near.Scale(scale);
        far.Scale(scale);
        AttentionTiles.Store(p.Y, p, head, sample * p.Queries + first, p.Queries - first, near, far);
        if (x != 0) return;
        int at = (sample * p.Heads + head) * p.Queries;
        PutPerQuery(p, p.LogSum, at, first + y,
            new Float4(LogSum(max.A, sum.A), LogSum(max.B, sum.B), LogSum(max.C, sum.C), LogSum(max.D, sum.D)));
    }

    /// <summary>
    /// ∂loss/∂q; and for each query the mean that the gradient of its softmax takes away, which <see cref="KeyGradient"/> needs.
    /// </summary>
    public static void QueryGradient(HeadKernelArgs p)
    {
        ArrayView<Float4> q = AttentionTiles.Tile(), k = AttentionTiles.Tile(), v = AttentionTiles.Tile(), dy = AttentionTiles.Tile();
        ArrayView<float> slopes = AttentionTiles.Weights();
        int sample = p.PerSample.Divide(p.PerHead.Divide(Grid.IdxX, out int block), out int head), first = block * AttentionTiles.Rows;
        int x = Group.IdxX & 7, y = Group.IdxX >> 3, end = p.Causal != 0 ? IntrinsicMath.Min(p.Keys, first + AttentionTiles.Rows) : p.Keys;
        int rows = sample * p.Queries + first, count = p.Queries - first, at = (sample * p.Heads + head) * p.Queries;
        AttentionTiles.Fetch(p.Q, p, head, rows, count, q);
        AttentionTiles.Fetch(p.DY, p, head, rows, count, dy);
        AttentionTiles.Fetch(p.Y, p, head, rows, count, k);
        Group.Barrier();
        Float4 logSum = PerQuery(p, p.LogSum, at, first + y, float.PositiveInfinity);
        Float4 mean = new(AttentionTiles.Product(p, dy, k, y),
            AttentionTiles.Product(p, dy, k, y + 8), AttentionTiles.Product(p, dy, k, y + 16),
            AttentionTiles.Product(p, dy, k, y + 24));
        if (x == 0) PutPerQuery(p, p.Mean, at, first + y, mean);
        Group.Barrier();
        if (p.HasDQ == 0) return;
        Float4x4 near = default, far = default;
        for (int key = 0; key < end; key += AttentionTiles.Rows)
        {
            AttentionTiles.Fetch(p.K, p, head, sample * p.Keys + key, p.Keys - key, k);
            AttentionTiles.Fetch(p.V, p, head, sample * p.Keys + key, p.Keys - key, v);
            Group.Barrier();
            Float4x4 weights = Exp(Scores(p, AttentionTiles.Products(p, q, k), sample, head, first + y, key + x), logSum);
            Float4x4 back = Dropped(p, AttentionTiles.Products(p, dy, v), sample, head, first + y, key + x);
            AttentionTiles.Put(slopes, Slopes(p, weights, back, mean));
            Group.Barrier();
            near = AttentionTiles.Mixed(near, p, slopes, AttentionTiles.WeightPitch, 1, k, x);
            far = AttentionTiles.Mixed(far, p, slopes, AttentionTiles.WeightPitch, 1, k, x + AttentionTiles.Side);
            Group.Barrier();
        }
        AttentionTiles.Store(p.DQ, p, head, rows, count, near, far);
    }

    /// <summary>∂loss/∂k and ∂loss/∂v.</summary>
    public static void KeyGradient(HeadKernelArgs p)
    {
        ArrayView<Float4> q = AttentionTiles.Tile(), k = AttentionTiles.Tile(), v = AttentionTiles.Tile(), dy = AttentionTiles.Tile();
        ArrayView<float> kept = AttentionTiles.Weights(), slopes = AttentionTiles.Weights();
        int sample = p.PerSample.Divide(p.PerHead.Divide(Grid.IdxX, out int block), out int head), first = block * AttentionTiles.Rows;
        int x = Group.IdxX & 7, y = Group.IdxX >> 3, rows = sample * p.Keys + first, count = p.Keys - first,
            at = (sample * p.Heads + head) * p.Queries;
        AttentionTiles.Fetch(p.K, p, head, rows, count, k);
        AttentionTiles.Fetch(p.V, p, head, rows, count, v);
        Float4x4 nearK = default, farK = default, nearV = default, farV = default;
        // Earlier queries do not see these keys.
        for (int query = p.Causal != 0 ? first : 0; query < p.Queries; query += AttentionTiles.Rows)
        {
            AttentionTiles.Fetch(p.Q, p, head, sample * p.Queries + query, p.Queries - query, q);
            AttentionTiles.Fetch(p.DY, p, head, sample * p.Queries + query, p.Queries - query, dy);
            Group.Barrier();
            Float4x4 weights = Exp(Scores(p, AttentionTiles.Products(p, q, k), sample, head, query + y, first + x),
                PerQuery(p, p.LogSum, at, query + y, float.PositiveInfinity));
            AttentionTiles.Put(kept, Dropped(p, weights, sample, head, query + y, first + x));
            Float4x4 back = Dropped(p, AttentionTiles.Products(p, dy, v), sample, head, query + y, first + x);
            AttentionTiles.Put(slopes, Slopes(p, weights, back, PerQuery(p, p.Mean, at, query + y, 0)));
            Group.Barrier();
            nearV = AttentionTiles.Mixed(nearV, p, kept, 1, AttentionTiles.WeightPitch, dy, x);
            farV = AttentionTiles.Mixed(farV, p, kept, 1, AttentionTiles.WeightPitch, dy, x + AttentionTiles.Side);
            nearK = AttentionTiles.Mixed(nearK, p, slopes, 1, AttentionTiles.WeightPitch, q, x);
            farK = AttentionTiles.Mixed(farK, p, slopes, 1, AttentionTiles.WeightPitch, q, x + AttentionTiles.Side);
            Group.Barrier();
        }
        if (p.HasDK != 0) AttentionTiles.Store(p.DK, p, head, rows, count, nearK, farK);
        if (p.HasDV != 0) AttentionTiles.Store(p.DV, p, head, rows, count, nearV, farV);
    }

    private static Float4x4 Scores(in HeadKernelArgs p, Float4x4 products, int sample, int head, int query, int key)
    {
        products.R0 = Scores(p, products.R0, sample, head, query, key);
        products.R1 = Scores(p, products.R1, sample, head, query + 8, key);
        products.R2 = Scores(p, products.R2, sample, head, query + 16, key);
        products.R3 = Scores(p, products.R3, sample, head, query + 24, key);
        return products;
    }

    private static Float4 Scores(in HeadKernelArgs p, Float4 row, int sample, int head, int query, int key) =>
        new(p.Score(sample, head, query, key, row.A),
            p.Score(sample, head, query, key + 8, row.B), p.Score(sample, head, query, key + 16, row.C),
            p.Score(sample, head, query, key + 24, row.D));

    private static Float4x4 Dropped(in HeadKernelArgs p, Float4x4 weights, int sample, int head, int query, int key)
    {
        if (p.HasDrop == 0) return weights;
        weights.R0 = Dropped(p, weights.R0, sample, head, query, key);
        weights.R1 = Dropped(p, weights.R1, sample, head, query + 8, key);
        weights.R2 = Dropped(p, weights.R2, sample, head, query + 16, key);
        weights.R3 = Dropped(p, weights.R3, sample, head, query + 24, key);
        return weights;
    }

    private static Float4 Dropped(in HeadKernelArgs p, Float4 row, int sample, int head, int query, int key) =>
        new(row.A * p.Kept(sample, head, query, key),
            row.B * p.Kept(sample, head, query, key + 8), row.C * p.Kept(sample, head, query, key + 16),
            row.D * p.Kept(sample, head, query, key + 24));

    private static Float4x4 Exp(Float4x4 scores, Float4 less)
    {
        scores.R0 = Exp(scores.R0, less.A);
        scores.R1 = Exp(scores.R1, less.B);
        scores.R2 = Exp(scores.R2, less.C);
        scores.R3 = Exp(scores.R3, less.D);
        return scores;
    }

    private static Float4 Exp(Float4 row, float less) =>
        new(FloatMath.Exp(row.A - less), FloatMath.Exp(row.B - less), FloatMath.Exp(row.C - less), FloatMath.Exp(row.D - less));

    // ∂loss/∂(product) of each score: scale·weight·(∂loss/∂weight − mean).
    private static Float4x4 Slopes(in HeadKernelArgs p, Float4x4 weights, Float4x4 back, Float4 mean)
    {
        weights.R0 = Slopes(p.Scale, weights.R0, back.R0, mean.A);
        weights.R1 = Slopes(p.Scale, weights.R1, back.R1, mean.B);
        weights.R2 = Slopes(p.Scale, weights.R2, back.R2, mean.C);
        weights.R3 = Slopes(p.Scale, weights.R3, back.R3, mean.D);
        return weights;
    }

    private static Float4 Slopes(float scale, Float4 weight, Float4 back, float mean) =>
        new(scale * weight.A * (back.A - mean), scale * weight.B * (back.B - mean),
            scale * weight.C * (back.C - mean), scale * weight.D * (back.D - mean));

    private static Float4 Largest(Float4x4 rows) => new(Largest(rows.R0), Largest(rows.R1), Largest(rows.R2), Largest(rows.R3));

    private static float Largest(Float4 row) => FloatMath.Max(FloatMath.Max(row.A, row.B), FloatMath.Max(row.C, row.D));

    private static Float4 Max(Float4 a, Float4 b) =>
        new(FloatMath.Max(a.A, b.A), FloatMath.Max(a.B, b.B), FloatMath.Max(a.C, b.C), FloatMath.Max(a.D, b.D));

    private static float Sum(Float4 row) => row.A + row.B + (row.C + row.D);

    // A row that has seen nothing yet: −∞ − (−∞) would be no number.
    private static float Finite(float max) => max == float.NegativeInfinity ? 0f : max;

    // A row that has seen nothing at all is 0.
    private static float Inverse(float sum) => sum == 0 ? 0f : 1 / sum;

    private static float LogSum(float max, float sum) => sum == 0 ? float.PositiveInfinity : max + FloatMath.Log(sum);

    // One number of each of a thread's rows, from every x.
    private static void Put(ArrayView<float> edge, Float4 values, int x, int y)
    {
        int at = x * AttentionTiles.Rows + y;
        edge[at] = values.A;
        edge[at + 8] = values.B;
        edge[at + 16] = values.C;
        edge[at + 24] = values.D;
    }

    private static Float4 Take(ArrayView<float> edge, int x, int y)
    {
        int at = x * AttentionTiles.Rows + y;
        return new Float4(edge[at], edge[at + 8], edge[at + 16], edge[at + 24]);
    }

    private static Float4 PerQuery(in HeadKernelArgs p, ArrayView<float> values, int at, int query, float none)
    {
        Float4 read = Float4.Of(none);
        if (query < p.Queries) read.A = values[at + query];
        if (query + 8 < p.Queries) read.B = values[at + query + 8];
        if (query + 16 < p.Queries) read.C = values[at + query + 16];
        if (query + 24 < p.Queries) read.D = values[at + query + 24];
        return read;
    }

    private static void PutPerQuery(in HeadKernelArgs p, ArrayView<float> to, int at, int query, Float4 values)
    {
        if (query < p.Queries) to[at + query] = values.A;
        if (query + 8 < p.Queries) to[at + query + 8] = values.B;
        if (query + 16 < p.Queries) to[at + query + 16] = values.C;
        if (query + 24 < p.Queries) to[at + query + 24] = values.D;
    }
}
