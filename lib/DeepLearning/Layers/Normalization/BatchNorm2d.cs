namespace DeepLearning;

/// <summary>
/// Batch normalization of images: every channel of a batch, over all samples and pixels, gets mean 0 and variance 1.
/// y = γ_c·(x − μ_c)/√(σ²_c + ε) + β_c. Training uses the batch's statistics and keeps running ones, evaluation uses those; see
/// <see cref="BatchNorm"/>.
/// <para>Shapes: x: [N, C, H, W] → the same; weight γ, bias β, running_mean, running_var: [C].</para>
/// <para>Source: Ioffe and Szegedy 2015, "Batch Normalization", section 3.2.</para>
/// </summary>
/// <param name="channels">C; ≥ 1.</param>
/// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
/// <param name="momentum">m, the share of the newest batch in the running statistics; 0 ≤ m ≤ 1, 0.1 by default.</param>
/// <param name="affine">Whether there are γ and β.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <example><code>
/// var layer = new BatchNorm2d(3);
/// Tensor x = Tensor.Normal(new Generator(1), 5, 2, 16, 3, 8, 8);
/// Tensor y = layer.Forward(x);            // [16, 3, 8, 8]; each channel has mean 0 and variance 1
/// </code></example>
public sealed class BatchNorm2d(int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
    : BatchNorm(channels, epsilon, momentum, affine, nameof(BatchNorm2d))
{
    private protected override string Expected => $"[N, {Channels}, H, W]";

    private protected override bool Fits(Shape shape) => shape.Rank == 4;
}
