namespace DeepLearning;

/// <summary>
/// Gated recurrent unit: a recurrent layer whose state is a mixture of the old state and a candidate, with two gates where
/// <see cref="Lstm"/> has three.
/// <para>
/// With u = x_t·W_ihᵀ + b_ih and v = h_(t−1)·W_hhᵀ + b_hh, a block of rows for each in the order r, z, n:
/// r = σ(u_r + v_r); z = σ(u_z + v_z); n = tanh(u_n + r ⊙ v_n); h_t = (1 − z) ⊙ n + z ⊙ h_(t−1); the output is h.
/// </para>
/// <para>Shapes: x: [N, T, in] → [N, T, H·directions]; parameters and their start: <see cref="RecurrentLayer"/>, 3 blocks.</para>
/// <para>Throws: see <see cref="RecurrentLayer.Run(Tensor, RecurrentState?, Tensor?)"/>.</para>
/// <para>Source: S1 and S2 name it; Cho et al. 2014. As in PyTorch r is applied behind the product with W_hh, not before it.</para>
/// </summary>
/// <param name="inputs">in, how many numbers x has at a time; ≥ 1.</param>
/// <param name="hidden">H, how many numbers the state has; ≥ 1.</param>
/// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
/// <param name="layers">How many layers on top of each other; ≥ 1.</param>
/// <param name="bidirectional">Whether a second set of cells reads each sequence from its end.</param>
/// <param name="dropout">Probability in [0, 1) of dropping a number between two layers while training.</param>
/// <param name="bias">Whether there are b_ih and b_hh.</param>
/// <exception cref="ArgumentException">A size is below 1, or the dropout rate is out of its range.</exception>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new Gru(inputs: 8, hidden: 16, generator, bidirectional: true);
/// Tensor x = Tensor.Normal(generator, 0, 1, 4, 10, 8);
/// Tensor y = layer.Forward(x);            // [4, 10, 32]
/// var (_, state) = layer.Run(x);          // state.Hidden: [2, 4, 16]
/// </code></example>
public sealed class Gru(
    int inputs, int hidden, Generator generator, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true)
    : RecurrentLayer(RecurrentKind.Gru, inputs, hidden, generator, layers, bidirectional, dropout, bias)
{
    // With u = x_t·W_ihᵀ + b_ih and v = h_(t−1)·W_hhᵀ + b_hh in the blocks r, z, n.
    private protected override (Tensor H, Tensor C) Step(Tensor u, Tensor v, Tensor h, Tensor c)
    {
        Tensor r = (Block(u, 0, 3) + Block(v, 0, 3)).Sigmoid();
        Tensor z = (Block(u, 1, 3) + Block(v, 1, 3)).Sigmoid();
        Tensor n = (Block(u, 2, 3) + r * Block(v, 2, 3)).Tanh();
        return ((1 - z) * n + z * h, c);
    }

    /// <summary>The gates of one layer at every time, to be looked at; nothing is recorded, dropout is idle.</summary>
    /// <inheritdoc cref="Lstm.Watch" path="/param"/>
    /// <inheritdoc cref="Lstm.Watch" path="/exception"/>
    public GruTrace Watch(Tensor x, RecurrentState? state = null, int[]? lengths = null, int layer = 0, bool reverse = false)
    {
        (Tensor gates, _, _, Tensor output) = Inside(x, state, lengths, layer, reverse);
        using IDisposable quiet = Tensor.NoGradient();
        return new GruTrace(gates.Slice(2, 0, Hidden), gates.Slice(2, Hidden, Hidden), gates.Slice(2, 2 * Hidden, Hidden), output);
    }
}

/// <summary>What happened inside a <see cref="Gru"/>, [N, T, H] each; see <see cref="Gru.Watch"/>.</summary>
/// <param name="R">The reset gates: how much of the old state the candidate sees, 0 … 1.</param>
/// <param name="Z">The update gates: how much of the old state stays, 0 … 1.</param>
/// <param name="N">The candidates, −1 … 1.</param>
/// <param name="H">The states h after each time.</param>
public sealed record GruTrace(Tensor R, Tensor Z, Tensor N, Tensor H);
