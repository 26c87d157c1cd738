namespace DeepLearning.Tests.Landscapes;

public class PathPlaneTests
{
    private static WeightPath PathThrough(Dense model, params double[][] points)
    {
        WeightPath path = new();
        foreach (double[] point in points)
        {
            model.Weight.Assign(Tensor.From(point, 1, point.Length));
            path.Add(model);
        }
        return path;
    }

    private static Dense Model(int inputs) => new(inputs, 1, new Generator(1), bias: false);

    // import numpy as np
    // P = np.array([[2.0, -1.0, 0.5, 3.0], [1.5, -0.5, 0.25, 2.0], [1.0, 0.5, -0.25, 1.75], [0.25, 0.25, 0.5, 0.5],
    //     [0.0, 0.125, 0.25, 0.0]])
    // M = P - P[-1]; U, S, V = np.linalg.svd(M, full_matrices=False)
    // print(S**2 / (S**2).sum()); print(np.abs(V[:2] @ M.T))
    [Fact]
    public void AxesAreThePrincipalComponents()
    {
        PathPlane plane = PathThrough(Model(4), [2, -1, 0.5, 3], [1.5, -0.5, 0.25, 2], [1, 0.5, -0.25, 1.75], [0.25, 0.25, 0.5, 0.5],
            [0, 0.125, 0.25, 0]).Project();
        Assert.Equal([0.952680016305, 0.0419174472172], plane.VarianceExplained, Close(1e-9));
        Assert.Equal([3.76119685704, 2.57165621824, 1.88747160507, 0.518156693147, 0], plane.X.Select(Math.Abs), Close(1e-9));
        Assert.Equal([0.420470727504, 0.093965798741, 0.943123143359, 0.0829917991947, 0], plane.Y.Select(Math.Abs), Close(1e-9));
        Assert.Equal(1, plane.First.Norm, 9);
        Assert.Equal(1, plane.Second.Norm, 9);
        Assert.Equal(0, plane.First.Dot(plane.Second), 9);
    }

    [Fact]
    public void AFlatPathIsItsOwnShadow()
    {
        Dense model = Model(3);
        PathPlane plane = PathThrough(model, [1, 1, 0], [1, 0, 1], [0.5, -0.5, 0.5], [0, 0, 0]).Project();
        double flat = PathThrough(model, [1, 1, 0], [0.5, -0.5, 0], [2, 3, 0], [0, 0, 0]).Project().VarianceExplained.Sum();
        Assert.Equal(1, flat, 9);
        Assert.True(plane.VarianceExplained.Sum() < 1 - 1e-3);

        model.Weight.Assign(Tensor.Zeros(1, 3));
        LossLandscape landscape = new(model, () => (model.Weight * model.Weight).Sum());
        PathLosses losses = landscape.Follow(PathThrough(model, [1, 1, 0], [0.5, -0.5, 0], [2, 3, 0], [0, 0, 0]).Project());
        Assert.Equal([2, 0.5, 13, 0], losses.True, Close(1e-5));
        Assert.Equal(losses.True, losses.Projected, Close(1e-5));
        PathLosses lifted = landscape.Follow(plane);
        Assert.Equal([2, 2, 0.75, 0], lifted.True, Close(1e-5));
        Assert.All(lifted.True.Zip(lifted.Projected), pair => Assert.True(pair.Second <= pair.First + 1e-5));
        Assert.True(lifted.Projected.Sum() < lifted.True.Sum() - 1e-2);
    }

    [Fact]
    public void AStraightPathHasNoSecondAxis()
    {
        PathPlane plane = PathThrough(Model(2), [3, 3], [2, 2], [1, 1], [0, 0]).Project();
        Assert.Equal([1, 0], plane.VarianceExplained, Close(1e-9));
        Assert.Equal(0, plane.Second.Norm, 9);
        Assert.Equal(Math.Sqrt(18), Math.Abs(plane.X[0]), 6);
    }

    [Fact]
    public void TrainingIsFollowed()
    {
        Dataset data = Datasets.Blobs(60, new Generator(3), noise: 0.5);
        Sequential model = new(new Dense(2, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        WeightPath path = new(every: 4);
        Trainer trainer = new(model, loss, new Adam(model.Parameters, 0.01)) { Callbacks = [path], Progress = null };
        float[] start = [.. model.Parameters.SelectMany(p => p.ToArray())];
        trainer.Fit(new DataLoader(data, 20, new Generator(7)), epochs: 10);
        Assert.Equal(1 + 30 / 4 + 1, path.Points.Count);
        Assert.Equal(start, path.Points[0].Values.ToArray().Select(v => (float)v));
        PathPlane plane = path.Project();
        Assert.True(plane.VarianceExplained[0] > 0.8);
        PathLosses losses = new LossLandscape(model, loss, data).Follow(plane);
        Assert.Equal(loss.Forward(model.Forward(data.X), data.Y).ToDouble(), losses.True[^1], 6);
        Assert.Equal(losses.True[^1], losses.Projected[^1], 6);
        Assert.True(losses.True[0] > losses.True[^1]);
        ((double Min, double Max) x, (double Min, double Max) y) = plane.Extent();
        Assert.All(plane.X, value => Assert.InRange(value, x.Min, x.Max));
        Assert.All(plane.Y, value => Assert.InRange(value, y.Min, y.Max));
    }

    [Fact]
    public void MistakesAreExplained()
    {
        Assert.Contains("3 or more points",
            Assert.Throws<InvalidOperationException>(() => PathThrough(Model(2), [1, 1], [0, 0]).Project()).Message);
        Assert.Contains("never leaves",
            Assert.Throws<InvalidOperationException>(() => PathThrough(Model(2), [1, 1], [1, 1], [1, 1]).Project()).Message);
        Assert.Contains("1 step or more", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightPath(every: 0)).Message);
    }

    private static Comparison Close(double tolerance) => new(tolerance);

    private sealed record Comparison(double Tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double a, double b) => Math.Abs(a - b) <= Tolerance;

        public int GetHashCode(double value) => 0;
    }
}
