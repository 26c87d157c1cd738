namespace DeepLearning;

/// <summary>Where queries, keys or values are: from column <see cref="Offset"/> on in the rows of source <see cref="Source"/>.</summary>
internal readonly record struct HeadColumns(int Source, int Offset);

/// <summary>
/// What multi-head attention is computed from. The sources are matrices with a row for every position of every sample; one may hold
/// queries, keys and values side by side, so that a single product makes all three.
/// </summary>
internal sealed record HeadAttention(int Samples, int Heads, int Queries, int Keys, int Width, HeadColumns Query, HeadColumns Key,
    HeadColumns Value)
{
    public double Scale => 1 / Math.Sqrt(Width);

    public int Features => Heads * Width;

    public Tensor? Mask { get; init; }

    public bool Causal { get; init; }

    /// <summary>What the weights are multiplied by while training with dropout; null for none.</summary>
    public Tensor? Drop { get; init; }

    public int Length(HeadColumns columns) => columns == Query ? Queries : Keys;

    /// <summary>[samples, heads, length, width]</summary>
    public Shape HeadShape(HeadColumns columns) => new(Samples, Heads, Length(columns), Width);

    /// <summary>[samples, heads, queries, keys]</summary>
    public Shape WeightShape => new(Samples, Heads, Queries, Keys);

    /// <summary>
    /// How a source whose rows have <paramref name="rowLength"/> numbers is walked through by sample, head, position and number.
    /// </summary>
    public int[] Strides(HeadColumns columns, int rowLength) => [Length(columns) * rowLength, Width, rowLength, 1];
}

// The heads' attention in one operation: every copy, product and softmax is a kernel, and nothing but what the way back needs is kept.
// MultiHeadAttention.StepByStep is the same in tensor operations. For each head, with Q: [T, d], K and V: [S, d],
//   there:   A = softmax(QKᵀ/√d + mask), Y = A·V;
//   back:    dV = Aᵀ·dY, dA = dY·Vᵀ, dS = A ⊙ (dA − Σ_keys A ⊙ dA)/√d, dQ = dS·K, dK = dSᵀ·Q;
// with dropout, A·V and dA are taken with the dropped weights 0.
public partial class Tensor
{
    /// <summary>softmax(QKᵀ/√d + mask)·V in every head, the heads' results side by side.</summary>
    /// <param name="plan">What is where.</param>
    /// <param name="sources">[N·T, some] each.</param>
    /// <returns>[N·queries, features]</returns>
    internal static Tensor AttendHeads(HeadAttention plan, params Tensor[] sources)
    {
        Device device = sources[0].Device;
        if (device.HasAttention(plan.Width, (long)plan.Samples * plan.Heads * plan.Queries * plan.Keys))
            return AttendHeadsAtOnce(plan, sources);
        Tensor q = Heads(plan, plan.Query, sources), k = Heads(plan, plan.Key, sources), v = Heads(plan, plan.Value, sources);
        Tensor weights = Empty(plan.WeightShape, device), y = Empty(new Shape(plan.Samples * plan.Queries, plan.Features), device);
        Products(plan, q.Storage, k.Storage, weights.Storage, plan.Queries, plan.Keys, plan.Width, transposeB: true);       // QKᵀ
        device.AttentionWeights(
            AttentionWeightsArgs(weights.Storage, weights.Storage, plan.WeightShape, plan.Scale, plan.Mask, plan.Causal));
        Storage result = device.Allocate(y.Count), used = Dropped(plan, weights.Storage);
        Products(plan, used, v.Storage, result, plan.Queries, plan.Width, plan.Keys);                                     // A·V
        PutHeads(plan, plan.Query, result, y.Storage, 0, plan.Features);
        device.Free(result);
        if (used != weights.Storage) device.Free(used);
        return Record("attention", y, new HeadAttentionState(plan, q, k, v, weights), s_headsDerivative, sources);
    }

    private static readonly Operation<HeadAttentionState>.Derivative s_headsDerivative = static (op, g) =>
    {
        if (IsRecording) SendHeadGradients(op, g, op.State.Plan);
        else SendFusedHeadGradients(op, g);
    };

