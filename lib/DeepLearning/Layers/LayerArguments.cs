namespace DeepLearning;

/// <summary>What layers ask of their settings and inputs; each error says what was expected, what came and what to do.</summary>
internal static class LayerArguments
{
    public static Tensor Given(Tensor? tensor, string name, object layer, string shape) =>
        tensor ?? throw new ArgumentNullException(name, $"{layer} got null for {name}; pass a tensor {shape}.");

    public static Layer Given(Layer? layer, string outer) =>
        layer ?? throw new ArgumentNullException(nameof(layer), $"{outer} wraps a layer and got null; pass one, such as new Relu().");

    public static int AtLeastOne(int value, string name, string layer) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{layer} needs 1 or more {name}, got {value}.");

    /// <summary>ε &gt; 0.</summary>
    public static double Epsilon(double epsilon, string layer) => epsilon > 0 && double.IsFinite(epsilon)
        ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon,
            $"{layer} needs a finite epsilon above 0, got {epsilon}; 1e-5 is usual.");

    /// <summary>The share that dropout drops, 0 ≤ p &lt; 1.</summary>
    public static double Rate(double rate, string layer) => rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, $"{layer} needs a dropout rate from 0 to below 1, got {rate}.");

    public static double Finite(double value, string name, string layer) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{layer} needs a finite {name}, got {value}.");
}
