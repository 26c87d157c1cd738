namespace DeepLearning;

/// <summary>
/// Attention that looks in several ways at once: each head attends with its own projections of queries, keys and values, and a last product
/// mixes what the heads found.
/// head_h = softmax(Q_h·K_hᵀ/√d + mask)·V_h with Q = X_q·W_qᵀ + b_q, and likewise K, V, cut into H pieces of d = D/H columns;
/// Y = [head_1 … head_H]·W_oᵀ + b_o.
/// <para>
/// Shapes: query [N, T, D], key and value [N, S, D] → [N, T, D]; in_proj_weight: [3D, D] (W_q, W_k, W_v one below the other), in_proj_bias:
/// [3D], out_proj.weight: [D, D], out_proj.bias: [D], as in PyTorch.
/// </para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new MultiHeadAttention(features: 16, heads: 4, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 8, 10, 16);
/// Tensor y = layer.Forward(x);                                        // [8, 10, 16]
/// Tensor past = layer.Attend(x, x, x, causal: true);                  // [8, 10, 16]
/// var (_, weights) = layer.AttendWithWeights(x, x, x);                // [8, 4, 10, 10]
/// </code></example>
public sealed class MultiHeadAttention : Layer
{
    private readonly int _features, _heads;
    private readonly double _dropout;
    private readonly Generator _generator;
    private readonly Dense _outProjection;

    /// <param name="features">D; ≥ 1.</param>
    /// <param name="heads">H; ≥ 1, divides D.</param>
    /// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
    /// <param name="dropout">The share of attention weights that is dropped in training; 0 ≤ p &lt; 1, 0 by default.</param>
    /// <param name="bias">Whether there are b_q, b_k, b_v and b_o.</param>
    /// <exception cref="ArgumentException">The heads do not divide the features, or dropout is out of range.</exception>
    public MultiHeadAttention(int features, int heads, Generator generator, double dropout = 0, bool bias = true)
    {
        if (features < 1 || heads < 1 || features % heads != 0)
            throw new ArgumentException(
                "MultiHeadAttention needs features that can be shared out equally to the heads, " +
                $"got {features} features and {heads} heads.");
        (_features, _heads) = (features, heads);
        _generator = Generator.Given(generator, nameof(MultiHeadAttention));
        _dropout = LayerArguments.Rate(dropout, nameof(MultiHeadAttention));
        Tensor start = Init.XavierUniform().Create(new Shape(3 * features, features), generator);
        InWeight = new Parameter("in_proj_weight", start, isWeight: true);
        if (bias) InBias = new Parameter("in_proj_bias", Tensor.Zeros(3 * features), isWeight: false);
        _outProjection = new Dense(features, features, generator, bias: bias);
    }

    /// <summary>W_q, W_k and W_v one below the other: [3D, D].</summary>
    public Parameter InWeight { get; }

