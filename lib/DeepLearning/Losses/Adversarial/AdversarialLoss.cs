namespace DeepLearning;

/// <summary>
/// The two losses of a generative adversarial network, in which a generator G makes samples and a discriminator D tells them from real
/// ones. Both are computed from D's scores, numbers before any sigmoid, and each player makes its own small.
/// <para>
/// Shapes: scores of any shape, usually [N, 1]; a term for each score, and the mean over them. Real and fake batches may differ in size.
/// </para>
/// </summary>
/// <example><code>
/// var generator = new Sequential(new Dense(2, 8, new Generator(1)), new Relu(), new Dense(8, 2, new Generator(2)));
/// var critic = new Sequential(new Dense(2, 8, new Generator(3)), new Relu(), new Dense(8, 1, new Generator(4)));
/// Tensor real = Tensor.Normal(new Generator(5), 3, 1, 16, 2), noise = Tensor.Normal(new Generator(6), 0, 1, 16, 2);
/// AdversarialLoss loss = new NonSaturatingLoss();
/// Tensor fake = generator.Forward(noise);
/// loss.Discriminator(critic.Forward(real), critic.Forward(fake.Detach())).Backward();   // then a step of the discriminator's optimizer
/// // then one of the generator's, after clearing gradients
/// loss.Generator(critic.Forward(fake)).Backward();
/// </code></example>
public abstract class AdversarialLoss
{
    /// <summary>Its name in messages.</summary>
    public string Name => GetType().Name;

    /// <summary>What the discriminator makes small.</summary>
    /// <param name="real">Its scores of real samples.</param>
    /// <param name="fake">
    /// Its scores of made ones; compute them from <c>fake.Detach()</c>, since the generator does not learn from this.
    /// </param>
    /// <returns>A single number.</returns>
    /// <exception cref="ArgumentException">A batch is empty.</exception>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        Check(real, "real");
        Check(fake, "fake");
        return OfDiscriminator(real, fake);
    }

    /// <summary>What the generator makes small.</summary>
    /// <param name="fake">The discriminator's scores of made samples, with the graph that leads to the generator.</param>
    /// <returns>A single number.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    public Tensor Generator(Tensor fake)
    {
        Check(fake, "fake");
        return OfGenerator(fake);
    }

    private protected abstract Tensor OfDiscriminator(Tensor real, Tensor fake);

    private protected abstract Tensor OfGenerator(Tensor fake);

    private void Check(Tensor scores, string which)
    {
        ArgumentCheck.NotNull(scores, which);
        if (scores.Count == 0) throw new ArgumentException($"{Name} got no {which} scores, {scores.Shape}; it needs at least one.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
