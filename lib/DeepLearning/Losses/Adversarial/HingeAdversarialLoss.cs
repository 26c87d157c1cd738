namespace DeepLearning;

/// <summary>
/// The game with a margin: L_D = E max(0, 1 − D(x)) + E max(0, 1 + D(G(z))); L_G = −E D(G(z)). D learns only from samples it does not yet
/// score above 1 (real) or below −1 (made).
/// <para>Throws as <see cref="AdversarialLoss"/> says.</para>
/// <para>
/// Source: Lim and Ye, "Geometric GAN", 2017; Miyato et al., "Spectral normalization for generative adversarial networks", 2018.
/// </para>
/// </summary>
/// <example><code>
/// var loss = new HingeAdversarialLoss();
/// Tensor real = Tensor.From([1.2, 0.4], 2, 1), fake = Tensor.From([-0.3, 0.8], 2, 1);      // a discriminator's scores
/// Console.WriteLine($"{loss.Discriminator(real, fake)} {loss.Generator(fake)}");
/// </code></example>
public sealed class HingeAdversarialLoss : AdversarialLoss
{
    private protected override Tensor OfDiscriminator(Tensor real, Tensor fake) => (1 - real).Relu().Mean() + (1 + fake).Relu().Mean();

    private protected override Tensor OfGenerator(Tensor fake) => -fake.Mean();
}
