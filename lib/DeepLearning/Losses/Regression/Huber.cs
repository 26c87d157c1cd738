using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Quadratic for small errors, linear for large ones: smooth at the target as <see cref="MeanSquaredError"/>, patient with outliers as
/// <see cref="MeanAbsoluteError"/>. With e = y − t, a term is
/// ½e² where |e| ≤ δ, else δ(|e| − ½δ); its derivative is e limited to [−δ, δ].
/// <para>Shapes: prediction y and target t of any one shape; a term for each number.</para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>Source: Huber 1964; S1 "Huber loss", which asks the reader to find out what it is.</para>
/// </summary>
/// <example><code>
/// var loss = new Huber(delta: 0.5);
/// Tensor prediction = Tensor.From([0.7, 1.8, 0.2, 0.4], 2, 2), target = Tensor.From([1.0, 2, 0, 0], 2, 2);
/// Console.WriteLine(loss.Forward(prediction, target));
/// </code></example>
public sealed class Huber : Loss
{
    /// <param name="delta">δ, the error at which the line begins; &gt; 0, 1 by default.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not a positive number.</exception>
    public Huber(double delta = 1, Reduction reduction = Reduction.Mean) : base(reduction) =>
        Delta = ArgumentCheck.AboveZero(delta, nameof(delta), nameof(Huber));

    /// <summary>δ.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        Tensor size = (prediction - target).Abs(), limited = size.Clamp(0, Delta);
        return (limited * (size - 0.5 * limited), weight => (prediction - target).Clamp(-Delta, Delta) * weight);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Huber({Delta})");
}
