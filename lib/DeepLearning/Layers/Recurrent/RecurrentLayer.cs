using System.Globalization;

namespace DeepLearning;

/// <summary>
/// What <see cref="Rnn"/>, <see cref="Lstm"/> and <see cref="Gru"/> share: layers of cells over a batch of sequences, one on top of the
/// other, forward or in both directions. Each step makes a new state from the input x_t and the state before.
/// <para>
/// u_t = x_t·W_ihᵀ + b_ih and v_t = h_(t−1)·W_hhᵀ + b_hh go into the cell's gates, one block of H rows for each; then the cell's own
/// equations: <see cref="Rnn"/>, <see cref="Lstm"/>, <see cref="Gru"/>.
/// </para>
/// <para>
/// Shapes: x: [N, T, in] → [N, T, H·directions], the forward direction's numbers before the backward one's. Parameters are named and laid
/// out as in PyTorch, for layer l: <c>weight_ih_l{l}</c> [blocks·H, in], or [blocks·H, H·directions] above the first, <c>weight_hh_l{l}</c>
/// [blocks·H, H], <c>bias_ih_l{l}</c> and <c>bias_hh_l{l}</c> [blocks·H]; with <c>_reverse</c> behind for the backward direction.
/// </para>
/// <para>All begin at U(±1/√H), as in PyTorch.</para>
/// </summary>
public abstract class RecurrentLayer : Layer
{
    private readonly RecurrentKind _kind;
    private readonly RecurrentStep _step;
    private readonly Generator? _dropping;
    private readonly List<Parameter> _parameters = [];
    private readonly bool _bias;

    private protected RecurrentLayer(RecurrentKind kind, int inputs, int hidden, Generator generator, int layers, bool bidirectional,
        double dropout, bool bias)
    {
        if (inputs < 1 || hidden < 1 || layers < 1)
            throw new ArgumentException(
                $"{GetType().Name} needs 1 or more inputs, hidden neurons and layers, got {inputs}, {hidden} and {layers}.");
        Generator.Given(generator, GetType().Name);
        LayerArguments.Rate(dropout, GetType().Name);
        (_kind, _step, _bias, Dropout) = (kind, Step, bias, dropout);
        (Inputs, Hidden, Layers, Directions) = (inputs, hidden, layers, bidirectional ? 2 : 1);
        int blocks = RecurrentArgs.BlocksOf(kind);
        double range = 1 / Math.Sqrt(hidden);
        for (int layer = 0; layer < layers; layer++)
        for (int direction = 0; direction < Directions; direction++)
        {
            string suffix = $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
            Add("weight_ih", true, blocks * hidden, layer == 0 ? inputs : hidden * Directions);
            Add("weight_hh", true, blocks * hidden, hidden);
            if (!bias) continue;
            Add("bias_ih", false, blocks * hidden);
            Add("bias_hh", false, blocks * hidden);

            void Add(string name, bool isWeight, params ReadOnlySpan<int> shape) =>
                _parameters.Add(new Parameter(name + suffix, Tensor.Uniform(generator, -range, range, shape), isWeight));
        }
        if (dropout > 0) _dropping = generator.Split();
    }

    /// <summary>How many numbers x has at a time.</summary>
    public int Inputs { get; }

    /// <summary>H, the numbers of a state.</summary>
    public int Hidden { get; }

    /// <summary>How many layers are on top of each other.</summary>
    public int Layers { get; }

    /// <summary>1, or 2 if bidirectional.</summary>
    public int Directions { get; }

    /// <summary>The share of numbers set to 0 between layers while training.</summary>
    public double Dropout { get; }

    /// <summary>
    /// One step of the cell in tensor operations, from u and v [N, blocks·H] and the old h and c [N, H]; c is an LSTM's alone. The kernel
    /// <see cref="Device.Recurrent"/> takes a whole sequence through the same steps at once; these are for gradients of gradients.
    /// </summary>
    private protected abstract (Tensor H, Tensor C) Step(Tensor u, Tensor v, Tensor h, Tensor c);

