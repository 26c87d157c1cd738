using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Exponential linear unit: like <see cref="Relu"/> for positive numbers, but sinks smoothly to −α for negative ones, so the mean stays
/// near 0. f(x) = x for x &gt; 0, else α(eˣ − 1); f′(x) = 1 for x &gt; 0, else α·eˣ = f(x) + α.
/// <para>Shapes: any → the same; no learned parameters.</para>
/// <para>Source: Clevert, Unterthiner and Hochreiter 2016; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Elu().Forward(x);        // [3]: −0.632, 0, 2
/// </code></example>
public sealed class Elu : Layer
{
    /// <param name="alpha">α, how deep it sinks; &gt; 0, 1 by default (then f′ has no jump).</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not a positive number.</exception>
    public Elu(double alpha = 1) => Alpha = alpha > 0 && double.IsFinite(alpha)
        ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"Elu needs an alpha above 0, got {alpha}.");

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Elu(Alpha);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Elu({Alpha})");
}
