using System.Globalization;
using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Both at once: Ω = λ₁ Σ |w| + ½λ₂ Σ w², subgradient λ₁·sign w + λ₂w with sign 0 = 0. Weights that carry the same information share it,
/// where
/// <see cref="L1Penalty"/> alone picks one.
/// <para>
/// Source: Zou and Hastie, "Regularization and variable selection via the elastic net", 2005; S2, which prints λ₂ without the ½.
/// </para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Penalties = [new ElasticNet(0.001, 0.01)] };
/// </code></example>
public sealed class ElasticNet : Penalty
{
    private readonly double _lambda1, _lambda2;

    /// <param name="lambda1">λ₁ ≥ 0, of the absolute values.</param>
    /// <param name="lambda2">λ₂ ≥ 0, of the squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public ElasticNet(double lambda1, double lambda2) =>
        (_lambda1, _lambda2) = (AtLeastZero(lambda1, nameof(lambda1)), AtLeastZero(lambda2, nameof(lambda2)));

    /// <inheritdoc/>
    protected override Tensor ValueOf(Tensor w) => _lambda1 * w.Abs().Sum() + 0.5 * _lambda2 * w.Square().Sum();

    /// <inheritdoc/>
    protected override Tensor GradientOf(Tensor w) => _lambda1 * w.Sign() + _lambda2 * w;

    /// <summary>Such as <c>ElasticNet(λ₁ 0.01, λ₂ 0.1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ElasticNet(λ₁ {_lambda1}, λ₂ {_lambda2})");
}
