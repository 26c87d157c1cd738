using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// A quasi-Newton method for losses that are not random: the direction is d = −H·g, where H, never written down, is an estimate of the
/// inverse Hessian from the last m steps s and changes of the gradient y; the length t along it is found by a line search. A step makes
/// several such iterations: w ← w + t·d. It finds a minimum of a smooth bowl in tens of evaluations where gradient descent takes thousands.
/// </summary>
/// <remarks>
/// The loss is computed several times a step, so call <see cref="Step(Func{Tensor})"/>, always with the same data and nothing random such
/// as dropout; put penalties into the loss. Weight decay and groups are not for it.
/// <para>
/// H is applied to g by the two loops over the history, with H₀ = (s·y)/(y·y) of the last pair; a pair with s·y ≤ 10⁻¹⁰ is left out.
/// The first direction is −g with length min(1, 1/Σ|g_i|)·η. With the strong Wolfe search every t makes the loss sufficiently smaller
/// (c₁ = 10⁻⁴) and the slope sufficiently flat (c₂ = 0.9); without, t = η.
/// </para>
/// <para>
/// Source: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989; Nocedal and Wright, "Numerical
/// optimization", 2006, chapters 3 and 7; PyTorch's <c>LBFGS</c>.
/// </para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// Tensor x = Tensor.Normal(new Generator(3), 0, 1, 20, 4), y = Tensor.Zeros(20, 3);
/// var optimizer = new Lbfgs(model.Parameters);
/// for (int i = 0; i &lt; 10; i++) optimizer.Step(() =&gt; new MeanSquaredError().Forward(model.Forward(x), y));
/// </code></example>
public sealed class Lbfgs : Optimizer
{
    private const double LeastCurvature = 1e-10;

    private readonly int _history, _iterations;
    private readonly double _gradientTolerance, _changeTolerance;
    private readonly bool _lineSearch;
    private readonly List<(Tensor S, Tensor Y)> _pairs = [];
    private Tensor? _direction, _gradient;
    private double _length;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, the first length tried, or the length without a line search; 1.</param>
    /// <param name="history">m ≥ 1, how many pairs (s, y) are remembered; 10.</param>
    /// <param name="iterations">The most iterations a step, ≥ 1; 20.</param>
    /// <param name="lineSearch">Whether t comes from the strong Wolfe search; true. Without it large steps can diverge.</param>
    /// <param name="gradientTolerance">A step ends when no number of g is larger; 10⁻⁷.</param>
    /// <param name="changeTolerance">A step ends when neither w nor the loss changes by more; 10⁻⁹.</param>
    public Lbfgs(IEnumerable<Parameter> parameters, double learningRate = 1, int history = 10, int iterations = 20, bool lineSearch = true,
        double gradientTolerance = 1e-7, double changeTolerance = 1e-9)
        : base(parameters, learningRate, 0)
    {
        (_history, _iterations, _lineSearch) =
            (AtLeastOne(history, nameof(history)), AtLeastOne(iterations, nameof(iterations)), lineSearch);
        (_gradientTolerance, _changeTolerance) = (AtLeastZero(gradientTolerance, nameof(gradientTolerance)),
            AtLeastZero(changeTolerance, nameof(changeTolerance)));
    }

    /// <summary>How often the loss was computed so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>How many iterations were made so far, over all steps.</summary>
    public int Iterations { get; private set; }

    /// <summary>Makes up to <c>iterations</c> iterations, fewer when a minimum is found.</summary>
    /// <param name="loss">Computes the loss from the parameters; the same function every time.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArithmeticException">The loss or a gradient is not finite where the step begins.</exception>
    public override Tensor Step(Func<Tensor> loss)
    {
        if (Groups.Count > 0)
            throw new InvalidOperationException("Lbfgs moves all parameters by one length along one direction, so it takes no Groups.");
        if (Parameters.All(p => p.IsFrozen))
            throw new InvalidOperationException("Lbfgs has nothing to change: all its parameters are frozen; Unfreeze() some.");
        Objective objective = new(this, loss);
        (Tensor first, double value, Tensor gradient) = objective.Here();
        if (!double.IsFinite(value) || !double.IsFinite(gradient.Norm().ToDouble()))
            throw new ArithmeticException(
                $"Lbfgs began a step at a loss of {value} and a gradient of length {gradient.Norm().ToDouble()}; it needs finite ones.");
        if (_gradient is not null && (_gradient.Count != gradient.Count || _gradient.Device != gradient.Device)) Forget();
        using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
        StepCount++;
        for (int i = 0; i < _iterations && Largest(gradient) > _gradientTolerance; i++)
        {
            double before = value;
            Remember(gradient);
            double slope = Dot(gradient, _direction!);
            if (slope > -_changeTolerance) break;
            double length = Iterations == 1 ? Math.Min(1, 1 / gradient.Abs().Sum().ToDouble()) * LearningRate : LearningRate;
            Tensor start = objective.Position();
            WolfeSearch.Point Try(double t)
            {
                objective.MoveTo(start + t * _direction!);
                (_, double f, Tensor g) = objective.Here();
                return new(t, f, g, Dot(g, _direction!));
            }
            WolfeSearch.Point end = _lineSearch
                ? new WolfeSearch(Try, new(0, value, gradient, slope), Largest(_direction!), _changeTolerance).Run(length)
                : Try(length);
            objective.MoveTo(start + end.T * _direction!);
            (_length, value, gradient) = (end.T, end.Value, end.Gradient);
            bool still = _length * Largest(_direction!) <= _changeTolerance || Math.Abs(value - before) < _changeTolerance;
            if (still || !double.IsFinite(value)) break;
        }
        return first;
    }

