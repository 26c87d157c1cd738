using System.Runtime.InteropServices;
using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Changes parameters so that a loss becomes smaller, using its gradient g = ∂L/∂w. Each optimizer is a formula for the next w, written in
/// its <see cref="Update"/>: η the learning rate, μ momentum, ρ, β₁, β₂ the shares of running means that are kept, ε a small number against
/// division by zero, v = Δw the last step, s a running mean of gradients, r one of squared gradients.
/// </summary>
/// <remarks>
/// The lecture notes write ρ₁, ρ₂ for β₁, β₂ and δ for ε; some of them write ε for the learning rate η.
/// <para>
/// For an optimizer of your own, derive from this class, name the memory it needs, and write the formula:
/// <code>
/// sealed class HeavyBall(IEnumerable&lt;Parameter&gt; parameters) : Optimizer(parameters, learningRate: 0.01, weightDecay: 0, "v")
/// {
///     protected override Tensor Update(Tensor w, Tensor g, ParameterState p) => w + (p["v"] = 0.9 * p["v"] - p.LearningRate * g);
/// }
/// </code>
/// </para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// Optimizer optimizer = new Adam(model.Parameters, learningRate: 0.001);
/// optimizer.ClearGradients();
/// Tensor loss = model.Forward(Tensor.Ones(2, 4)).Square().Mean();
/// loss.Backward();
/// optimizer.Step();
/// </code></example>
public abstract class Optimizer
{
    private readonly ParameterState[] _states;
    private readonly Dictionary<Parameter, ParameterState> _byParameter;
    private readonly List<UpdateArgs> _fused = [];
    private readonly Func<Tensor, Tensor, ParameterState, Tensor> _update;
    private Dictionary<Parameter, ParameterGroup>? _groups;
    private double _learningRate;

    /// <param name="parameters">What to change; looked through once, now.</param>
    /// <param name="learningRate">η ≥ 0.</param>
    /// <param name="weightDecay">λ ≥ 0.</param>
    /// <param name="memory">Names of what is remembered of each parameter, each of its shape and zero at first.</param>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate, double weightDecay, params IEnumerable<string> memory)
        : this(parameters, learningRate, weightDecay, _ => memory) { }

