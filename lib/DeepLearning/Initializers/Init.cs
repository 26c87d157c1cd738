namespace DeepLearning;

/// <summary>All initializers by name; those without options are properties.</summary>
/// <example><code>
/// var layer = new Dense(8, 4, new Generator(1), weights: Init.HeNormal);
/// Init.Orthogonal().Fill(layer.Weight, new Generator(2));         // other numbers, [4, 8] as before
/// </code></example>
public static class Init
{
    /// <inheritdoc cref="ConstantInitializer"/>
    public static Initializer Zeros { get; } = new ConstantInitializer(0);

    /// <inheritdoc cref="ConstantInitializer"/>
    public static Initializer Ones { get; } = new ConstantInitializer(1);

    /// <inheritdoc cref="DeepLearning.XavierNormal"/>
    public static Initializer XavierNormal { get; } = new XavierNormal();

    /// <inheritdoc cref="DeepLearning.HeUniform"/>
    public static Initializer HeUniform { get; } = new HeUniform();

    /// <inheritdoc cref="DeepLearning.HeNormal"/>
    public static Initializer HeNormal { get; } = new HeNormal();

    /// <inheritdoc cref="ConstantInitializer"/>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <inheritdoc cref="UniformInitializer"/>
    public static Initializer Uniform(double low, double high) => new UniformInitializer(low, high);

    /// <inheritdoc cref="NormalInitializer"/>
    public static Initializer Normal(double mean, double deviation) => new NormalInitializer(mean, deviation);

    /// <inheritdoc cref="DeepLearning.XavierUniform"/>
    public static Initializer XavierUniform(XavierFan fan = XavierFan.InOut, double gain = 1) => new XavierUniform(fan, gain);

    /// <inheritdoc cref="DeepLearning.Orthogonal"/>
    public static Initializer Orthogonal(double gain = 1) => new Orthogonal(gain);
}
