namespace DeepLearning;

/// <summary>
/// Something that keeps weights small beside the loss: an amount added to it, whose gradient is added to the weights', or a correction
/// after each step. Weights are penalized, biases and frozen parameters are not.
/// </summary>
/// <remarks>
/// Biases are left out because they do not multiply an input: a large one makes a neuron's output large but not steep, and costs little
/// variance, while a small one would keep the neuron from being where the data are.
/// <para>
/// <see cref="Trainer.Penalties"/> does all of it, with the loss in its history that of the data alone. In a loop written by hand there are
/// two ways:
/// </para>
/// </remarks>
/// <example><code>
/// var (model, penalty) = (new Dense(4, 3, new Generator(1)), new L1Penalty(0.001));
/// var optimizer = new Sgd(model.Parameters);
/// Tensor x = Tensor.Normal(new Generator(2), 0, 1, 8, 4), y = Tensor.Zeros(8, 3);
/// Tensor loss = new MeanSquaredError().Forward(model.Forward(x), y);
/// (loss + penalty.Value(model.Parameters)).Backward();     // as a formula, which Explain and plots see
/// optimizer.Step();
/// penalty.AfterStep(optimizer);                            // only for those that correct: MaxNorm, and L1Penalty if proximal
///
/// model.ClearGradients();
/// new MeanSquaredError().Forward(model.Forward(x), y).Backward();
/// penalty.AddGradients(model.Parameters);                  // the same without a graph, as Trainer does it
/// optimizer.Step();
/// penalty.AfterStep(optimizer);
/// </code></example>
public abstract class Penalty
{
    /// <summary>Whether biases are penalized too; false.</summary>
    public bool Biases { get; init; }

    /// <summary>Ω, what is added to the loss, as a single number that can be differentiated; 0 for one that only corrects.</summary>
    /// <exception cref="ArgumentException">There is no parameter at all.</exception>
    public Tensor Value(IEnumerable<Parameter> parameters)
    {
        ArgumentCheck.NotNull(parameters);
        Parameter[] all = [.. parameters];
        if (all.Length == 0)
            throw new ArgumentException($"{GetType().Name} got no parameters; pass model.Parameters of a model that has some.");
        Tensor sum = Tensor.Full(0, Shape.Scalar, all[0].Device);
        foreach (Parameter p in Penalized(all))
        {
            if (ValueOf(p) is { } value) sum += value;
        }
        return sum;
    }

    /// <summary>Adds ∂Ω/∂w to the gradient of every parameter that has one; between the backward pass and the step.</summary>
    public void AddGradients(IEnumerable<Parameter> parameters)
    {
        ArgumentCheck.NotNull(parameters);
        using TensorScope scope = Tensor.Scope();
        using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
        foreach (Parameter p in Penalized(parameters))
        {
            if (p.Gradient is { } gradient && GradientOf(p) is { } added) gradient.Assign(gradient + added);
        }
    }

    /// <summary>Corrects the optimizer's parameters after its step, those that have a gradient and so were changed.</summary>
    public void AfterStep(Optimizer optimizer)
    {
        ArgumentCheck.NotNull(optimizer);
        using TensorScope scope = Tensor.Scope();
        using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
        foreach (Parameter p in Penalized(optimizer.Parameters))
        {
            if (p.Gradient is not null && Corrected(p, optimizer.RateOf(p)) is { } corrected) p.Assign(corrected);
        }
    }

    /// <summary>One parameter's share of Ω; null if there is none.</summary>
    protected virtual Tensor? ValueOf(Tensor w) => null;

    /// <summary>Its gradient, computed without recording; null if there is none.</summary>
    protected virtual Tensor? GradientOf(Tensor w) => null;

    /// <summary>What w becomes after a step with the learning rate η; null if it stays.</summary>
    protected virtual Tensor? Corrected(Tensor w, double rate) => null;

    private IEnumerable<Parameter> Penalized(IEnumerable<Parameter> parameters) =>
        parameters.Distinct().Where(p => !p.IsFrozen && (p.IsWeight || Biases));
}
