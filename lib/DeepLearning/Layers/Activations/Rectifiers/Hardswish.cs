namespace DeepLearning;

/// <summary>
/// x·σ(x) with straight pieces in place of the sigmoid, for small devices: no exponential is computed.
/// f(x) = x·min(max(x + 3, 0), 6)/6, so 0 up to −3 and x from 3 on; f′(x) = (2x + 3)/6 between them, 0 before and 1 behind.
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Howard et al. 2019, "Searching for MobileNetV3"; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-4.0, -1, 4]);
/// Tensor y = new Hardswish().Forward(x);  // [3]: 0, −0.333, 4
/// </code></example>
public sealed class Hardswish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Hardswish();

    /// <inheritdoc/>
    public override string ToString() => "Hardswish()";
}
