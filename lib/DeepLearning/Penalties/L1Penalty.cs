using System.Globalization;
using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Ω = λ Σ |w|, subgradient λ·sign w with sign 0 = 0: pulls every weight to 0 with the same force, so that those the data do not need end
/// near it.
/// <para>
/// By its subgradient a weight near 0 goes on jumping over it by up to ηλ. <c>proximal</c> shrinks after the step instead, w ← sign w ·
/// max(0, |w| − ηλ), which stops at 0: exact zeros, the weights can be counted. For gradient descent that is the proximal gradient method
/// (ISTA); for optimizers with rates of their own for each number, such as Adam, it is a decoupled shrinking with the optimizer's η.
/// </para>
/// <para>
/// Source: Tibshirani, "Regression shrinkage and selection via the lasso", 1996; S1 "Parameter norm penalties", S2 "Regularization: weight
/// decay".
/// </para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Penalties = [new L1Penalty(0.001)] };
/// </code></example>
public sealed class L1Penalty : Penalty
{
    private readonly double _lambda;
    private readonly bool _proximal;

    /// <param name="lambda">λ ≥ 0.</param>
    /// <param name="proximal">Whether weights are shrunk after the step rather than by the gradient; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public L1Penalty(double lambda, bool proximal = false) => (_lambda, _proximal) = (AtLeastZero(lambda, nameof(lambda)), proximal);

    /// <inheritdoc/>
    protected override Tensor ValueOf(Tensor w) => _lambda * w.Abs().Sum();

    /// <inheritdoc/>
    protected override Tensor? GradientOf(Tensor w) => _proximal ? null : _lambda * w.Sign();

    /// <inheritdoc/>
    protected override Tensor? Corrected(Tensor w, double rate) => _proximal ? w.Sign() * (w.Abs() - rate * _lambda).Relu() : null;

    /// <summary>Such as <c>L1Penalty(λ 0.01)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"L1Penalty(λ {_lambda}{(_proximal ? ", proximal" : "")})");
}