    private static void SendFusedHeadGradients(Operation<HeadAttentionState> op, Tensor g)
    {
        (HeadAttention plan, Tensor q, Tensor k, Tensor v, Tensor weights) = op.State;
        Device device = g.Device;
        int scores = weights.Count;
        Storage dy = device.Allocate(q.Count), dw = device.Allocate(scores), ds = device.Allocate(scores);
        Storage dq = device.Allocate(q.Count), dk = device.Allocate(k.Count), dv = device.Allocate(v.Count);
        Storage used = Dropped(plan, weights.Storage);
        device.Copy(g.Storage, 0, plan.Strides(plan.Query, plan.Features), dy, 0, Strides(q.Shape), q.Shape.Dims, add: false);
        Products(plan, used, dy, dv, plan.Keys, plan.Width, plan.Queries, transposeA: true);                              // Aᵀ·dY
        Products(plan, dy, v.Storage, dw, plan.Queries, plan.Keys, plan.Width, transposeB: true);                         // dY·Vᵀ
        if (plan.Drop is { } drop) device.Binary(BinaryOp.Multiply, dw, [1], drop.Storage, [1], dw, [scores]);
        device.SoftmaxGradient(weights.Storage, dw, ds, plan.WeightShape.Product(0, 3), plan.Keys, log: false);
        device.Unary(UnaryOp.Affine, ds, ds, scores, plan.Scale);
        Products(plan, ds, k.Storage, dq, plan.Queries, plan.Width, plan.Keys);                                           // dS·K
        Products(plan, ds, q.Storage, dk, plan.Keys, plan.Width, plan.Queries, transposeA: true);                         // dSᵀ·Q
        for (int i = 0; i < op.Inputs.Count; i++)
        {
            if (!op.Needs(i)) continue;
            Tensor dx = Empty(op[i].Shape, device);
            foreach ((HeadColumns columns, Storage part) in ((HeadColumns, Storage)[])[(plan.Query, dq), (plan.Key, dk), (plan.Value, dv)])
                if (columns.Source == i) PutHeads(plan, columns, part, dx.Storage, columns.Offset, dx.Shape[1]);
            op.Send(i, dx);
        }
        if (used != weights.Storage) device.Free(used);
        foreach (Storage scratch in (Storage[])[dy, dw, ds, dq, dk, dv]) device.Free(scratch);
    }

    // The same with operations, so that it can be differentiated again.
    private static void SendHeadGradients(Operation op, Tensor g, HeadAttention plan)
    {
        Tensor q = Part(plan.Query), k = Part(plan.Key), v = Part(plan.Value);
        Tensor weights = MatMul(q, k, false, true).AttentionWeights(plan.Scale, plan.Mask, plan.Causal);
        Tensor dy = g.Reshape(plan.Samples, plan.Queries, plan.Heads, plan.Width).Permute(0, 2, 1, 3);
        Tensor dv = MatMul(plan.Drop is null ? weights : weights * plan.Drop, dy, true, false), dw = MatMul(dy, v, false, true);
        if (plan.Drop is not null) dw *= plan.Drop;
        Tensor ds = plan.Scale * (weights * (dw - (dw * weights).Sum(-1, keepAxes: true)));
        Tensor dq = MatMul(ds, k, false, false), dk = MatMul(ds, q, true, false);
        for (int i = 0; i < op.Inputs.Count; i++)
        {
            if (!op.Needs(i)) continue;
            List<Tensor> parts = [];
            if (plan.Query.Source == i) parts.Add(Rows(dq, plan.Queries));
            if (plan.Key.Source == i) parts.Add(Rows(dk, plan.Keys));
            if (plan.Value.Source == i) parts.Add(Rows(dv, plan.Keys));
            op.Send(i, parts.Count == 1 ? parts[0] : Concatenate(1, [.. parts]));
        }

        Tensor Part(HeadColumns columns) => op[columns.Source].Slice(1, columns.Offset, plan.Features)
            .Reshape(plan.Samples, plan.Length(columns), plan.Heads, plan.Width).Permute(0, 2, 1, 3);

        Tensor Rows(Tensor heads, int length) => heads.Permute(0, 2, 1, 3).Reshape(plan.Samples * length, plan.Features);
    }

    // Each head's columns as a matrix of its own: [samples, heads, length, width].
    private static Tensor Heads(HeadAttention plan, HeadColumns columns, Tensor[] sources)
    {
        Tensor source = sources[columns.Source], y = Empty(plan.HeadShape(columns), source.Device);
        int[] strides = plan.Strides(columns, source.Shape[1]);
        source.Device.Copy(source.Storage, columns.Offset, strides, y.Storage, 0, Strides(y.Shape), y.Shape.Dims, add: false);
        return y;
    }

    private static void PutHeads(HeadAttention plan, HeadColumns columns, Storage heads, Storage y, int offset, int rowLength)
    {
        Shape shape = plan.HeadShape(columns);
        y.Device.Copy(heads, 0, Strides(shape), y, offset, plan.Strides(columns, rowLength), shape.Dims, add: false);
    }

    // The weights as used: with dropout, a copy of them with the dropped ones 0.
    private static Storage Dropped(HeadAttention plan, Storage weights)
    {
        if (plan.Drop is null) return weights;
        Storage used = weights.Device.Allocate(plan.Drop.Count);
        weights.Device.Binary(BinaryOp.Multiply, weights, [1], plan.Drop.Storage, [1], used, [plan.Drop.Count]);
        return used;
    }

    // A product for every head of every sample: [m, k] times [k, n].
    private static void Products(HeadAttention plan, Storage a, Storage b, Storage y, int m, int n, int k, bool transposeA = false,
        bool transposeB = false) =>
        a.Device.MatMul(new MatMulArgs(a, b, y, m, n, k)
        {
            TransposeA = transposeA,
            TransposeB = transposeB,
            Batch = plan.Samples * plan.Heads,
            StrideA = m * k,
            StrideB = k * n,
        });
}

/// <summary>All heads' attention.</summary>
/// <param name="Plan">What is where.</param>
/// <param name="Q">[samples, heads, queries, width].</param>
/// <param name="K">[samples, heads, keys, width].</param>
/// <param name="V">The same.</param>
/// <param name="Weights">[samples, heads, queries, keys].</param>
internal sealed record HeadAttentionState(HeadAttention Plan, Tensor Q, Tensor K, Tensor V, Tensor Weights) : IOperationState;
