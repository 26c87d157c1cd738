using FsCheck.Fluent;
using static DeepLearning.Tests.Properties.Property;

namespace DeepLearning.Tests.Properties;

public class BroadcastProperties
{
    private static readonly (Func<Tensor, Tensor, Tensor> Operation, Func<double, double, double> OfNumbers)[] s_operations =
    [
        ((a, b) => a + b, (a, b) => a + b), ((a, b) => a - b, (a, b) => a - b), ((a, b) => a * b, (a, b) => a * b),
        (Tensor.Maximum, Math.Max), (Tensor.Minimum, Math.Min), (Tensor.Equal, (a, b) => a == b ? 1 : 0),
        (Tensor.NotEqual, (a, b) => a != b ? 1 : 0), ((a, b) => a < b, (a, b) => a < b ? 1 : 0),
        ((a, b) => a <= b, (a, b) => a <= b ? 1 : 0), ((a, b) => a > b, (a, b) => a > b ? 1 : 0),
        ((a, b) => a >= b, (a, b) => a >= b ? 1 : 0),
    ];

    [Fact]
    public void OperandsAreStretchedToTheCommonShape() => ForAll(Shapes, (shape, random) =>
    {
        Tensor a = Whole(random, Shrunk(random, shape)), b = Whole(random, Shrunk(random, shape));
        double[] left = a.ToDoubles(), right = b.ToDoubles();
        Shape common = Shape.Broadcast(a.Shape, b.Shape);
        foreach ((Func<Tensor, Tensor, Tensor> operation, Func<double, double, double> ofNumbers) in s_operations)
            Same(common, i => ofNumbers(left[Place(a.Shape, i)], right[Place(b.Shape, i)]), operation(a, b));
    });

    [Fact]
    public void AnyTwoShapesFitTogetherOrAreRefused() => ForAll(Shapes.Zip(Shapes), (shapes, random) =>
    {
        (Shape a, Shape b) = shapes;
        int rank = Math.Max(a.Rank, b.Rank);
        int[] x = [.. Enumerable.Repeat(1, rank - a.Rank), .. a.Dims], y = [.. Enumerable.Repeat(1, rank - b.Rank), .. b.Dims];
        bool fit = x.Zip(y).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);
        if (fit) Assert.Equal(new Shape([.. x.Zip(y, (m, n) => m == 1 ? n : m)]), (Whole(random, a) + Whole(random, b)).Shape);
        else Assert.StartsWith($"Shapes {a} and {b} do not fit together", Assert.Throws<ArgumentException>(() =>
        {
            _ = Whole(random, a) + Whole(random, b);
        }).Message);
    });

    [Fact]
    public void AStretchedOperandsGradientIsSummedBackToItsShape() => ForAll(Shapes, (shape, random) =>
    {
        Tensor a = Whole(random, Shrunk(random, shape)).RequireGradient(), b = Whole(random, shape), w = Whole(random, shape);
        double[] right = b.ToDoubles(), weights = w.ToDoubles(), expected = new double[a.Count];
        foreach (int[] i in Indices(shape)) expected[Place(a.Shape, i)] += right[Place(shape, i)] * weights[Place(shape, i)];
        Same(a.Shape, i => expected[Place(a.Shape, i)], Tensor.Gradients((a * b * w).Sum(), [a])[0]);
        Same(a.Shape, i => expected[Place(a.Shape, i)], Tensor.Gradients((a.BroadcastTo(shape) * b * w).Sum(), [a])[0]);
    });

    [Fact]
    public void WhereChoosesAmongStretchedOperands() => ForAll(Shapes, (shape, random) =>
    {
        Tensor c = Whole(random, Shrunk(random, shape)), a = Whole(random, Shrunk(random, shape)).RequireGradient(),
            b = Whole(random, Shrunk(random, shape));
        double[] condition = c.ToDoubles(), left = a.ToDoubles(), right = b.ToDoubles(), gradient = new double[a.Count];
        Shape common = Shape.Broadcast(Shape.Broadcast(a.Shape, b.Shape), c.Shape);
        Tensor y = Tensor.Where(c, a, b);
        Same(common, i => condition[Place(c.Shape, i)] != 0 ? left[Place(a.Shape, i)] : right[Place(b.Shape, i)], y);
        foreach (int[] i in Indices(common)) gradient[Place(a.Shape, i)] += condition[Place(c.Shape, i)] != 0 ? 1 : 0;
        Same(a.Shape, i => gradient[Place(a.Shape, i)], Tensor.Gradients(y.Sum(), [a])[0]);
    });
}