    /// <summary>Block `i` of `blocks`, [N, H].</summary>
    private protected static Tensor Block(Tensor x, int i, int blocks) => x.Slice(-1, i * (x.Shape[-1] / blocks), x.Shape[-1] / blocks);

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => _parameters;

    /// <inheritdoc/>
    protected override IEnumerable<Generator> OwnGenerators => _dropping is null ? [] : [_dropping];

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        Parameter[] weights = [.. _parameters.Where(p => p.Rank == 2)];
        return base.Arithmetic(x, y) with
        {
            MultiplyAdds = x[1] * weights.Sum(w => (long)w.Count),
            MultiplyAddsText = $"{x[1]} × ({string.Join(" + ", weights.Select(w => $"{w.Shape[0]}×{w.Shape[1]}"))})",
            Steps = x[1] * Layers * Directions,
        };
    }

    /// <summary>The output at every time, and the state after each sequence's last.</summary>
    /// <param name="x">[N, T, in], T ≥ 1.</param>
    /// <param name="state">
    /// Where to begin; from zeros unless given. See <see cref="RecurrentState.Detach"/> for going on from the batch before.
    /// </param>
    /// <param name="lengths">
    /// [N] whole numbers 1 … T: sequence n ends after lengths[n] times. Behind its end the output is 0; its last state is that at its own
    /// end, and there the backward direction begins. All have T times unless given.
    /// </param>
    /// <returns>[N, T, H·directions], and h (and c) [layers·directions, N, H].</returns>
    /// <exception cref="ArgumentException">x or a state has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is not a whole number in 1 … T.</exception>
    public (Tensor Output, RecurrentState State) Run(Tensor x, RecurrentState? state = null, Tensor? lengths = null)
    {
        x = Here(LayerArguments.Given(x, nameof(x), this, $"[N, T, {Inputs}]"));
        Check(x, state);
        lengths = lengths is null ? null : Lengths(x, lengths.ToDoubles(), lengths.Shape);
        Tensor y = x;
        List<Tensor> hidden = [], cells = [];
        for (int layer = 0; layer < Layers; layer++)
        {
            Tensor all = Recur(layer, y, state, lengths, withState: true).Forward();
            int n = x.Shape[0], t = x.Shape[1], outputs = n * t * Directions * Hidden, states = Directions * n * Hidden;
            hidden.Add(all.Slice(0, outputs, states).Reshape(Directions, n, Hidden));
            if (_kind == RecurrentKind.Lstm) cells.Add(all.Slice(0, outputs + states, states).Reshape(Directions, n, Hidden));
            y = Between(layer, all.Slice(0, 0, outputs).Reshape(n, t, Directions * Hidden));
        }
        return (Watched(x, y), new RecurrentState(Join(hidden)!, Join(cells)));

        static Tensor? Join(List<Tensor> parts) => parts.Count < 2 ? parts.FirstOrDefault() : Tensor.Concatenate(0, [.. parts]);
    }

    /// <inheritdoc cref="Run(Tensor, RecurrentState?, Tensor?)"/>
    public (Tensor Output, RecurrentState State) Run(Tensor x, RecurrentState? state, int[] lengths)
    {
        x = Here(LayerArguments.Given(x, nameof(x), this, $"[N, T, {Inputs}]"));
        Check(x, state);
        return Run(x, state, Lengths(x, Array.ConvertAll(lengths, length => (double)length), new Shape(lengths.Length)));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x is not [N, T, in].</exception>
    protected override Tensor Compute(Tensor x)
    {
        Check(x, null);
        for (int layer = 0; layer < Layers; layer++) x = Between(layer, Recur(layer, x, null, null, withState: false).Forward());
        return x;
    }

    // What happened inside one layer, in one direction; nothing is recorded.
    private protected (Tensor Gates, Tensor Before, Tensor Memory, Tensor Output) Inside(Tensor x, RecurrentState? state, int[]? lengths,
        int layer, bool reverse)
    {
        if ((uint)layer >= (uint)Layers || (reverse && Directions == 1))
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"{this} has no {(reverse ? "backward " : "")}layer {layer}.");
        using IDisposable _ = Tensor.NoGradient();
        Check(LayerArguments.Given(x, nameof(x), this, $"[N, T, {Inputs}]"), state);
        Tensor? ends = lengths is null ? null : Lengths(x, Array.ConvertAll(lengths, length => (double)length), new Shape(lengths.Length));
        for (int below = 0; below < layer; below++) x = Recur(below, x, state, ends, withState: false).Forward();
        return Recur(layer, x, state, ends, withState: false).Trace(reverse ? 1 : 0);
    }

    private Recurrence Recur(int layer, Tensor x, RecurrentState? state, Tensor? lengths, bool withState)
    {
        int each = _bias ? 4 : 2;
        List<Parameter> weights = _parameters.GetRange(layer * Directions * each, Directions * each);
        RecurrentState? start = state is null || Layers == 1 ? state
            : new(Part(state.Hidden), state.Cell is null ? null : Part(state.Cell));
        return new Recurrence(_kind, _step, x, weights, Directions, start, lengths, withState);

        Tensor Part(Tensor all) => all.Slice(0, layer * Directions, Directions);
    }

    private Tensor Between(int layer, Tensor y)
    {
        if (_dropping is null || !IsTraining || layer == Layers - 1) return y;
        return y * Tensor.DropMask(_dropping, Dropout, 1 / (1 - Dropout), y.Shape, y.Device);
    }

    private void Check(Tensor x, RecurrentState? state)
    {
        if (x.Rank != 3 || x.Shape[2] != Inputs || x.Shape[1] == 0)
            throw new ArgumentException($"{this} got input {x.Shape}; expected [N, T, {Inputs}] with T ≥ 1" +
                $"{(x.Rank == 2 && x.Shape[1] == Inputs ? ", for a single sequence Reshape(1, -1, " + Inputs + ")" : "")}.");
        if (x.Device != _parameters[0].Device)
            throw new InvalidOperationException(
                $"{this} is on {_parameters[0].Device} and got input on {x.Device}; move one of them with To(…).");
        if (state is null) return;
        Check("hidden", state.Hidden, x);
        if (_kind == RecurrentKind.Lstm && state.Cell is null)
            throw new ArgumentException($"{this} got a state without a cell; an LSTM's has h and c.");
        if (_kind != RecurrentKind.Lstm && state.Cell is not null)
            throw new ArgumentException($"{this} got a state with a cell; only an LSTM's has one.");
        if (state.Cell is not null) Check("cell", state.Cell, x);
    }

    private void Check(string name, Tensor state, Tensor x)
    {
        Shape expected = new(Layers * Directions, x.Shape[0], Hidden);
        if (!state.Shape.Equals(expected))
            throw new ArgumentException($"{this} got a {name} state {state.Shape}; expected [layers·directions, N, H] = {expected}.");
        if (state.Device != x.Device)
            throw new InvalidOperationException(
                $"{this} got input on {x.Device} and a {name} state on {state.Device}; move one of them with To(…).");
    }

    private Tensor Lengths(Tensor x, double[] lengths, Shape shape)
    {
        int n = x.Shape[0], t = x.Shape[1];
        if (shape.Rank != 1 || lengths.Length != n)
            throw new ArgumentException($"{this} got lengths {shape} for {n} sequences; expected [{n}].");
        for (int i = 0; i < n; i++)
        {
            if (lengths[i] != Math.Floor(lengths[i]) || lengths[i] < 1 || lengths[i] > t)
                throw new ArgumentOutOfRangeException(nameof(lengths), lengths[i],
                    $"{this} got length {lengths[i]} for sequence {i}; expected a whole number from 1 to {t}.");
        }
        using IDisposable _ = Device.Use(x.Device);
        return Tensor.From(lengths);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Inputs}→{Hidden}") +
        (Layers > 1 ? $", {Layers} layers" : "") + (Directions > 1 ? ", bidirectional" : "") +
        (Dropout > 0 ? string.Create(CultureInfo.InvariantCulture, $", dropout {Dropout:0.###}") : "") + ")";
}
