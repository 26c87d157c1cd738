namespace DeepLearning.Tests.Operations;

/// <summary>Values and gradients where formulas divide 0 by 0 or subtract ∞ from ∞.</summary>
public class EdgeCaseTests
{
    public static TheoryData<string> Devices => ["cpu", "reference"];

    private static Device Named(string name) => name == "cpu" ? Device.Cpu : Device.Reference;

    [Theory, MemberData(nameof(Devices))]
    public void LogSumExpOfNothingButMinusInfinity(string device)
    {
        using IDisposable _ = Device.Use(Named(device));
        double none = double.NegativeInfinity;
        Tensor x = Tensor.From([none, none, none, 0], 2, 2).RequireGradient(), y = x.LogSumExp(1);
        Assert.Equal([none, 0], y.ToDoubles());
        Tensor gradient = Tensor.Gradients(y.Sum(), [x], keepGraph: true)[0];
        Assert.Equal([0.0, 0, 0, 1], gradient.ToDoubles());
        Assert.Equal([0.0, 0, 0, 0], Tensor.Gradients(gradient.Sum(), [x])[0].ToDoubles());
    }

    [Fact]
    public void LogSumExpOfInfinityAndNaN()
    {
        Assert.Equal(float.PositiveInfinity, Tensor.From([0, double.PositiveInfinity]).LogSumExp().Item());
        Assert.True(float.IsNaN(Tensor.From([0, double.NaN]).LogSumExp().Item()));
        Assert.Equal(1000 + Math.Log(2), Tensor.From([1000, 1000]).LogSumExp().ToDouble(), 1e-4);
    }

    [Theory, MemberData(nameof(Devices))]
    public void ANormAtZeroHasGradientZero(string device)
    {
        using IDisposable _ = Device.Use(Named(device));
        foreach (double p in (double[])[1, 1.5, 2, 3, double.PositiveInfinity])
        {
            Tensor x = Tensor.Zeros(3).RequireGradient(), y = x.Norm([0], p);
            Assert.Equal(0, y.Item());
            Tensor gradient = Tensor.Gradients(y, [x], keepGraph: true)[0];
            Assert.Equal([0.0, 0, 0], gradient.ToDoubles());
            if (gradient.RequiresGradient) Assert.Equal([0.0, 0, 0], Tensor.Gradients(gradient.Sum(), [x])[0].ToDoubles());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ProductsWithZerosHaveExactDerivatives(int zeros)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        double[] values = [zeros > 0 ? 0 : 2, 3, zeros > 1 ? 0 : 5];
        Tensor x = Tensor.From(values).RequireGradient();
        Tensor gradient = Tensor.Gradients(x.Product(), [x], keepGraph: true)[0];
        Assert.Equal([values[1] * values[2], values[0] * values[2], values[0] * values[1]], gradient.ToDoubles());
        for (int i = 0; i < 3; i++)
        {
            double[] row = Tensor.Gradients(gradient[i..(i + 1)].Sum(), [x], keepGraph: true)[0].ToDoubles();
            Assert.Equal([.. Enumerable.Range(0, 3).Select(j => i == j ? 0 : values[3 - i - j])], row);
        }
    }

    [Fact]
    public void SortingPutsNaNAsTheLargest()
    {
        Tensor x = Tensor.From([double.NaN, 1, double.NegativeInfinity, double.NaN, double.PositiveInfinity]);
        Assert.Equal([2f, 1, 4, 0, 3], x.ArgSort().ToArray());
        Assert.Equal([0f, 3, 4, 1, 2], x.ArgSort(descending: true).ToArray());
    }

    [Fact]
    public void TheTriangleHidesEvenNaN()
    {
        Tensor x = Tensor.Full(double.NaN, 2, 2).RequireGradient();
        Tensor y = Tensor.Where(Tensor.Ones(2, 2).Tril(), 1, x);
        Assert.Equal([1f, float.NaN, 1, 1], y.ToArray());
        Assert.Equal([0f, 0, 0, 0], Tensor.Gradients(y.Tril().Sum(), [x])[0].ToArray());
    }
}
