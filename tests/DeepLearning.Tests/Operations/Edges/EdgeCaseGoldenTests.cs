namespace DeepLearning.Tests.Operations;

/// <summary>Values and gradients where formulas divide 0 by 0 or subtract ∞ from ∞.</summary>
public class EdgeCaseGoldenTests
{
    public static TheoryData<string> Devices => [.. GoldenDevices.Names];

    [Theory, MemberData(nameof(Devices))]
    public void LogSumExpOfNothingButMinusInfinity(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
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
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
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

    [Theory, MemberData(nameof(Devices))]
    public void TheFirstNaNIsTheExtreme(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        foreach (int length in (int[])[2, 7, 40, 1000])
        foreach (int first in (int[])[0, 1, length / 2, length - 1])
        {
            IEnumerable<double> numbers = Enumerable.Range(0, length)
                .Select(i => i == first || i > first && i % 3 == 0 ? double.NaN : Math.Cos(i));
            Tensor x = Tensor.From([.. numbers]), columns = Tensor.Stack(1, x, x, x);
            Assert.Equal(first, x.ArgMax().Item());
            Assert.Equal(first, x.ArgMin().Item());
            Assert.Equal([first, first, first], columns.ArgMax(0).ToArray());
            Assert.Equal([first, first, first], columns.ArgMin(0).ToArray());
        }
    }

    // torch.pow of T([0, 0, 0, 0, -2, 2, 3]) and T([0, 2, 1, 0.5, 2, 0, 2]), and the gradients of its sum.
    [Theory, MemberData(nameof(Devices))]
    public void PowersOfZero(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        Tensor a = Tensor.From([0, 0, 0, 0, -2.0, 2, 3]).RequireGradient(), b = Tensor.From([0, 2, 1, 0.5, 2, 0, 2]).RequireGradient();
        Tensor y = Tensor.Power(a, b);
        Assert.Equal([1f, 0, 0, 0, 4, 1, 9], y.ToArray());
        foreach (bool keepGraph in (bool[])[true, false])
        {
            Tensor[] gradients = Tensor.Gradients(y.Sum(), [a, b], keepGraph);
            Assert.Equal([0f, 0, 1, float.PositiveInfinity, -4, 0, 6], gradients[0].ToArray());
            Assert.Equal([0f, 0, 0, 0, float.NaN, MathF.Log(2), 9 * MathF.Log(3)], gradients[1].ToArray().Select(v => MathF.Round(v, 5)),
                (x, z) => x.Equals(z) || MathF.Abs(x - z) < 1e-5f);
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void OneInfinityStaysWhereItIs(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        foreach (double value in (double[])[double.PositiveInfinity, double.NaN])
        {
            double[] corner = new double[25], centre = new double[25];
            (corner[0], centre[12]) = (value, value);
            Tensor x = Tensor.From(corner, 1, 1, 5, 5).RequireGradient(), y = x.Upsample(2, UpsampleMode.Bilinear);
            Assert.Equal(9, y.ToDoubles().Count(v => !double.IsFinite(v)));
            Assert.All(Tensor.Gradients(y.Sum(), [x])[0].ToDoubles(), v => Assert.Equal(4, v, 1e-5));
            Tensor aligned = Tensor.From(centre, 1, 1, 5, 5).Resize((9, 9), UpsampleMode.Bilinear, alignCorners: true);
            Assert.Equal(9, aligned.ToDoubles().Count(v => !double.IsFinite(v)));
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void TheSlopeOfEluKeepsItsDigits(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        double[] values = [-1, -5, -10, -15, -30, 200];
        Tensor x = Tensor.From(values).RequireGradient();
        foreach (bool keepGraph in (bool[])[true, false])
        {
            double[] slopes = Tensor.Gradients(x.Elu(1.5).Sum(), [x], keepGraph)[0].ToDoubles();
            for (int i = 0; i < 5; i++) Assert.Equal(1, slopes[i] / (1.5 * Math.Exp(values[i])), 1e-6);
            Assert.Equal(1, slopes[5]);
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void LargeNumbersAreNormalized(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        double[] numbers = [1, -1, 3], expected = [0, -1.2247448714, 1.2247448714], slopes = [];
        foreach (double size in (double[])[1, 1e20, 1e25])
        {
            Tensor x = Tensor.From([.. numbers.Select(v => v * size)], 1, 3).RequireGradient(), weights = Tensor.From([1.0, 2, 5], 1, 3);
            foreach (bool layer in (bool[])[true, false])
            {
                Tensor y = layer ? Tensor.LayerNorm(x, epsilon: 1e-12) : Tensor.GroupNorm(x, 1, epsilon: 1e-12);
                Golden.Close(expected, y.ToDoubles(), 1e-5);
                double[] gradient = [.. Tensor.Gradients((y * weights).Sum(), [x])[0].ToDoubles().Select(v => v * size)];
                if (size == 1) slopes = gradient;
                Golden.Close(slopes, gradient, 1e-5, $"gradient at {size}");
            }
            Assert.Equal(1, x.Norm().ToDouble() / (size * Math.Sqrt(11)), 1e-6);
            Assert.Equal(1, x.Norm([1], 3).ToArray()[0] / (size * Math.Cbrt(29)), 1e-6);
            Assert.Equal(1, x.Std().ToDouble() / (size * Math.Sqrt(8.0 / 3)), 1e-6);
        }
        Assert.Equal(1, Tensor.From([3e-30, 4e-30]).Norm().ToDouble() / 5e-30, 1e-6);
    }

    [Theory, MemberData(nameof(Devices))]
    public void SmallNumbersKeepTheirDigits(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        foreach (double x in (double[])[1e-12, -1e-12, 1e-5, -3e-4, 0.01, -0.3, 2, 60])
        {
            bool small = Math.Abs(x) < 1e-3;
            double log = small ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x),
                exp = small ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1;
            Assert.Equal(1, Tensor.Scalar(x).Log1p().ToDouble() / log, 1e-6);
            Assert.Equal(1, Tensor.Scalar(x).Expm1().ToDouble() / exp, 1e-5);
        }
        double infinity = double.PositiveInfinity;
        Assert.Equal([0, -infinity, infinity, double.NaN], Tensor.From([0, -1, infinity, double.NaN]).Log1p().ToDoubles());
        Assert.Equal([0, -1, infinity, infinity, double.NaN], Tensor.From([0, -infinity, infinity, 1000, double.NaN]).Expm1().ToDoubles());
    }

    // torch.round; 0.49999997 is the number before one half.
    [Theory, MemberData(nameof(Devices))]
    public void HalvesAreRoundedToEven(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        double infinity = double.PositiveInfinity;
        double[] values = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999997, -1e-20, 7, 1e10, infinity, -infinity, double.NaN];
        // Adding 0 makes −0 a 0.
        Assert.Equal([.. values.Select(v => Math.Round(v) + 0)], Tensor.From(values).Round().ToDoubles());
        Assert.Equal([1, 2, 0, -1, 2], (Tensor.From([0.5, 2, -0.5, -1.5, 1.0000001]).Ceiling() + 0).ToDoubles());
    }

    [Theory, MemberData(nameof(Devices))]
    public void MediansOfSpecialNumbers(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        Assert.Equal(2, Tensor.From([1.0, 3, 2, 2]).Median().Item());
        Assert.True(double.IsNaN(Tensor.From([1, double.NaN, 0]).Median().ToDouble()));
        (Tensor values, Tensor index) = Tensor.From([1, double.NaN, 0, double.NaN, 5, 4, 7, 6], 2, 4).Median(1);
        Assert.Equal([double.NaN, 5], values.ToDoubles());
        Assert.Equal([1.0, 0], index.ToDoubles());
        Tensor x = Tensor.From([1.0, 3, 2, 2]).RequireGradient();
        Assert.Equal([0, 0, 0.5f, 0.5f], Tensor.Gradients(x.Median(), [x])[0].ToArray());
        Assert.Equal([0f, 0, 1, 0], Tensor.Gradients(x.Median(0).Values, [x])[0].ToArray());
    }

    [Theory, MemberData(nameof(Devices))]
    public void WhereAllAreEqualTheDeviationHasGradientZero(string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        Tensor x = Tensor.Full(2, 3).RequireGradient();
        Assert.Equal([0f, 0, 0], Tensor.Gradients(x.Std(correction: 1), [x])[0].ToArray());
    }
}
