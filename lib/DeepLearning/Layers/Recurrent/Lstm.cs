namespace DeepLearning;

/// <summary>
/// Long short-term memory: a recurrent layer whose cell c keeps what it holds until a gate says otherwise, so that gradients last over many
/// steps.
/// <para>
/// With z = x_t·W_ihᵀ + b_ih + h_(t−1)·W_hhᵀ + b_hh, a block of rows for each in the order i, f, g, o:
/// i = σ(z_i); f = σ(z_f); g = tanh(z_g); o = σ(z_o); c_t = f ⊙ c_(t−1) + i ⊙ g; h_t = o ⊙ tanh(c_t); the output is h.
/// </para>
/// <para>Shapes: x: [N, T, in] → [N, T, H·directions]; parameters and their start: <see cref="RecurrentLayer"/>, 4 blocks.</para>
/// <para>Throws: see <see cref="RecurrentLayer.Run(Tensor, RecurrentState?, Tensor?)"/>.</para>
/// <para>Source: S2 "LSTM"; Hochreiter and Schmidhuber 1997; the forget gate: Gers, Schmidhuber and Cummins 2000.</para>
/// </summary>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new Lstm(inputs: 8, hidden: 16, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 4, 10, 8);
/// Tensor y = layer.Forward(x);            // [4, 10, 16]
/// var (_, state) = layer.Run(x);          // state.Hidden and state.Cell: [1, 4, 16]
/// </code></example>
public sealed class Lstm : RecurrentLayer
{
    /// <param name="inputs">in, how many numbers x has at a time; ≥ 1.</param>
    /// <param name="hidden">H, how many numbers the state has; ≥ 1.</param>
    /// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
    /// <param name="layers">How many layers on top of each other; ≥ 1.</param>
    /// <param name="bidirectional">Whether a second set of cells reads each sequence from its end.</param>
    /// <param name="dropout">Probability in [0, 1) of dropping a number between two layers while training.</param>
    /// <param name="bias">Whether there are b_ih and b_hh.</param>
    /// <param name="forgetBias">
    /// Where the forget gates' bias b_ih + b_hh begins, instead of at random: 1 makes a new cell remember (Jozefowicz, Zaremba and
    /// Sutskever 2015), which long sequences want.
    /// </param>
    /// <exception cref="ArgumentException">A size is below 1, or a forget bias is given where there is no bias.</exception>
    public Lstm(int inputs, int hidden, Generator generator, int layers = 1, bool bidirectional = false, double dropout = 0,
        bool bias = true, double? forgetBias = null)
        : base(RecurrentKind.Lstm, inputs, hidden, generator, layers, bidirectional, dropout, bias)
    {
        if (forgetBias is not { } start) return;
        if (!double.IsFinite(start))
            throw new ArgumentOutOfRangeException(nameof(forgetBias), start, $"A forget bias is a finite number, got {start}.");
        if (!bias) throw new ArgumentException("A forget bias needs a bias; leave out bias: false.");
        foreach (Parameter parameter in OwnParameters.Where(p => !p.IsWeight))
        {
            double[] values = parameter.ToDoubles();
            Array.Fill(values, parameter.Name.StartsWith("bias_ih", StringComparison.Ordinal) ? start : 0, hidden, hidden);
            parameter.Assign(Tensor.From(values));
        }
    }

    // With u = x_t·W_ihᵀ + b_ih and v = h_(t−1)·W_hhᵀ + b_hh in the blocks i, f, g, o.
    private protected override (Tensor H, Tensor C) Step(Tensor u, Tensor v, Tensor h, Tensor c)
    {
        Tensor z = u + v;
        Tensor i = Block(z, 0, 4).Sigmoid(), f = Block(z, 1, 4).Sigmoid(), g = Block(z, 2, 4).Tanh(), o = Block(z, 3, 4).Sigmoid();
        c = f * c + i * g;
        return (o * c.Tanh(), c);
    }

    /// <summary>The gates and the cell of one layer at every time, to be looked at; nothing is recorded, dropout is idle.</summary>
    /// <param name="x">[N, T, in]</param>
    /// <param name="state">Where to begin; from zeros unless given.</param>
    /// <param name="lengths">
    /// [N] as for <see cref="RecurrentLayer.Run(Tensor, RecurrentState?, int[])"/>; behind a sequence's end all is 0.
    /// </param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="reverse">The backward direction's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or direction.</exception>
    public LstmTrace Watch(Tensor x, RecurrentState? state = null, int[]? lengths = null, int layer = 0, bool reverse = false)
    {
        (Tensor gates, _, Tensor before, Tensor output) = Inside(x, state, lengths, layer, reverse);
        using IDisposable quiet = Tensor.NoGradient();
        Tensor i = Gate(0), f = Gate(1), g = Gate(2), o = Gate(3);
        return new LstmTrace(i, f, g, o, f * before + i * g, output);

        Tensor Gate(int k) => gates.Slice(2, k * Hidden, Hidden);
    }
}

/// <summary>What happened inside an <see cref="Lstm"/>, [N, T, H] each; see <see cref="Lstm.Watch"/>.</summary>
/// <param name="I">The input gates: how much of the candidate enters, 0 … 1.</param>
/// <param name="F">The forget gates: how much of the cell stays, 0 … 1.</param>
/// <param name="G">The candidates for the cell, −1 … 1.</param>
/// <param name="O">The output gates: how much of the cell is shown, 0 … 1.</param>
/// <param name="C">The cells after each time.</param>
/// <param name="H">The states h after each time.</param>
public sealed record LstmTrace(Tensor I, Tensor F, Tensor G, Tensor O, Tensor C, Tensor H);
