using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Passes numbers on unchanged, and gradients back with the opposite sign. Put before a classifier of domains it makes the features below
/// learn to fool that classifier, that is, to look the same in every domain.
/// y = x; ∂L/∂x ← −λ·∂L/∂y.
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Ganin and Lempitsky 2015, "Unsupervised Domain Adaptation by Backpropagation".</para>
/// </summary>
/// <param name="strength">λ, a finite number; 1 by default, and may be changed during training, usually from 0 up.</param>
/// <exception cref="ArgumentOutOfRangeException">λ is not a finite number.</exception>
/// <example><code>
/// var layer = new GradientReversal(0.5);
/// Tensor x = Tensor.From([1.0, 2, 3]).RequireGradient();
/// Tensor y = layer.Forward(x);            // [3], as x
/// y.Sum().Backward();                     // x.Gradient is −0.5 everywhere
/// </code></example>
public sealed class GradientReversal(double strength = 1) : Layer
{
    private double _strength = LayerArguments.Finite(strength, nameof(strength), nameof(GradientReversal));

    /// <summary>λ.</summary>
    public double Strength
    {
        get => _strength;
        set => _strength = LayerArguments.Finite(value, "strength", nameof(GradientReversal));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) =>
        Tensor.Record("gradientreversal", x.Detach(), new GradientReversalState(Strength),
            static (op, g) => op.Send(0, g * -op.State.Strength), x);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GradientReversal({Strength})");
}

/// <summary>Numbers passed on, gradients turned round.</summary>
/// <param name="Strength">λ.</param>
internal readonly record struct GradientReversalState(double Strength) : IOperationState;
