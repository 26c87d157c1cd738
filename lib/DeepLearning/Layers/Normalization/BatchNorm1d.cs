namespace DeepLearning;

/// <summary>
/// Batch normalization of feature vectors or sequences: every feature (channel) of a batch gets mean 0 and variance 1.
/// y = γ_c·(x − μ_c)/√(σ²_c + ε) + β_c. Training uses the batch's statistics and keeps running ones, evaluation uses those; see
/// <see cref="BatchNorm"/>.
/// <para>Shapes: x: [N, C] → [N, C], or [N, C, L] → [N, C, L]; weight γ, bias β, running_mean, running_var: [C].</para>
/// <para>Source: Ioffe and Szegedy 2015, "Batch Normalization".</para>
/// </summary>
/// <param name="channels">C, how many features; ≥ 1.</param>
/// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
/// <param name="momentum">m, the share of the newest batch in the running statistics; 0 ≤ m ≤ 1, 0.1 by default.</param>
/// <param name="affine">Whether there are γ and β.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <example><code>
/// var generator = new Generator(1);
/// var model = new Sequential(new Dense(8, 16, generator, bias: false), new BatchNorm1d(16), new Relu());
/// Tensor x = Tensor.Normal(generator, 0, 1, 32, 8);
/// Tensor y = model.Forward(x);            // [32, 16]
/// </code></example>
public sealed class BatchNorm1d(int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
    : BatchNorm(channels, epsilon, momentum, affine, nameof(BatchNorm1d))
{
    private protected override string Expected => $"[N, {Channels}] or [N, {Channels}, L]";

    private protected override bool Fits(Shape shape) => shape.Rank is 2 or 3;
}
