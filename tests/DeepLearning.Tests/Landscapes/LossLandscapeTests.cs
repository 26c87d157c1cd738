namespace DeepLearning.Tests.Landscapes;

public class LossLandscapeTests
{
    // L(w) = ½ (w₁² + 4 w₂²), at w = (3, −1).
    private static (Sequential Model, LossLandscape Landscape) Bowl()
    {
        Dense layer = new(2, 1, new Generator(1), bias: false);
        layer.Weight.Assign(Tensor.From([3.0, -1.0], 1, 2));
        Tensor curvature = Tensor.From([0.5, 2.0], 1, 2);
        return (new Sequential(layer), new LossLandscape(layer, () => (layer.Weight * layer.Weight * curvature).Sum()));
    }

    [Fact]
    public void LineAndPlaneAreTheLossAtThosePlaces()
    {
        (Sequential model, LossLandscape landscape) = Bowl();
        WeightVector d1 = Direction(model, [1, 0]), d2 = Direction(model, [0, 1]);
        LandscapeLine line = landscape.Along(d1, reach: 2, points: 5);
        Assert.Equal([-2, -1, 0, 1, 2], line.X);
        for (int i = 0; i < 5; i++) Assert.Equal(0.5 * Math.Pow(3 + line.X[i], 2) + 2, line.Loss[i], 5);
        LandscapePlane plane = landscape.Over(d1, d2, (-1, 1), (0, 3), points: 4);
        for (int row = 0; row < 4; row++)
        for (int column = 0; column < 4; column++)
            Assert.Equal(0.5 * Math.Pow(3 + plane.X[column], 2) + 2 * Math.Pow(-1 + plane.Y[row], 2), plane.Loss[row, column], 4);
    }

    [Fact]
    public void ModelIsLeftAsItWas()
    {
        Sequential model = new(new Dense(2, 3, new Generator(1)), new Tanh(), new Dense(3, 1, new Generator(2)));
        float[] before = Weights(model);
        model.TrainingMode();
        bool trained = true;
        LossLandscape landscape = new(model, () =>
        {
            trained &= model.IsTraining;
            return model.Forward(Tensor.Ones(1, 2)).Sum();
        });
        landscape.Over(WeightVector.RandomDirection(model, new Generator(3)),
            WeightVector.RandomDirection(model, new Generator(4)), points: 3);
        Assert.Equal(before, Weights(model));
        Assert.False(trained);
        Assert.True(model.IsTraining);

        LossLandscape failing = new(model, () => throw new InvalidOperationException("on purpose"));
        Assert.Throws<InvalidOperationException>(() => failing.Along(WeightVector.RandomDirection(model, new Generator(3))));
        Assert.Equal(before, Weights(model));
        Assert.True(model.IsTraining);
    }

    [Fact]
    public void EveryFilterOfARandomDirectionIsAsLongAsTheModels()
    {
        Sequential model = new(new Dense(4, 3, new Generator(1)), new Relu(), new Dense(3, 2, new Generator(2)));
        WeightVector direction = WeightVector.RandomDirection(model, new Generator(5));
        float[] weights = Weights(model);
        Assert.Equal(weights.Length, direction.Count);
        foreach ((int start, int length) in new[] { (0, 4), (4, 4), (8, 4), (15, 3), (18, 3) })
            Assert.Equal(Norm([.. weights[start..(start + length)].Select(w => (double)w)]),
                Norm(direction.Values.Slice(start, length).ToArray()), 6);
        Assert.All(direction.Values[12..15].ToArray().Concat(direction.Values[21..].ToArray()), bias => Assert.Equal(0, bias));
        Assert.Equal(direction.Values.ToArray(), WeightVector.RandomDirection(model, new Generator(5)).Values.ToArray());
        Assert.NotEqual(direction.Values.ToArray(), WeightVector.RandomDirection(model, new Generator(6)).Values.ToArray());
    }

    [Fact]
    public void MistakesAreExplained()
    {
        (Sequential model, LossLandscape landscape) = Bowl();
        WeightVector direction = Direction(model, [1, 0]);
        Assert.Contains("2 or more points",
            Assert.Throws<ArgumentOutOfRangeException>(() => landscape.Along(direction, points: 1)).Message);
        Assert.Contains("lower to a higher", Assert.Throws<ArgumentException>(() => landscape.Along(direction, reach: 0)).Message);
        Assert.Contains("no parameters", Assert.Throws<ArgumentException>(() => WeightVector.Of(new Relu())).Message);
        WeightVector other = WeightVector.Of(new Dense(3, 1, new Generator(1)));
        Assert.Contains("do not mix", Assert.Throws<ArgumentException>(() => landscape.Along(other)).Message);
        Assert.Contains("the model has 2", Assert.Throws<ArgumentException>(() => other.ApplyTo(model)).Message);
    }

    [Fact]
    public async Task LongWorkCanBeStopped()
    {
        (Sequential model, LossLandscape landscape) = Bowl();
        using CancellationTokenSource source = new();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() =>
        {
            Interruption.Watch(source.Token);
            landscape.Along(Direction(model, [1, 0]));
        }, TestContext.Current.CancellationToken));
    }

    private static WeightVector Direction(Layer model, double[] values)
    {
        WeightVector here = WeightVector.Of(model);
        Parameter weight = model.Parameters.Single();
        weight.Assign(Tensor.From(values, 1, values.Length));
        WeightVector direction = WeightVector.Of(model);
        here.ApplyTo(model);
        return direction;
    }

    private static float[] Weights(Layer model) => [.. model.Parameters.SelectMany(p => p.ToArray())];

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));
}
