using System.Globalization;
using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Ω = ½λ Σ w², gradient λw: pulls each weight to 0 in proportion to it, so large ones most; none becomes exactly 0. For plain gradient
/// descent it is weight decay, <see cref="Optimizer.WeightDecay"/>, which is faster; for Adam see <see cref="AdamW"/>.
/// <para>Source: S1 "Parameter norm penalties" (λ = 1), S2 "Regularization: weight decay", which prints λ′ Σ w²: λ′ = λ/2.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Penalties = [new L2Penalty(0.001)] };
/// </code></example>
public sealed class L2Penalty : Penalty
{
    private readonly double _lambda;

    /// <param name="lambda">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public L2Penalty(double lambda) => _lambda = AtLeastZero(lambda, nameof(lambda));

    /// <inheritdoc/>
    protected override Tensor ValueOf(Tensor w) => 0.5 * _lambda * w.Square().Sum();

    /// <inheritdoc/>
    protected override Tensor GradientOf(Tensor w) => _lambda * w;

    /// <summary>Such as <c>L2Penalty(λ 0.01)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L2Penalty(λ {_lambda})");
}
