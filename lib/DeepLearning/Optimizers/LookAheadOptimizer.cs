using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// An optimizer whose gradient belongs to the point w + μv, where momentum alone would lead. There are two ways to use it; they make
/// the same steps.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Step(Func{Tensor})"/> does what the notes write: it goes to w + μv, takes the gradient there, comes back, and steps from w.
/// </para>
/// <para>
/// <see cref="Optimizer.Step()"/> is the usual loop, in which the gradient is taken wherever the parameters are. So here the parameters
/// hold the look-ahead point θ = w + μv itself, and the step moves θ: after every step θ is the notes' w + μv, exactly, whatever η
/// does meanwhile.
/// </para>
/// <para>The first is for seeing the method, the second for training. One optimizer is used in one of the two ways throughout.</para>
/// </remarks>
public abstract class LookAheadOptimizer : Optimizer
{
    private bool? _exact;

    private protected LookAheadOptimizer(IEnumerable<Parameter> parameters, double learningRate, double momentum, double weightDecay,
        params IEnumerable<string> memory)
        : base(parameters, learningRate, weightDecay, memory) => Momentum = BelowOne(momentum, nameof(momentum));

    /// <summary>μ</summary>
    public double Momentum { get; }

    private protected double Ahead => _exact == true ? 0 : Momentum;

    /// <summary>A step as the notes write it: the loss is computed with every parameter at w + μv, then all move from w.</summary>
    /// <inheritdoc/>
    public override Tensor Step(Func<Tensor> loss)
    {
        Begin(exact: true);
        ClearGradients();
        Tensor[] here = [.. Parameters.Select(p => p.Clone())];
        Tensor value;
        try
        {
            using (Tensor.NoGradient())
            {
                foreach (Parameter p in Parameters.Where(p => !p.IsFrozen)) p.Assign(p + Momentum * State(p)["v"]);
            }
            value = loss();
            value.Backward();
            AddDecay();
        }
        finally
        {
            foreach ((Parameter p, Tensor w) in Parameters.Zip(here)) p.Assign(w);
        }
        Advance();
        return value;
    }

    private protected override void Begin(bool exact)
    {
        _exact ??= exact;
        if (_exact != exact)
            throw new InvalidOperationException(
                $"This {GetType().Name} has made steps with Step({(exact ? "" : "loss")}), where its parameters mean " +
                    "another point; keep to one of the two ways, or make a new optimizer.");
    }

    // The penalty's gradient, too, belongs to the look-ahead point.
    private void AddDecay()
    {
        using Tensor.RecordingSwitch _ = Tensor.NoGradient();
        foreach (Parameter p in Parameters.Where(p => p.Gradient is not null && DecayOf(p) != 0))
            p.Gradient!.Assign(p.Gradient + DecayOf(p) * p);
    }

    private protected override double DecayInGradient(ParameterState p) => _exact == true ? 0 : p.WeightDecay;
}
