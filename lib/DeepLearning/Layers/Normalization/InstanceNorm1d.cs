namespace DeepLearning;

/// <summary>
/// Instance normalization of sequences: every channel of every sample gets mean 0 and variance 1 over its positions.
/// y = γ_c·(x − μ_nc)/√(σ²_nc + ε) + β_c; see <see cref="InstanceNorm"/>.
/// <para>Shapes: x: [N, C, L] → the same, L ≥ 2; weight γ, bias β, running_mean, running_var: [C].</para>
/// <para>Source: Ulyanov, Vedaldi and Lempitsky 2016, "Instance Normalization".</para>
/// </summary>
/// <param name="channels">C; ≥ 1.</param>
/// <param name="epsilon">ε, which keeps the root from 0; &gt; 0, 1e−5 by default.</param>
/// <param name="momentum">m, the share of the newest batch in the running statistics; 0 ≤ m ≤ 1, 0.1 by default.</param>
/// <param name="affine">Whether there are γ and β; not by default, as in PyTorch.</param>
/// <param name="trackRunningStats">Whether running statistics are kept while training and used in evaluation; not by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <example><code>
/// var layer = new InstanceNorm1d(3);
/// Tensor x = Tensor.Normal(new Generator(1), 5, 2, 4, 3, 10);
/// Tensor y = layer.Forward(x);            // [4, 3, 10]; each of the 12 sequences has mean 0 and variance 1
/// </code></example>
public sealed class InstanceNorm1d(
    int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm(channels, epsilon, momentum, affine, trackRunningStats, nameof(InstanceNorm1d))
{
    private protected override string Expected => $"[N, {Channels}, L]";

    private protected override int Axes => 3;
}