    private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate, double weightDecay,
        Func<Parameter, IEnumerable<string>> memory)
    {
        _update = Update;
        LearningRate = learningRate;
        WeightDecay = AtLeastZero(weightDecay, nameof(weightDecay));
        _states = [.. parameters.Distinct().Select(p => new ParameterState(p, memory(p)))];
        _byParameter = _states.ToDictionary(s => s.Parameter);
        if (_states.Length == 0)
            throw new ArgumentException($"{GetType().Name} got no parameters to change; pass model.Parameters of a model that has some.");
    }

    /// <summary>What it changes.</summary>
    public IEnumerable<Parameter> Parameters => _states.Select(s => s.Parameter);

    /// <summary>η ≥ 0, the learning rate; a <see cref="Schedule"/> sets it before each step.</summary>
    public double LearningRate { get => _learningRate; set => _learningRate = AtLeastZero(value, nameof(LearningRate)); }

    /// <summary>
    /// λ ≥ 0: g ← g + λw before anything else, the gradient of ½λ‖w‖² added to the loss (in S2, which prints the penalty without ½,
    /// of λ′‖w‖² with λ′ = λ/2). Weights decay, biases do not.
    /// </summary>
    public double WeightDecay { get; }

    /// <summary>Whether biases decay too.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>Parameters that are treated differently from the others, each in one group; empty at first.</summary>
    /// <exception cref="ArgumentException">A group has a parameter that is not the optimizer's, or that another group has.</exception>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get;
        init
        {
            Dictionary<Parameter, ParameterGroup> groups = [];
            foreach (ParameterGroup group in value)
            foreach (Parameter parameter in group.Parameters)
            {
                _ = State(parameter);
                if (!groups.TryAdd(parameter, group))
                    throw new ArgumentException(
                        $"The parameter '{parameter.Name}' {parameter.Shape} is in two groups; leave it out of one of them.");
            }
            (field, _groups) = (value, groups.Count == 0 ? null : groups);
        }
    } = [];

    /// <summary>How many steps were made.</summary>
    public int StepCount { get; private protected set; }

    /// <summary>Changes every parameter that has a gradient and is not frozen.</summary>
    public void Step()
    {
        Begin(exact: false);
        Advance();
    }

    /// <summary>Clears the gradients, computes the loss and its gradients, and makes a step.</summary>
    /// <param name="loss">Computes the loss from the parameters.</param>
    /// <returns>The loss, at the point where the gradient was taken.</returns>
    public virtual Tensor Step(Func<Tensor> loss)
    {
        ClearGradients();
        Tensor value = loss();
        value.Backward();
        Step();
        return value;
    }

    /// <summary>Forgets all gradients, before the next backward pass.</summary>
    public void ClearGradients()
    {
        foreach (ParameterState state in _states) state.Parameter.ClearGradient();
    }

    /// <summary>What is remembered of a parameter: <c>optimizer.State(w)["r"]</c>.</summary>
    /// <exception cref="ArgumentException">It is not one of the optimizer's.</exception>
    public ParameterState State(Parameter parameter) => _byParameter.TryGetValue(parameter, out ParameterState? state)
        ? state
        : throw new ArgumentException($"This optimizer does not change the parameter '{parameter.Name}' {parameter.Shape}.");

    /// <summary>
    /// All it remembers, to be saved beside the weights: tensors named <c>0.r</c> and so on by the parameter's number, and step counts.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> ExportState()
    {
        Dictionary<string, Tensor> all = new() { ["steps"] = Tensor.From([StepCount, .. _states.Select(s => s.Steps)]) };
        for (int i = 0; i < _states.Length; i++)
        foreach (string name in _states[i].Names)
            all[$"{i}.{name}"] = _states[i][name].Clone();
        foreach ((string name, Tensor tensor) in SharedState()) all[name] = tensor.Clone();
        return all;
    }

    /// <summary>Continues from what <see cref="ExportState"/> of the same kind of optimizer, for the same parameters, gave.</summary>
    /// <exception cref="ArgumentException">Something is missing, or has another shape; nothing is changed then.</exception>
    public void ImportState(IReadOnlyDictionary<string, Tensor> state)
    {
        int[] steps = [.. Find("steps", [_states.Length + 1]).ToDoubles().Select(n => (int)n)];
        (Tensor To, Tensor From)[] found =
            _states.SelectMany((s, i) => s.Names.Select(name => (To: s[name], From: Find($"{i}.{name}", s.Parameter.Shape)))).ToArray();
        ImportSharedState(state);
        foreach ((Tensor to, Tensor from) in found) to.Assign(from);
        StepCount = steps[0];
        for (int i = 0; i < _states.Length; i++) _states[i].Steps = steps[i + 1];

        Tensor Find(string name, Shape shape) => !state.TryGetValue(name, out Tensor? tensor)
            ? throw new ArgumentException(
                $"The saved state has no '{name}', which {GetType().Name} needs; was it saved by another optimizer?")
            : tensor.Shape.Equals(shape) ? tensor
            : throw new ArgumentException(
                $"The saved state has '{name}' of shape {tensor.Shape}, expected {shape}; was it saved for another model?");
    }

    /// <summary>What is remembered of all parameters together, to be saved with the rest.</summary>
    protected virtual IEnumerable<(string Name, Tensor Tensor)> SharedState() => [];

    /// <summary>Takes back what <see cref="SharedState"/> gave.</summary>
    protected virtual void ImportSharedState(IReadOnlyDictionary<string, Tensor> state) { }

    /// <summary>
    /// Whether a step that the device has one kernel for is made by it, which is fastest; otherwise <see cref="Update"/> computes it,
    /// to the same numbers but for rounding.
    /// </summary>
    public bool UseFusedKernels { get; set; } = true;

    /// <summary>
    /// The formula: the next w of one parameter. What is written with element-wise tensor operations is not computed line by line but in
    /// one pass over memory at the end, so that it costs little more than a kernel written for it. Tensors made here are gone afterwards,
    /// unless kept.
    /// </summary>
    /// <param name="w">The parameter.</param>
    /// <param name="g">Its gradient, with λw added unless <see cref="DecouplesWeightDecay"/>.</param>
    /// <param name="p">What is remembered (<c>p["s"] = …</c> changes it), t, η and λ.</param>
    protected abstract Tensor Update(Tensor w, Tensor g, ParameterState p);

    /// <summary>Whether <see cref="Update"/> takes care of λ itself; otherwise λw is added to the gradient.</summary>
    protected virtual bool DecouplesWeightDecay => false;

    // The same step for a device's fused kernel, without what all steps have; null if there is none.
    private protected virtual UpdateArgs? FusedUpdate(ParameterState p) => null;

    /// <summary>Called before each step.</summary>
    /// <param name="exact">Whether by <see cref="Step(Func{Tensor})"/> of an optimizer that chooses the point of the gradient.</param>
    private protected virtual void Begin(bool exact) { }

    private protected void Advance()
    {
        StepCount++;
        using Tensor.RecordingSwitch _ = Tensor.NoGradient();
        _fused.Clear();
        foreach (ParameterState state in _states)
        {
            if (state.Parameter.Gradient is null || state.Parameter.IsFrozen) continue;
            state.Steps++;
            (state.LearningRate, state.WeightDecay) = (RateOf(state.Parameter), DecayOf(state.Parameter));
            double decay = DecouplesWeightDecay ? 0 : DecayInGradient(state);
            if (UseFusedKernels && state.Parameter.Device.FusesUpdates && FusedUpdate(state) is { } step)
                _fused.Add(Completed(step, state, decay));
            else state.Apply(_update, decay);
        }
        MakeFusedSteps();
    }

    // Parameters on one device are changed together: a graphics card takes many of them at once.
    private void MakeFusedSteps()
    {
        Span<UpdateArgs> steps = CollectionsMarshal.AsSpan(_fused);
        for (int start = 0, end; start < steps.Length; start = end)
        {
            Device device = steps[start].W.Device;
            for (end = start + 1; end < steps.Length && steps[end].W.Device == device;) end++;
            device.Update(steps[start..end]);
        }
        _fused.Clear();
    }

    /// <summary>η for one parameter: the learning rate times its group's factor.</summary>
    public double RateOf(Parameter parameter) => LearningRate * (GroupOf(parameter)?.RateFactor ?? 1);

    /// <summary>λ for one parameter: its group's, or the optimizer's; 0 for biases unless <see cref="DecayBiases"/>.</summary>
    protected double DecayOf(Parameter parameter) =>
        DecayBiases || parameter.IsWeight ? GroupOf(parameter)?.WeightDecay ?? WeightDecay : 0;

    private ParameterGroup? GroupOf(Parameter parameter) => _groups?.GetValueOrDefault(parameter);

    // The λ of λw that is still to be added to the gradient.
    private protected virtual double DecayInGradient(ParameterState p) => p.WeightDecay;

    private static UpdateArgs Completed(in UpdateArgs step, ParameterState p, double decay) => step with
    {
        W = p.Parameter.Storage,
        G = p.Parameter.Gradient!.Storage,
        N = p.Parameter.Count,
        LearningRate = p.LearningRate,
        WeightDecay = decay,
    };
}
