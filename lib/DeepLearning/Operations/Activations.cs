namespace DeepLearning;

// Activation functions made of simpler ones, whose derivatives they inherit.
public partial class Tensor
{
    // The numbers for which activations keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017).
    private const double SeluAlpha = 1.6732632423543772, SeluScale = 1.0507009873554805;

    /// <summary>x·tanh(ln(1 + eˣ)); Misra, "Mish: a self regularized non-monotonic activation function", 2019.</summary>
    public Tensor Mish() => this * Softplus().Tanh();

    /// <summary>λx for x &gt; 0, else λα(eˣ − 1), with λ ≈ 1.0507 and α ≈ 1.6733; Klambauer et al., "Self-normalizing neural networks", 2017.</summary>
    public Tensor Selu() => SeluScale * Elu(SeluAlpha);

    /// <summary>x·clamp(x + 3, 0, 6)/6, straight pieces in place of a sigmoid; Howard et al., "Searching for MobileNetV3", 2019.</summary>
    public Tensor Hardswish() => this * (this + 3).Clamp(0, 6) / 6;

    /// <summary>x/(1 + |x|)</summary>
    public Tensor Softsign() => this / (Abs() + 1);

    /// <summary>
    /// One half of an axis, let through by the other: y = a ⊙ σ(b), where x = [a, b]; [N, 2D] → [N, D].
    /// Dauphin et al., "Language modeling with gated convolutional networks", 2017.
    /// </summary>
    /// <param name="axis">Which axis is halved; its length is even.</param>
    /// <exception cref="ArgumentException">The axis has an odd length.</exception>
    public Tensor Glu(int axis = -1)
    {
        int length = Shape[axis];
        if (length % 2 != 0) throw new ArgumentException($"Glu halves an axis, axis {axis} of {Shape} has an odd length, {length}; give it an even one.");
        return Slice(axis, 0, length / 2) * Slice(axis, length / 2, length / 2).Sigmoid();
    }
}