    private protected override void Begin(bool exact) => throw new NotSupportedException(
        "Lbfgs computes the loss several times a step; call Step(() => loss), which clears the gradients and goes backward itself, " +
        "instead of Step().");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p) =>
        throw new NotSupportedException("Lbfgs moves all parameters together.");

    // Takes in what the last iteration showed, and finds the next direction.
    private void Remember(Tensor gradient)
    {
        using TensorScope _ = Tensor.Scope();
        if (_direction is null)
        {
            _direction = (-gradient).Keep();
        }
        else
        {
            Tensor y = gradient - _gradient!, s = _length * _direction;
            if (Dot(y, s) > LeastCurvature)
            {
                if (_pairs.Count == _history) Drop(0);
                _pairs.Add((s.Keep(), y.Keep()));
            }
            Replace(ref _direction, Direction(gradient));
        }
        Replace(ref _gradient, gradient.Clone());
        Iterations++;
    }

    // −H·g by the two loops.
    private Tensor Direction(Tensor gradient)
    {
        Tensor q = -gradient;
        double[] shares = new double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            (Tensor s, Tensor y) = _pairs[i];
            shares[i] = Dot(s, q) / Dot(y, s);
            q -= shares[i] * y;
        }
        if (_pairs.Count > 0) q *= Dot(_pairs[^1].Y, _pairs[^1].S) / Dot(_pairs[^1].Y, _pairs[^1].Y);
        for (int i = 0; i < _pairs.Count; i++)
        {
            (Tensor s, Tensor y) = _pairs[i];
            q += (shares[i] - Dot(y, q) / Dot(y, s)) * s;
        }
        return q;
    }

    private static void Replace(ref Tensor? old, Tensor now)
    {
        old?.Dispose();
        old = now.Keep();
    }

    private void Drop(int pair)
    {
        _pairs[pair].S.Dispose();
        _pairs[pair].Y.Dispose();
        _pairs.RemoveAt(pair);
    }

    private void Forget()
    {
        while (_pairs.Count > 0) Drop(0);
        _direction?.Dispose();
        _gradient?.Dispose();
        (_direction, _gradient, Iterations) = (null, null, 0);
    }

    private static double Dot(Tensor a, Tensor b) => (a * b).Sum().ToDouble();

    private static double Largest(Tensor x) => x.Abs().Max().ToDouble();

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Tensor)> SharedState()
    {
        yield return ("lbfgs", Tensor.From([_pairs.Count, Iterations, Evaluations, _length]));
        if (_direction is null) yield break;
        yield return ("direction", _direction);
        yield return ("gradient", _gradient!);
        for (int i = 0; i < _pairs.Count; i++)
        {
            yield return ($"s.{i}", _pairs[i].S);
            yield return ($"y.{i}", _pairs[i].Y);
        }
    }

    /// <inheritdoc/>
    protected override void ImportSharedState(IReadOnlyDictionary<string, Tensor> state)
    {
        double[] numbers = Find("lbfgs", 4).ToDoubles();
        int size = Parameters.Where(p => !p.IsFrozen).Sum(p => p.Count);
        (Tensor, Tensor)[] pairs = Enumerable.Range(0, (int)numbers[0]).Select(i => (Copy($"s.{i}"), Copy($"y.{i}"))).ToArray();
        (Tensor? direction, Tensor? gradient) = numbers[1] > 0 ? (Copy("direction"), Copy("gradient")) : (null, null);
        Forget();
        _pairs.AddRange(pairs);
        (Iterations, Evaluations, _length, _direction, _gradient) = ((int)numbers[1], (int)numbers[2], numbers[3], direction, gradient);

        Tensor Copy(string name) => Find(name, size).Clone().Keep();

        Tensor Find(string name, int count) => state.TryGetValue(name, out Tensor? tensor) && tensor.Count == count
            ? tensor
            : throw new ArgumentException(
                $"The saved state has no '{name}' of {count} numbers, which Lbfgs needs; was it saved by another optimizer or for " +
                "another model?");
    }

    // The loss as a function of all parameters in one row.
    private sealed class Objective(Lbfgs owner, Func<Tensor> loss)
    {
        private readonly Parameter[] _parameters = [.. owner.Parameters.Where(p => !p.IsFrozen)];

        public (Tensor Loss, double Value, Tensor Gradient) Here()
        {
            owner.Evaluations++;
            owner.ClearGradients();
            Tensor value;
            using (Tensor.Recording(on: true))
            {
                value = loss();
                value.Backward();
            }
            return (value, value.ToDouble(), Row(p => p.Gradient ?? Tensor.Full(0, p.Shape, p.Device)));
        }

        public Tensor Position() => Row(p => p.Detach());

        public void MoveTo(Tensor position)
        {
            int start = 0;
            foreach (Parameter p in _parameters)
            {
                p.Assign(position.Slice(0, start, p.Count).Reshape(p.Shape));
                start += p.Count;
            }
        }

        // A copy, also where there is one parameter only.
        private Tensor Row(Func<Parameter, Tensor> of) => Tensor.Concatenate(0, [.. _parameters.Select(p => of(p).Reshape(p.Count))]);
    }
}
