namespace DeepLearning;

/// <summary>
/// Tells positions apart by adding waves of many lengths; attention alone does not know the order of a sequence.
/// y_t = x_t + p_t with p_t,2i = sin(t/10000^(2i/D)) and p_t,2i+1 = cos(t/10000^(2i/D)), so that p_(t+k) is a rotation of p_t.
/// <para>Shapes: x: [N, T, D] → the same, any T; no parameters.</para>
/// <para>Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.5.</para>
/// </summary>
/// <param name="features">D; ≥ 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There is no feature.</exception>
/// <example><code>
/// var layer = new PositionalEncoding(16);
/// Tensor x = Tensor.Zeros(4, 10, 16);
/// Tensor y = layer.Forward(x);            // [4, 10, 16]; sines and cosines, the same in all four samples
/// </code></example>
public sealed class PositionalEncoding(int features) : Layer
{
    private readonly int _features = features >= 1
        ? features
        : throw new ArgumentOutOfRangeException(nameof(features), features,
            $"PositionalEncoding needs 1 or more features, got {features}.");

    private Tensor? _last;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x is not a sequence of D features.</exception>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank != 3 || x.Shape[2] != _features)
            throw new ArgumentException($"{this} got input {x.Shape}; expected [N, T, {_features}].");
        if (_last is null || _last.Shape[0] != x.Shape[1] || _last.Device != x.Device)
        {
            using IDisposable _ = Device.Use(x.Device);
            _last = Table(x.Shape[1], _features).Keep();
        }
        return x + _last;
    }

    /// <summary>p_0 … p_(length − 1): [length, features].</summary>
    /// <exception cref="ArgumentException">The length is negative, or there is no feature.</exception>
    public static Tensor Table(int length, int features)
    {
        if (length < 0 || features < 1)
            throw new ArgumentException(
                $"A table of positions needs 0 or more positions and 1 or more features, got {length} and {features}.");
        double[] values = new double[new Shape(length, features).Count];
        for (int t = 0; t < length; t++)
        for (int j = 0; j < features; j++)
        {
            double angle = t / Math.Pow(10000, (double)(j / 2 * 2) / features);
            values[t * features + j] = j % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }
        return Tensor.From(values, length, features);
    }

    /// <inheritdoc/>
    public override string ToString() => $"PositionalEncoding({_features})";
}
