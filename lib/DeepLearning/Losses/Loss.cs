namespace DeepLearning;

/// <summary>
/// Measures how far predictions are from targets. A loss is a set of terms, one for each number or one for each sample (each loss says
/// which), and their mean or sum.
/// </summary>
/// <remarks>
/// In the graph of operations a loss is one step, named after its class and with the loss itself as
/// <see cref="Operation{TState}.State"/>. The target is data: a loss is differentiated with respect to the prediction only.
/// <para>
/// What targets and probabilities must be (labels in range, numbers in [0, 1]) is checked on every call by a few vectorized reductions; a
/// NaN in a prediction is let through, so that a diverging training shows itself as a NaN loss.
/// </para>
/// </remarks>
/// <example><code>
/// Tensor value = new LogCosh().Forward(Tensor.From([0.5, -1.0]), Tensor.From([0.0, 1]));
///
/// sealed class LogCosh() : Loss(Reduction.Mean)
/// {
///     protected override (Tensor Terms, Func&lt;Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
///     {
///         Tensor error = (prediction - target).Abs();
///         return (error + (-2 * error).Softplus() - Math.Log(2), weight => (prediction - target).Tanh() * weight);
///     }
/// }
/// </code></example>
public abstract class Loss
{
    /// <summary>The smallest probability whose logarithm is taken, 10⁻⁷: no term exceeds t·16.1, and no slope t·10⁷.</summary>
    protected internal const double SmallestProbability = 1e-7;

    /// <param name="reduction">How the terms become the value.</param>
    protected Loss(Reduction reduction) => Reduction = reduction;

    /// <summary>How the terms become the value.</summary>
    public Reduction Reduction { get; }

    /// <summary>Its name in messages and in the graph.</summary>
    public string Name => GetType().Name;

    /// <summary>Computes the loss: a single number, or its terms with <see cref="Reduction.None"/>.</summary>
    /// <param name="prediction">The model's output; see each loss for the shape.</param>
    /// <param name="target">What is true; a constant. It is brought to the prediction's device.</param>
    /// <exception cref="ArgumentNullException">The prediction or the target is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit, the batch is empty, or the target asks for a gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target or a probability is not what it may be.</exception>
    public Tensor Forward(Tensor prediction, Tensor target) => Forward(prediction, target, out _);

    /// <summary>The same, and the sum of the weights that a mean was divided by: how much this batch counts beside others.</summary>
    internal Tensor Forward(Tensor prediction, Tensor target, out double weights)
    {
        Check(prediction, target);
        (prediction, target) = Arranged(prediction, target.To(prediction.Device));
        Tensor value;
        Shape terms;
        Func<Tensor, Tensor> gradient;
        double divisor;
        using (Tensor.NoGradient())
        {
            (Tensor all, gradient) = Evaluate(prediction, target);
            terms = all.Shape;
            divisor = Reduction == Reduction.Mean ? SumOfWeights(target, terms.Count) : 1;
            value = Reduction == Reduction.None ? all : all.Mean(divisor);
        }
        weights = divisor;
        return Tensor.Record(Name, value, this, (operation, g) =>
        {
            Tensor weight = Reduction switch
            {
                Reduction.Mean => g.IsOne ? Tensor.Constant(1 / divisor, g) : g / divisor,
                Reduction.Sum => g,
                _ => g.Reshape(new Shape([.. terms.Dims, .. Enumerable.Repeat(1, prediction.Rank - terms.Rank)])),
            };
            operation.Send(0, gradient(weight));
        }, prediction, target);
    }

    /// <summary>Computes the terms, and says how to go back: from weight = ∂value/∂term to ∂value/∂prediction.</summary>
    /// <param name="prediction">Checked by <see cref="CheckShapes"/>.</param>
    /// <param name="target">The same.</param>
    /// <returns>
    /// The terms, [N] or of the prediction's shape; and a function, written with tensor operations, of a weight that broadcasts to that
    /// shape.
    /// </returns>
    protected abstract (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target);

    /// <summary>
    /// What the mean divides by: how many terms there are, unless a loss weighs them. Training and evaluation weigh batches by it, so that
    /// their means do not depend on the size of a batch.
    /// </summary>
    /// <param name="target">The target, checked.</param>
    /// <param name="terms">How many terms there are.</param>
    /// <exception cref="ArgumentException">Nothing in the target counts, so there is no mean.</exception>
    protected virtual double SumOfWeights(Tensor target, int terms) => terms;

    /// <summary>
    /// Whether nothing in the target counts, so that there is nothing to learn from it: training passes such a batch over.
    /// </summary>
    /// <param name="target">The target of a batch.</param>
    protected virtual bool CountsNothing(Tensor target) => false;

    internal bool PassesOver(Tensor target) => CountsNothing(target);

    // Prediction and target with their axes in the order that Evaluate takes.
    private protected virtual (Tensor Prediction, Tensor Target) Arranged(Tensor prediction, Tensor target) => (prediction, target);

    /// <summary>Throws if the shapes do not fit; they must be equal unless a loss says otherwise.</summary>
    protected virtual void CheckShapes(Shape prediction, Shape target)
    {
        if (!target.Equals(prediction))
            throw new ArgumentException($"{Name} needs a target of the prediction's shape {prediction}, got {target}; Reshape one " +
                "of them.");
    }

    private void Check(Tensor prediction, Tensor target)
    {
        ArgumentCheck.NotNull(prediction);
        ArgumentCheck.NotNull(target);
        CheckShapes(prediction.Shape, target.Shape);
        if (prediction.Count == 0)
            throw new ArgumentException($"{Name} got an empty batch, {prediction.Shape}; it needs at least one sample.");
        if (Tensor.IsRecording && target.RequiresGradient)
            throw new ArgumentException($"{Name} takes its target as constant, but this one {target.Shape} needs a gradient; pass " +
                "target.Detach().");
    }

    /// <summary>Throws if a target is outside [0, 1].</summary>
    private protected void CheckTargets(Tensor target)
    {
        (float low, float high) = Extent(target);
        if (!(low >= 0 && high <= 1))
            throw new ArgumentOutOfRangeException(nameof(target), $"{Name} needs targets from 0 to 1, got {low} … {high}.");
    }

    /// <summary>Throws if a probability is outside [0, 1].</summary>
    private protected void CheckProbabilities(Tensor prediction)
    {
        (float low, float high) = Extent(prediction);
        if (low < 0 || high > 1)
            throw new ArgumentOutOfRangeException(nameof(prediction),
                $"{Name} needs probabilities from 0 to 1, got {low} … {high}; if these are logits, say fromLogits: true.");
    }

    private protected static (float Low, float High) Extent(Tensor x) => (x.Min().Item(), x.Max().Item());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
