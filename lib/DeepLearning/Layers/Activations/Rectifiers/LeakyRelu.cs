using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A <see cref="Relu"/> that lets a little of a negative number through, so that no unit can die.
/// f(x) = x for x &gt; 0, else a·x, which is max(a·x, x); f′(x) = 1 for x &gt; 0, else a.
/// <para>Shapes: any → the same; no learned parameters.</para>
/// <para>Source: Maas, Hannun and Ng 2013; S1 (there the slope is m), S2 (α), S3 (a).</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new LeakyRelu(0.1).Forward(x);   // [3]: −0.1, 0, 2
/// </code></example>
public sealed class LeakyRelu : Layer
{
    /// <param name="slope">a, the slope for negative numbers; 0 ≤ a ≤ 1, 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is outside 0 … 1.</exception>
    public LeakyRelu(double slope = 0.01) => Slope = slope is >= 0 and <= 1
        ? slope
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, $"LeakyRelu needs a slope from 0 to 1, got {slope}.");

    /// <summary>a.</summary>
    public double Slope { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LeakyRelu(Slope);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({Slope})");
}
