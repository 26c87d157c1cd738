namespace DeepLearning.Kernels;

/// <summary>
/// How a recurrent cell makes its new state from u = x·W_ihᵀ + b_ih and v = h·W_hhᵀ + b_hh, where h is the old state. Both have a block of
/// H numbers for each gate, in the order named here, which is PyTorch's.
/// </summary>
public enum RecurrentKind
{
    /// <summary>h′ = tanh(u + v)</summary>
    Tanh,
    /// <summary>h′ = max(0, u + v)</summary>
    Relu,
    /// <summary>i, f, o = σ(u + v), g = tanh(u + v), c′ = f ⊙ c + i ⊙ g, h′ = o ⊙ tanh(c′); in the order i, f, g, o</summary>
    Lstm,
    /// <summary>r, z = σ(u + v), n = tanh(u + r ⊙ v), h′ = (1 − z) ⊙ n + z ⊙ h; in the order r, z, n</summary>
    Gru,
}

/// <summary>
/// A recurrent layer over N sequences of T steps, in one direction. Sequence n is at step s at time t = s, or with <see cref="Reverse"/> at
/// t = length[n] − 1 − s. Behind its end nothing happens to its state, and everything written there is 0.
/// </summary>
public readonly record struct RecurrentArgs(RecurrentKind Kind, int N, int T, int H)
{
    /// <summary>How many blocks of H numbers u and v have.</summary>
    public int Blocks => BlocksOf(Kind);

    internal static int BlocksOf(RecurrentKind kind) => kind switch { RecurrentKind.Lstm => 4, RecurrentKind.Gru => 3, _ => 1 };

    /// <summary>[N, T, blocks·H]; u at first, then the gates (of a plain cell, h′).</summary>
    public required Storage Gates { get; init; }

    /// <summary>W_hh: [blocks·H, H].</summary>
    public required Storage Weight { get; init; }

    /// <summary>b_hh: [blocks·H]; null for none.</summary>
    public Storage? Bias { get; init; }

    /// <summary>[N] whole numbers 1 … T; null when all sequences have T steps.</summary>
    public Storage? Lengths { get; init; }

    /// <summary>Goes from the end to the beginning.</summary>
    public bool Reverse { get; init; }

    /// <summary>[N, H]; the state before the first step, then after the last.</summary>
    public required Storage Hidden { get; init; }

    /// <summary>[N, H]; an LSTM's c, likewise.</summary>
    public Storage? Cell { get; init; }

    /// <summary>[N, T, <see cref="Width"/>]; h′ is written to H of each Width numbers, from <see cref="Offset"/> on.</summary>
    public required Storage Output { get; init; }

    /// <summary>How many numbers the output has at a time: H for each direction.</summary>
    public required int Width { get; init; }

    /// <summary>Where this direction's are.</summary>
    public int Offset { get; init; }

    /// <summary>[N, T, H]; written: the state h from which each step began. Null if no gradient will be asked for.</summary>
    public Storage? Before { get; init; }

    /// <summary>
    /// [N, T, H]; written: an LSTM's c from which each step began, a GRU's third block of v. Null as for <see cref="Before"/>.
    /// </summary>
    public Storage? Memory { get; init; }
}

/// <summary>The way back through <see cref="RecurrentArgs"/>, from the last step to the first.</summary>
public readonly record struct RecurrentGradientArgs(RecurrentArgs Forward)
{
    /// <summary>[N, T, Width]; ∂loss/∂h′.</summary>
    public required Storage Output { get; init; }

    /// <summary>[N, H]; ∂loss/∂(the last state), then ∂loss/∂(the first).</summary>
    public required Storage Hidden { get; init; }

    /// <summary>[N, H]; an LSTM's, likewise.</summary>
    public Storage? Cell { get; init; }

    /// <summary>[N, T, blocks·H]; written: ∂loss/∂u.</summary>
    public required Storage U { get; init; }

    /// <summary>[N, T, blocks·H]; written: ∂loss/∂v. Null where it is ∂loss/∂u: in all but a GRU.</summary>
    public Storage? V { get; init; }
}
