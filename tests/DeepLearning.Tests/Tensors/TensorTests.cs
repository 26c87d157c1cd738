namespace DeepLearning.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void IsMadeFromNumbers()
    {
        Assert.Equal([1f, 2, 3], Tensor.From(new float[] { 1, 2, 3 }).ToArray());
        Assert.Equal(new Shape(3), Tensor.From(new double[] { 1, 2, 3 }).Shape);
        Tensor matrix = Tensor.From(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal(new Shape(2, 3), matrix.Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], matrix.ToArray());
        Assert.Equal(6, matrix.ToMatrix()[1, 2]);
        Assert.Equal([1f, 2, 3, 4], Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).ToArray());
        Assert.Equal([3f, 1, 2], Tensor.From([3, 1, 2]).ToArray());
        Assert.Equal(new Shape(3, 1), Tensor.From([3, 1, 2], 3, 1).Shape);
    }

    [Fact]
    public void IsMadeFromARule()
    {
        Assert.Equal(2.5f, Tensor.Scalar(2.5).Item());
        Assert.Equal(Shape.Scalar, Tensor.Scalar(2.5).Shape);
        Assert.Equal([0f, 0, 0, 0], Tensor.Zeros(2, 2).ToArray());
        Assert.Equal([1f, 1], Tensor.Ones(2).ToArray());
        Assert.Equal([7f, 7, 7], Tensor.Full(7, 3, 1).ToArray());
        Assert.Equal([1f, 1.5f, 2], Tensor.Arange(1, 2.5, 0.5).ToArray());
        Assert.Equal([0f, 1, 2], Tensor.Arange(3).ToArray());
        Assert.Equal([5f, 3, 1], Tensor.Arange(5, 0, -2).ToArray());
        Assert.Equal([1f, 1.1f, 1.2f], Tensor.Arange(1, 1.3, 0.1).ToArray());
        Assert.Equal(10, Tensor.Arange(0, 1, 0.1).Count);
        Assert.Equal([0f, 0.75f], Tensor.Arange(0, 1, 0.75).ToArray());
        Assert.Equal(0, Tensor.Arange(2, 2).Count);
        double infinity = double.PositiveInfinity;
        foreach (double[] range in (double[][])[[0, 1, 0], [0, 1, -1], [1, 0, 1], [0, double.NaN, 1], [-infinity, 0, 1],
            [0, 1, double.NaN]])
        {
            ArgumentException thrown = Assert.Throws<ArgumentException>(() => Tensor.Arange(range[0], range[1], range[2]));
            Assert.StartsWith("Arange needs finite numbers", thrown.Message);
        }
        Assert.StartsWith("Arange would make an axis of", Assert.Throws<ArgumentException>(() => Tensor.Arange(1e300)).Message);
        Assert.Equal([-1f, 0, 1], Tensor.Linspace(-1, 1, 3).ToArray());
        Assert.Equal([1f, 0, 0, 0, 1, 0, 0, 0, 1], Tensor.Identity(3).ToArray());
        Assert.Equal([0f, 0, 1, 1, 0, 0], Tensor.OneHot(Tensor.From([2, 0]), 3).ToArray());
        Assert.Equal(new Shape(2, 2, 4), Tensor.OneHot(Tensor.From([0, 1, 2, 3], 2, 2), 4).Shape);
    }

    [Fact]
    public void RandomNumbersFollowTheirDistributionAndSeed()
    {
        Tensor u = Tensor.Uniform(new Generator(1), 2, 5, 100, 100), n = Tensor.Normal(new Generator(1), 3, 0.5, 100, 100);
        Assert.InRange(u.Min().Item(), 2, 2.01);
        Assert.InRange(u.Max().Item(), 4.99, 5);
        Assert.Equal(3.5, u.Mean().Item(), 0.03);
        Assert.Equal(3, n.Mean().Item(), 0.02);
        Assert.Equal(0.25, n.Variance().Item(), 0.015);
        Assert.Equal(u.ToArray(), Tensor.Uniform(new Generator(1), 2, 5, 100, 100).ToArray());
        Assert.NotEqual(u.ToArray(), Tensor.Uniform(new Generator(2), 2, 5, 100, 100).ToArray());
    }

    [Fact]
    public void GivesSingleNumbers()
    {
        Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);
        Assert.Equal(0, x[0, 0, 0]);
        Assert.Equal(23, x[1, 2, 3]);
        Assert.Equal(23, x[-1, -1, -1]);
        Assert.Equal(6, x[0, 1, -2]);
        Assert.Equal(5, Tensor.Scalar(5)[[]]);
    }

    [Fact]
    public void DoublesSurviveOnTheReference()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Assert.Equal(0.1, Tensor.Scalar(0.1).ToDouble());
        Assert.Equal([1.0 / 3], Tensor.From(new[] { 1.0 / 3 }).ToDoubles());
    }

    [Fact]
    public void PrintsItself()
    {
        Assert.Equal("3", Tensor.Scalar(3).ToString());
        Assert.Equal("[1, 2]  [2]", Tensor.From([1, 2]).ToString());
        Assert.Equal("[[0.5000, -1.2500],\n [2.0000, 3.0000]]  [2, 2]", Tensor.From(new[] { 0.5, -1.25, 2, 3 }, 2, 2).ToString());
        Assert.Equal("[[[1],\n  [2]],\n [[3],\n  [4]]]  [2, 2, 1]", Tensor.From([1, 2, 3, 4], 2, 2, 1).ToString());
        Assert.Equal("[1.0000e-06, 1.0000e+00]  [2]", Tensor.From(new[] { 1e-6, 1 }).ToString());
        Assert.Equal("[]  [0]", Tensor.Zeros(0).ToString());
        Assert.Equal("[NaN, 1.0000]  [2]", Tensor.From(new[] { double.NaN, 1 }).ToString());
        Assert.Equal("[0, 1, 2, …, 1998, 1999, 2000]  [2001]", Tensor.Arange(2001).ToString());
        Assert.Equal("[[0, 1, 2, …, 97, 98, 99],\n [100, 101, 102, …, 197, 198, 199],\n [200, 201, 202, …, 297, 298, 299],\n …\n " +
            "[1700, 1701, 1702, …, 1797, 1798, 1799],\n [1800, 1801, 1802, …, 1897, 1898, 1899],\n [1900, 1901, 1902, …, 1997, 1998, " +
            "1999]]  [20, 100]",
            Tensor.Arange(2000).Reshape(20, 100).ToString());
    }

    [Fact]
    public void MovesBetweenDevices()
    {
        Tensor x = Tensor.From(new[] { 0.5, -2 });
        Tensor y = x.To(Device.Reference);
        Assert.Same(Device.Reference, y.Device);
        Assert.Equal(x.ToArray(), y.ToArray());
        Assert.Same(x, x.To(Device.Cpu));
    }

    [Fact]
    public void CopiesStandAlone()
    {
        Tensor x = Tensor.From([1, 2]), copy = x.Clone(), view = x.Detach();
        x.Assign(Tensor.From([3, 4]));
        Assert.Equal([1f, 2], copy.ToArray());
        Assert.Equal([3f, 4], view.ToArray());
    }

    [Fact]
    public void ShapesCompareAndBroadcast()
    {
        Assert.Equal(new Shape(2, 3), Shape.Broadcast([2, 3], []));
        Assert.Equal(new Shape(4, 2, 3), Shape.Broadcast([4, 1, 3], [2, 1]));
        Assert.Equal(new Shape(0, 3), Shape.Broadcast([0, 3], [1, 3]));
        Assert.NotEqual(new Shape(2, 3), new Shape(3, 2));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.Equal(6, new Shape(2, 3).Count);
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal("[2, 3]", new Shape(2, 3).ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BroadcastingIsStretchingFirst(int seed)
    {
        // For random shapes: a ∘ b equals a ∘ b with both stretched beforehand, and the gradient is the sum over the stretched axes.
        Generator generator = new((ulong)seed);
        using IDisposable _ = Device.Use(Device.Reference);
        for (int round = 0; round < 40; round++)
        {
            int[] full = [.. Enumerable.Range(0, 1 + generator.Integer(4)).Select(_ => 1 + generator.Integer(3))];
            Tensor a = Operand(full), b = Operand(full);
            Shape shape = Shape.Broadcast(a.Shape, b.Shape);
            Tensor y = a * b - b, stretched = a.BroadcastTo(shape) * b.BroadcastTo(shape) - b.BroadcastTo(shape);
            Assert.Equal(shape, y.Shape);
            Assert.Equal(stretched.ToDoubles(), y.ToDoubles());
            foreach ((Tensor g, Tensor h) in Tensor.Gradients(y.Square().Sum(), [a, b])
                .Zip(Tensor.Gradients(stretched.Square().Sum(), [a, b])))
                Golden.Close(h.ToDoubles(), g.ToDoubles(), 1e-12);
        }

        Tensor Operand(int[] full)
        {
            int[] dims = [.. full.Skip(generator.Integer(full.Length + 1)).Select(n => generator.Integer(3) == 0 ? 1 : n)];
            return Tensor.Normal(generator, 0, 1, dims).RequireGradient();
        }
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Shape [2, 2] holds 4 numbers, got 3.", () => Tensor.From([1, 2, 3], 2, 2) },
        { "A shape's lengths must be 0 or more, got [2, -1].", () => Tensor.Zeros(2, -1) },
        { "A tensor holds at most 2147483591 numbers, [65536, 65536] has more; make it smaller.", () => _ = new Shape(65536, 65536) },
        { "Linspace needs 2 or more points, got 1.", () => Tensor.Linspace(0, 1, 1) },
        { "Label 1 must be a whole number from 0 to 2, got 3.", () => Tensor.OneHot(Tensor.From([0, 3]), 3) },
        { "A tensor [2, 3] takes 2 indices, got 1.", () => _ = Tensor.Zeros(2, 3)[0] },
        { "Index 3 is outside axis 1 of [2, 3].", () => _ = Tensor.Zeros(2, 3)[0, 3] },
        { "Index -3 is outside axis 0 of [2, 3].", () => _ = Tensor.Zeros(2, 3)[-3, 0] },
        { "This tensor [2] holds 2 numbers, not one; reduce it first, for instance with Sum() or Mean().", () => Tensor.Zeros(2).Item() },
        { "A matrix has 2 axes, this tensor is [3].", () => Tensor.Zeros(3).ToMatrix() },
        { "Expected values of shape [2], got [3].", () => Tensor.Zeros(2).Assign(Tensor.Zeros(3)) },
        { "Expected 1 or more to choose from, got 0.", () => new Generator(1).Integer(0) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
