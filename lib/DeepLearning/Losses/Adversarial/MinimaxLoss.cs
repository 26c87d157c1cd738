namespace DeepLearning;

/// <summary>
/// The game as first written: D makes E ln σ(D(x)) + E ln(1 − σ(D(G(z)))) large and G makes it small. Here as losses:
/// L_D = E ln(1 + e^(−D(x))) + E ln(1 + e^(D(G(z)))); L_G = −E ln(1 + e^(D(G(z)))), computed from scores, so exact for every score.
/// <para>
/// Where D is sure that a sample is made, L_G has slope −σ(D(G(z))) ≈ 0 and G learns nothing: <see cref="NonSaturatingLoss"/> is its cure.
/// </para>
/// <para>Throws as <see cref="AdversarialLoss"/> says.</para>
/// <para>Source: Goodfellow et al., "Generative adversarial nets", 2014; S1 "Generative adversarial networks".</para>
/// </summary>
/// <example><code>
/// var loss = new MinimaxLoss();
/// Tensor real = Tensor.From([1.2, 0.4], 2, 1), fake = Tensor.From([-0.3, 0.8], 2, 1);      // a discriminator's scores
/// Console.WriteLine($"{loss.Discriminator(real, fake)} {loss.Generator(fake)}");
/// </code></example>
public sealed class MinimaxLoss : AdversarialLoss
{
    private protected override Tensor OfDiscriminator(Tensor real, Tensor fake) => (-real).Softplus().Mean() + fake.Softplus().Mean();

    private protected override Tensor OfGenerator(Tensor fake) => -fake.Softplus().Mean();
}
