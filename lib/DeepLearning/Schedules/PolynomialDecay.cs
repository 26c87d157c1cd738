using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = η₀·(βt + 1)^(−α): slower than any exponential. With ½ &lt; α ≤ 1 the rates sum to infinity and their squares do not, which is
/// what stochastic gradient descent needs to converge.
/// <para>Source: S1 "Adaptive Learning Rate"; Robbins and Monro, 1951.</para>
/// </summary>
/// <param name="initial">η₀ ≥ 0.</param>
/// <param name="alpha">α ≥ 0; ½.</param>
/// <param name="beta">β ≥ 0; 1.</param>
/// <example><code>
/// Schedule schedule = new PolynomialDecay(0.1, alpha: 0.5);
/// double first = schedule.Rate(0);        // 0.1
/// double later = schedule.Rate(99);       // 0.01
/// </code></example>
public sealed class PolynomialDecay(double initial, double alpha = 0.5, double beta = 1) : Schedule
{
    private readonly double _initial = AtLeastZero(initial, nameof(initial)), _alpha = AtLeastZero(alpha, nameof(alpha)),
        _beta = AtLeastZero(beta, nameof(beta));

    /// <inheritdoc/>
    public override double Rate(int t) => _initial * Math.Pow(_beta * t + 1, -_alpha);
}
