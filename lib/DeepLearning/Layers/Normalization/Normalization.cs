namespace DeepLearning;

/// <summary>
/// What normalization layers share: numbers get a usual size, then the layer learns the size it wants, y = γ·x̂ + β; ε keeps x̂ finite
/// where numbers do not differ.
/// </summary>
public abstract class Normalization : Layer
{
    /// <param name="affine">The shape of γ and β, or null for neither.</param>
    /// <param name="epsilon">ε &gt; 0.</param>
    /// <param name="shift">Whether there is a β beside γ.</param>
    private protected Normalization(Shape? affine, double epsilon, bool shift = true)
    {
        Epsilon = LayerArguments.Epsilon(epsilon, GetType().Name);
        if (affine is null) return;
        Weight = new Parameter("weight", Tensor.Ones(affine.Dims), isWeight: false);
        if (shift) Bias = new Parameter("bias", Tensor.Zeros(affine.Dims), isWeight: false);
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, ones at first; null without affine.</summary>
    public Parameter? Weight { get; }

    /// <summary>β, zeros at first; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Weight is null ? [] : Bias is null ? [Weight] : [Weight, Bias];

    /// <summary>The last axes, which a layer normalizes together.</summary>
    private protected static Shape SomeFeatures(Shape? features, string layer) => features is { Rank: > 0, Count: > 0 }
        ? features
        : throw new ArgumentException(
            $"{layer} needs 1 or more features, got {features?.ToString() ?? "null"}; pass how long the last axis of x is.");

    private protected void CheckFeatures(Tensor x, Shape features)
    {
        if (x.Rank < features.Rank || !x.Shape.Dims[^features.Rank..].SequenceEqual(features.Dims))
            throw new ArgumentException($"{this} got input {x.Shape}; expected […, {string.Join(", ", features.Dims.ToArray())}].");
    }

    /// <summary>A setting that counts something, such as channels.</summary>
    private protected static Shape Counted(int count, string name, string layer) => new(LayerArguments.AtLeastOne(count, name, layer));
}
