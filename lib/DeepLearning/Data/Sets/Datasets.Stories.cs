namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>Elephants and dogs by height and weight: linearly separable, but with features whose sizes differ a thousandfold.</summary>
    /// <remarks>
    /// Elephants (class 0): height h ~ U(1.2, 3.2) m, weight 175·h³·e^(noise·n) kg, n ~ N(0, 1); dogs (class 1): h ~ U(0.25, 0.8) m, weight
    /// 140·h³·e^(noise·n) kg. The classes alternate; a height between 0.8 and 1.2 m divides them. x: [count, 2], y: [count];
    /// with <see cref="Dataset.OneHot"/> y: [count, 2], elephant (1, 0) and dog (0, 1). Source: S1, elephant against dog.
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Relative spread of weight at equal height, ≥ 0.</param>
    public static Dataset ElephantDog(int count, Generator generator, double noise = 0.15)
    {
        CheckNoise(noise, generator);
        return Plane("elephant or dog", "Shoulder height and weight of elephants and dogs.", count, ["elephant", "dog"], i =>
        {
            bool elephant = i % 2 == 0;
            double height = elephant ? generator.Uniform(1.2, 3.2) : generator.Uniform(0.25, 0.8);
            double weight = (elephant ? 175 : 140) * Math.Pow(height, 3) * Math.Exp(noise * generator.Normal());
            return (height, weight, i % 2);
        }, ["height (m)", "weight (kg)"]);
    }

    /// <summary>Who passes a class, by lectures attended and hours spent on the project.</summary>
    /// <remarks>
    /// x₁: a whole number from 0 to 10, each equally likely; x₂ ~ U(0, 10) hours; y = 1 (pass) if x₁ + x₂ + noise·n &gt; 8, n ~ N(0, 1),
    /// else 0. Without noise 37/55 = 67 % pass. x: [count, 2], y: [count]. Source: S4, "Will I pass this class?"; rule and numbers are
    /// ours.
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Luck: the standard deviation added to the sum, ≥ 0; above 0 no line divides the classes exactly.</param>
    public static Dataset WillIPass(int count, Generator generator, double noise = 1)
    {
        CheckNoise(noise, generator);
        const string Description = "Lectures attended and project hours of students, and whether they passed.";
        return Plane("will I pass", Description, count, ["fail", "pass"], _ =>
        {
            double lectures = generator.Integer(11), hours = generator.Uniform(0, 10);
            return (lectures, hours, lectures + hours + noise * generator.Normal() > 8 ? 1 : 0);
        }, ["lectures attended", "project hours"]);
    }

    /// <summary>One period of a sine with noise: the usual regression for fitting too little and too much.</summary>
    /// <remarks>x ~ U(0, 1), y = sin 2πx + noise·n, n ~ N(0, 1). x: [count, 1], y: [count, 1].</remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Standard deviation of the noise, ≥ 0: the error no model can avoid is its square.</param>
    public static Dataset NoisySine(int count, Generator generator, double noise = 0.2)
    {
        CheckCount(count, 1);
        CheckNoise(noise, generator);
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = generator.Uniform();
            y[i] = Math.Sin(2 * Math.PI * x[i]) + noise * generator.Normal();
        }
        return new(Tensor.From(x, count, 1), Tensor.From(y, count, 1), features: ["x"])
        {
            Name = "noisy sine",
            Description = "One period of a sine with noise.",
            Source = Synthetic,
        };
    }
}
