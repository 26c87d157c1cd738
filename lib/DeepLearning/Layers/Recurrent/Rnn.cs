namespace DeepLearning;

/// <summary>
/// The plain recurrent layer, after Elman: the new state is a neuron's output for the input and the old state together.
/// <para>h_t = tanh(x_t·W_ihᵀ + b_ih + h_(t−1)·W_hhᵀ + b_hh), or max(0, …); the output is h.</para>
/// <para>
/// Its gradient shrinks or grows by W_hh at every step, so it learns little about what is far back; see <see cref="Lstm"/>.
/// </para>
/// <para>Shapes: x: [N, T, in] → [N, T, H·directions]; parameters and their start: <see cref="RecurrentLayer"/>, 1 block.</para>
/// <para>Throws: see <see cref="RecurrentLayer.Run(Tensor, RecurrentState?, Tensor?)"/>.</para>
/// <para>Source: S2 "RNN"; Elman, "Finding structure in time", 1990.</para>
/// </summary>
/// <param name="inputs">in, how many numbers x has at a time; ≥ 1.</param>
/// <param name="hidden">H, how many numbers the state has; ≥ 1.</param>
/// <param name="generator">Where the first weights (and what dropout drops) come from.</param>
/// <param name="relu">max(0, ·) instead of tanh.</param>
/// <param name="layers">How many layers on top of each other; ≥ 1.</param>
/// <param name="bidirectional">Whether a second set of cells reads each sequence from its end.</param>
/// <param name="dropout">Probability in [0, 1) of dropping a number between two layers while training.</param>
/// <param name="bias">Whether there are b_ih and b_hh.</param>
/// <exception cref="ArgumentException">A size is below 1, or the dropout rate is out of its range.</exception>
/// <example><code>
/// var generator = new Generator(1);
/// var layer = new Rnn(inputs: 8, hidden: 16, generator);
/// Tensor x = Tensor.Normal(generator, 0, 1, 4, 10, 8);
/// Tensor y = layer.Forward(x);            // [4, 10, 16]
/// var (_, state) = layer.Run(x);          // state.Hidden: [1, 4, 16]
/// </code></example>
public sealed class Rnn(int inputs, int hidden, Generator generator, bool relu = false, int layers = 1, bool bidirectional = false,
    double dropout = 0, bool bias = true)
    : RecurrentLayer(relu ? RecurrentKind.Relu : RecurrentKind.Tanh, inputs, hidden, generator, layers, bidirectional, dropout, bias)
{
    // h_t = tanh(u + v), with u = x_t·W_ihᵀ + b_ih and v = h_(t−1)·W_hhᵀ + b_hh.
    private protected override (Tensor H, Tensor C) Step(Tensor u, Tensor v, Tensor h, Tensor c)
    {
        Tensor z = u + v;
        return (relu ? z.Relu() : z.Tanh(), c);
    }
}
