namespace DeepLearning;

/// <summary>
/// The game with a critic, whose scores say how far the made distribution is from the real one rather than which sample is which:
/// L_D = E D(G(z)) − E D(x); L_G = −E D(G(z)). −L_D estimates the earth mover's distance as long as the critic is 1-Lipschitz (its slope in
/// a sample at most 1), which <see cref="GradientPenalty"/> sees to.
/// <para>Throws as <see cref="AdversarialLoss"/> says.</para>
/// <para>Source: Arjovsky, Chintala and Bottou, "Wasserstein GAN", 2017.</para>
/// </summary>
/// <example><code>
/// var critic = new Sequential(new Dense(2, 8, new Generator(1)), new Relu(), new Dense(8, 1, new Generator(2)));
/// Tensor real = Tensor.Normal(new Generator(3), 3, 1, 16, 2), fake = Tensor.Normal(new Generator(4), 0, 1, 16, 2);
/// var (loss, penalty) = (new WassersteinLoss(), new GradientPenalty(10));
/// (loss.Discriminator(critic.Forward(real), critic.Forward(fake)) + penalty.Forward(critic.Forward, real, fake,
///     new Generator(5))).Backward();
/// </code></example>
public sealed class WassersteinLoss : AdversarialLoss
{
    private protected override Tensor OfDiscriminator(Tensor real, Tensor fake) => fake.Mean() - real.Mean();

    private protected override Tensor OfGenerator(Tensor fake) => -fake.Mean();
}
