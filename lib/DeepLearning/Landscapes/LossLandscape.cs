namespace DeepLearning;

/// <summary>
/// The loss of a model as its weights move along one or two directions: L(θ + x·d) or L(θ + x·d₁ + y·d₂), a cut through a space of as many
/// dimensions as the model has parameters. What is measured leaves the model as it was.
/// </summary>
/// <remarks>The model is measured in evaluation mode: dropout idle, batch normalization with the statistics it has.</remarks>
/// <example><code>
/// var (model, generator) = (new Dense(4, 3, new Generator(1)), new Generator(2));
/// var landscape = new LossLandscape(model, new SparseCategoricalCrossEntropy(fromLogits: true), Datasets.Iris());
/// WeightVector d1 = WeightVector.RandomDirection(model, generator), d2 = WeightVector.RandomDirection(model, generator);
/// LandscapePlane plane = landscape.Over(d1, d2, reach: 1, points: 25);      // to be drawn: plane.Loss over plane.X and plane.Y
/// </code></example>
public sealed class LossLandscape
{
    private readonly Layer _model;
    private readonly Func<Tensor> _loss;

    /// <param name="model">What is measured.</param>
    /// <param name="loss">With <see cref="Reduction.Mean"/> or <see cref="Reduction.Sum"/>.</param>
    /// <param name="data">On what; all of it at each point.</param>
    public LossLandscape(Layer model, Loss loss, Dataset data) : this(model, () => loss.Forward(model.Forward(data.X), data.Y))
    {
    }

    /// <param name="model">What is measured.</param>
    /// <param name="loss">Computes the loss, a single number, from the weights the model has at the moment.</param>
    public LossLandscape(Layer model, Func<Tensor> loss) => (_model, _loss) = (model, loss);

    /// <summary>L(θ + x·d) for x from −<paramref name="reach"/> to <paramref name="reach"/>.</summary>
    /// <param name="direction">d, see <see cref="WeightVector.RandomDirection"/>.</param>
    /// <param name="reach">The largest |x|, &gt; 0.</param>
    /// <param name="points">How many losses are computed; ≥ 2.</param>
    /// <param name="center">θ; the weights the model has now, unless given.</param>
    public LandscapeLine Along(WeightVector direction, double reach = 1, int points = 51, WeightVector? center = null)
    {
        double[] x = Steps(-reach, reach, points);
        double[] loss = new double[points];
        Visit(center, move =>
        {
            for (int i = 0; i < points; i++) loss[i] = move(x[i] * direction);
        });
        return new(x, loss);
    }

    /// <summary>L(θ + x·d₁ + y·d₂) on a grid from −<paramref name="reach"/> to <paramref name="reach"/> both ways.</summary>
    /// <param name="first">d₁</param>
    /// <param name="second">d₂</param>
    /// <param name="reach">The largest |x| and |y|, &gt; 0.</param>
    /// <param name="points">Rows and columns of the grid, ≥ 2; the loss is computed points² times.</param>
    /// <param name="center">θ; the weights the model has now, unless given.</param>
    public LandscapePlane Over(WeightVector first, WeightVector second, double reach = 1, int points = 25, WeightVector? center = null) =>
        Over(first, second, (-reach, reach), (-reach, reach), points, center);

    /// <summary>L(θ + x·d₁ + y·d₂) on a grid over the given ranges.</summary>
    /// <param name="first">d₁</param>
    /// <param name="second">d₂</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="points">Rows and columns of the grid, ≥ 2; the loss is computed points² times.</param>
    /// <param name="center">θ; the weights the model has now, unless given.</param>
    public LandscapePlane Over(WeightVector first, WeightVector second, (double Min, double Max) xRange, (double Min, double Max) yRange,
        int points = 25, WeightVector? center = null)
    {
        double[] x = Steps(xRange.Min, xRange.Max, points), y = Steps(yRange.Min, yRange.Max, points);
        double[,] loss = new double[points, points];
        Visit(center, move =>
        {
            for (int row = 0; row < points; row++)
            for (int column = 0; column < points; column++)
                loss[row, column] = move(x[column] * first + y[row] * second);
        });
        return new(x, y, loss);
    }

    /// <summary>
    /// The loss at each point of a path, and at its shadow in the plane: how far the picture of the path can be believed.
    /// </summary>
    /// <param name="plane">From <see cref="WeightPath.Project"/>.</param>
    public PathLosses Follow(PathPlane plane)
    {
        double[] real = new double[plane.Path.Count], projected = new double[plane.Path.Count];
        Visit(plane.Center, move =>
        {
            for (int i = 0; i < real.Length; i++)
            {
                real[i] = move(plane.Path[i] - plane.Center);
                projected[i] = move(plane.X[i] * plane.First + plane.Y[i] * plane.Second);
            }
        });
        return new(real, projected);
    }

    // Moves the model about, in evaluation mode, and brings it back whatever happens.
    private void Visit(WeightVector? center, Action<Func<WeightVector, double>> walk)
    {
        WeightVector home = WeightVector.Of(_model);
        center ??= home;
        using IDisposable modes = _model.Evaluating();
        try
        {
            using IDisposable quiet = Tensor.NoGradient();
            walk(offset =>
            {
                Interruption.Token.ThrowIfCancellationRequested();
                (center + offset).ApplyTo(_model);
                using IDisposable scope = Tensor.Scope();
                return _loss().ToDouble();
            });
        }
        finally
        {
            home.ApplyTo(_model);
        }
    }

    private static double[] Steps(double from, double to, int points)
    {
        if (!(from < to) || !double.IsFinite(to - from))
            throw new ArgumentException($"A landscape reaches from a lower to a higher number, got {from} to {to}.");
        if (points < 2)
            throw new ArgumentOutOfRangeException(nameof(points), points, $"A landscape needs 2 or more points each way, got {points}.");
        return [.. Enumerable.Range(0, points).Select(i => from + (to - from) * i / (points - 1))];
    }
}
