namespace DeepLearning;

/// <summary>
/// How much larger the weights before an activation should be than before a linear node, so that signals keep their size through many
/// layers. The values are PyTorch's (<c>torch.nn.init.calculate_gain</c>).
/// </summary>
/// <example><code>
/// Initializer weights = Init.XavierUniform(gain: Gain.Tanh);
/// var layer = new Dense(8, 4, new Generator(1), weights);         // behind it: new Tanh()
/// </code></example>
public static class Gain
{
    /// <summary>1, for no activation.</summary>
    public const double Linear = 1;

    /// <summary>1, for the sigmoid.</summary>
    public const double Sigmoid = 1;

    /// <summary>5/3, for tanh: a rule of thumb.</summary>
    public const double Tanh = 5.0 / 3;

    /// <summary>√2, for ReLU, which lets half the variance through. Source: He et al., 2015.</summary>
    public static double Relu { get; } = Math.Sqrt(2);

    /// <summary>√(2 / (1 + a²)), for leaky and parametric ReLU. Source: He et al., 2015, equation 15.</summary>
    /// <param name="negativeSlope">a, the slope below zero; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not a finite number.</exception>
    public static double LeakyRelu(double negativeSlope)
    {
        LayerArguments.Finite(negativeSlope, nameof(negativeSlope), "A leaky ReLU");
        return Math.Sqrt(2 / (1 + negativeSlope * negativeSlope));
    }

    /// <summary>A gain given to an initializer: a finite number ≥ 0.</summary>
    internal static double Checked(double gain, string initializer) => gain >= 0 && double.IsFinite(gain)
        ? gain
        : throw new ArgumentOutOfRangeException(nameof(gain), gain,
            $"{initializer} needs a finite gain of 0 or more, got {gain}; see Gain.");
}
