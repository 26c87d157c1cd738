namespace DeepLearning;

/// <summary>
/// The game with squared distances to the scores 1 for real and 0 for made: L_D = ½E(D(x) − 1)² + ½E D(G(z))²; L_G = ½E(D(G(z)) − 1)². The
/// slope grows with the distance, so samples far on the right side of the boundary are still drawn to it.
/// <para>Throws as <see cref="AdversarialLoss"/> says.</para>
/// <para>Source: Mao et al., "Least squares generative adversarial networks", 2017 (a = 0, b = c = 1).</para>
/// </summary>
/// <example><code>
/// var loss = new LeastSquaresLoss();
/// Tensor real = Tensor.From([1.2, 0.4], 2, 1), fake = Tensor.From([-0.3, 0.8], 2, 1);      // a discriminator's scores
/// Console.WriteLine($"{loss.Discriminator(real, fake)} {loss.Generator(fake)}");
/// </code></example>
public sealed class LeastSquaresLoss : AdversarialLoss
{
    private protected override Tensor OfDiscriminator(Tensor real, Tensor fake) =>
        0.5 * ((real - 1).Square().Mean() + fake.Square().Mean());

    private protected override Tensor OfGenerator(Tensor fake) => 0.5 * (fake - 1).Square().Mean();
}
