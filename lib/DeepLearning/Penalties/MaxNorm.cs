using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A limit rather than a penalty: after each step, every neuron's incoming weights w (a row of W [out, in], a filter of [out, in, …]) of
/// length above c are shortened to it, w ← w·c/|w|. Weights below are left alone, so large learning rates are safe without a pull to 0.
/// <para>A parameter with one axis, such as a bias by choice, counts as a row for each number.</para>
/// <para>Source: Srivastava et al., "Dropout", 2014, section 5.1, where c is 3 to 4.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Penalties = [new MaxNorm(3)] };
/// </code></example>
public sealed class MaxNorm : Penalty
{
    private readonly double _limit;

    /// <param name="limit">c &gt; 0; 3 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is not above 0.</exception>
    public MaxNorm(double limit = 3) => _limit = ArgumentCheck.AboveZero(limit, nameof(limit), nameof(MaxNorm));

    /// <inheritdoc/>
    protected override Tensor Corrected(Tensor w, double rate)
    {
        Tensor rows = w.Rank < 2 ? w.Reshape(w.Count, 1) : w.Flatten();
        Tensor length = rows.Square().Sum(1, keepAxes: true).Sqrt();
        Tensor scale = Tensor.Where(length > _limit, _limit / length, Tensor.Full(1, Shape.Scalar, w.Device));
        return (rows * scale).Reshape(w.Shape);
    }

    /// <summary>Such as <c>MaxNorm(3)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MaxNorm({_limit})");
}
