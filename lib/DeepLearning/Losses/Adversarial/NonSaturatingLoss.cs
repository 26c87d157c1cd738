namespace DeepLearning;

/// <summary>
/// The game with a generator that makes "real" likely rather than "made" unlikely: L_D as <see cref="MinimaxLoss"/>'s,
/// E ln(1 + e^(−D(x))) + E ln(1 + e^(D(G(z)))); L_G = E ln(1 + e^(−D(G(z)))) = −E ln σ(D(G(z))), whose slope −σ(−D(G(z))) is largest where
/// D is sure that a sample is made. Computed from scores, so exact for every score.
/// <para>Throws as <see cref="AdversarialLoss"/> says.</para>
/// <para>Source: Goodfellow et al., "Generative adversarial nets", 2014, section 3.</para>
/// </summary>
/// <example><code>
/// var loss = new NonSaturatingLoss();
/// Tensor real = Tensor.From([1.2, 0.4], 2, 1), fake = Tensor.From([-0.3, 0.8], 2, 1);      // a discriminator's scores
/// Console.WriteLine($"{loss.Discriminator(real, fake)} {loss.Generator(fake)}");
/// </code></example>
public sealed class NonSaturatingLoss : AdversarialLoss
{
    private protected override Tensor OfDiscriminator(Tensor real, Tensor fake) => (-real).Softplus().Mean() + fake.Softplus().Mean();

    private protected override Tensor OfGenerator(Tensor fake) => (-fake).Softplus().Mean();
}
