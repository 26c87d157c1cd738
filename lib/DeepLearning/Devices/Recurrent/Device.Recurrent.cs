namespace DeepLearning;

// Recurrent layers. A device must say what one step does to its numbers; the way through a whole sequence is composed here, for devices
// that have nothing better.
public abstract partial class Device
{
    /// <summary>
    /// Step <paramref name="step"/> of every sequence, element by element: from v: [N, blocks·H] and the state in <c>p.Hidden</c> and
    /// <c>p.Cell</c>, writes the new state, the gates, the output, and what the gradient needs; see <see cref="RecurrentArgs"/>.
    /// </summary>
    public abstract void RecurrentStep(in RecurrentArgs p, Storage v, int step);

    /// <summary>
    /// The way back through one step. Takes ∂loss/∂(new state) from <c>p.Hidden</c> and <c>p.Cell</c>, adds the output's share, writes
    /// ∂loss/∂u to <c>p.U</c> and ∂loss/∂v to <paramref name="dv"/>: [N, blocks·H] (and to <c>p.V</c>), and leaves in <c>p.Hidden</c> and
    /// <c>p.Cell</c> what reaches the old state past the product with W_hh.
    /// </summary>
    public abstract void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step);

    /// <summary>All steps: v = h·W_hhᵀ + b_hh, then <see cref="RecurrentStep"/>.</summary>
    public virtual void Recurrent(in RecurrentArgs p)
    {
        Storage v = Allocate(p.N * p.Blocks * p.H);
        for (int step = 0; step < p.T; step++)
        {
            MatMul(new MatMulArgs(p.Hidden, p.Weight, v, p.N, p.Blocks * p.H, p.H) { TransposeB = true, Bias = p.Bias });
            RecurrentStep(p, v, step);
        }
        Free(v);
    }

    /// <summary>All steps back: <see cref="RecurrentStepGradient"/>, then ∂loss/∂h += ∂loss/∂v·W_hh.</summary>
    public virtual void RecurrentGradient(in RecurrentGradientArgs p)
    {
        RecurrentArgs f = p.Forward;
        Storage dv = Allocate(f.N * f.Blocks * f.H);
        for (int step = f.T - 1; step >= 0; step--)
        {
            RecurrentStepGradient(p, dv, step);
            MatMul(new MatMulArgs(dv, f.Weight, p.Hidden, f.N, f.H, f.Blocks * f.H) { Accumulate = true });
        }
        Free(dv);
    }
}
