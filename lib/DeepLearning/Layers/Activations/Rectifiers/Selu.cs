namespace DeepLearning;

/// <summary>
/// An <see cref="Elu"/> whose two constants are chosen so that numbers of mean 0 and variance 1 keep both from layer to layer, without
/// normalization: for deep networks of dense layers, with weights from N(0, 1/n_in).
/// f(x) = λx for x &gt; 0, else λα(eˣ − 1), with λ ≈ 1.0507 and α ≈ 1.6733; f′(x) = λ for x &gt; 0, else λα·eˣ.
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Klambauer et al. 2017, "Self-Normalizing Neural Networks"; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Selu().Forward(x);       // [3]: −1.111, 0, 2.101
/// </code></example>
public sealed class Selu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Selu();

    /// <inheritdoc/>
    public override string ToString() => "Selu()";
}