    /// <summary>b_q, b_k and b_v: [3D]; null if there are none.</summary>
    public Parameter? InBias { get; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => [("out_proj", _outProjection)];

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => InBias is null ? [InWeight] : [InWeight, InBias];

    /// <inheritdoc/>
    protected override IEnumerable<Generator> OwnGenerators => [_generator];

    /// <summary>Self-attention without a mask: queries, keys and values all come from x [N, T, D].</summary>
    protected override Tensor Compute(Tensor x) => Compute(x, x, x, null, null, false);

    /// <summary>Attention of queries to keys and values; self-attention if all three are the same tensor.</summary>
    /// <param name="query">[N, T, D].</param>
    /// <param name="key">[N, S, D].</param>
    /// <param name="value">[N, S, D].</param>
    /// <param name="mask">
    /// Added to the scores, broadcast to [N, H, T, S]: 0 where a query may look, −∞ where not; null for everywhere.
    /// </param>
    /// <param name="keyPadding">[N, S]: 1 where a key is padding that nothing may look at, else 0; null for none.</param>
    /// <param name="causal">Whether query i sees keys 0 … i only.</param>
    /// <returns>[N, T, D]</returns>
    /// <exception cref="ArgumentException">The shapes do not fit together, or a padding is neither 0 nor 1.</exception>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask = null, Tensor? keyPadding = null, bool causal = false)
    {
        CheckGiven(query, key, value);
        return Watched(query, Compute(Here(query), Here(key), Here(value), mask, keyPadding, causal));
    }

    /// <summary>
    /// As <see cref="Attend"/>, without dropout, and with the weights of every head to look at: [N, H, T, S], which may be differentiated.
    /// </summary>
    /// <inheritdoc cref="Attend" path="/param"/>
    /// <inheritdoc cref="Attend" path="/exception"/>
    public (Tensor Output, Tensor Weights) AttendWithWeights(
        Tensor query, Tensor key, Tensor value, Tensor? mask = null, Tensor? keyPadding = null, bool causal = false)
    {
        CheckGiven(query, key, value);
        (query, key, value) = (Here(query), Here(key), Here(value));
        (Tensor[] sources, HeadAttention plan) = Project(query, key, value, AttentionMasks.WithPadding(mask, keyPadding, key), causal);
        Tensor heads = StepByStep(sources, plan, out Tensor weights);
        return (Watched(query, Mixed(heads, query)), weights);
    }

    private Tensor Compute(Tensor query, Tensor key, Tensor value, Tensor? mask, Tensor? keyPadding, bool causal)
    {
        (Tensor[] sources, HeadAttention plan) = Project(query, key, value, AttentionMasks.WithPadding(mask, keyPadding, key), causal);
        if (IsTraining && _dropout > 0)
            plan = plan with { Drop = Tensor.DropMask(_generator, _dropout, 1 / (1 - _dropout), plan.WeightShape, query.Device) };
        Tensor heads = plan.Mask is { RequiresGradient: true } ? StepByStep(sources, plan, out _) : Tensor.AttendHeads(plan, sources);
        return Mixed(heads, query);
    }

    // head_h = softmax(Q_h·K_hᵀ/√d + mask)·V_h for all h, side by side: [N·T, D]. Tensor.AttendHeads is the same as one operation.
    private static Tensor StepByStep(Tensor[] sources, HeadAttention plan, out Tensor weights)
    {
        Tensor q = Heads(plan.Query), k = Heads(plan.Key), v = Heads(plan.Value);                   // [N, H, T, d], and twice [N, H, S, d]
        weights = Attention.Weights(q, k, plan.Mask, plan.Causal);                                  // [N, H, T, S]
        Tensor heads = (plan.Drop is null ? weights : weights * plan.Drop).MatMul(v);               // [N, H, T, d]
        return heads.Permute(0, 2, 1, 3).Reshape(plan.Samples * plan.Queries, plan.Features);

        Tensor Heads(HeadColumns columns) => sources[columns.Source].Slice(1, columns.Offset, plan.Features)
            .Reshape(plan.Samples, plan.Length(columns), plan.Heads, plan.Width).Permute(0, 2, 1, 3);
    }

    // Y = [head_1 … head_H]·W_oᵀ + b_o.
    private Tensor Mixed(Tensor heads, Tensor query) => _outProjection.Forward(heads).Reshape(query.Shape);

    // Q, K and V as columns of as few matrices as possible: where they come from the same tensor, one product projects them all.
    private (Tensor[] Sources, HeadAttention Plan) Project(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal)
    {
        Check(query, key, value);
        int d = _features;
        bool shared = ReferenceEquals(key, value), self = shared && ReferenceEquals(query, key);
        Tensor[] sources = self ? [Projected(query, 0, 3)]
            : shared ? [Projected(query, 0, 1), Projected(key, 1, 2)]
            : [Projected(query, 0, 1), Projected(key, 1, 1), Projected(value, 2, 1)];
        HeadColumns q = new(0, 0), k = self ? new(0, d) : new(1, 0), v = self ? new(0, 2 * d) : shared ? new(1, d) : new(2, 0);
        HeadAttention plan = new(query.Shape[0], _heads, query.Shape[1], key.Shape[1], d / _heads, q, k, v)
        {
            Mask = mask, Causal = causal,
        };
        return (sources, plan);
    }

    // x·Wᵀ + b for `count` of the three projections from `first` on: [N·T, count·D].
    private Tensor Projected(Tensor x, int first, int count)
    {
        bool all = count == 3;
        Tensor weight = all ? InWeight : InWeight.Slice(0, first * _features, count * _features);
        Tensor? bias = all || InBias is null ? InBias : InBias.Slice(0, first * _features, count * _features);
        return Tensor.Linear(x.Reshape(x.Shape[0] * x.Shape[1], _features), weight, bias);
    }

    private void CheckGiven(Tensor query, Tensor key, Tensor value)
    {
        LayerArguments.Given(query, nameof(query), this, $"[N, T, {_features}]");
        LayerArguments.Given(key, nameof(key), this, $"[N, S, {_features}]");
        LayerArguments.Given(value, nameof(value), this, $"[N, S, {_features}]");
    }

    private void Check(Tensor query, Tensor key, Tensor value)
    {
        bool fit = query.Rank == 3 && key.Rank == 3 && query.Shape[2] == _features && key.Shape[2] == _features
            && query.Shape[0] == key.Shape[0] && value.Shape.Equals(key.Shape);
        if (fit) return;
        throw new ArgumentException(ReferenceEquals(query, key) && ReferenceEquals(key, value)
            ? $"{this} got input {query.Shape}; expected [N, T, {_features}]."
            : $"{this} got query {query.Shape}, key {key.Shape} and value {value.Shape}; " +
                $"expected [N, T, {_features}] and twice [N, S, {_features}].");
    }

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        long t = y[1], d = _features;
        // As for self-attention: three projections, then scores and weighted means in all heads; out_proj has a row of its own.
        return new(Parameters: InBias is null ? $"3×{d}×{d}" : $"(3×{d} + 3)×{d}", MultiplyAdds: 3 * t * d * d + 2 * t * t * d,
            MultiplyAddsText: $"3×{t}×{d}×{d} + 2×{t}×{t}×{d}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"MultiHeadAttention({_features}, {_heads} heads)";
}
