using static DeepLearning.Tests.Properties.Property;

namespace DeepLearning.Tests.Properties;

public class ReductionProperties
{
    [Fact]
    public void AnyAxesAreReducedIndexByIndex() => ForAll(Shapes, (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        int[] axes = SomeAxes(random, shape);
        bool keep = random.Next(2) == 0;
        Check(axes, keep, v => v.Sum(), x.Sum(axes, keep), x);
        Check(axes, keep, v => v.Aggregate(1.0, (p, q) => p * q), x.Product(axes, keep), x);
        if (shape.Count == 0) return;
        Check(axes, keep, v => v.Max(), x.Max(axes, keep), x);
        Check(axes, keep, v => v.Min(), x.Min(axes, keep), x);
        if (axes.Length == 0) return;
        Check(axes, keep, v => v.IndexOf(v.Max()), x.ArgMax(axes, keep), x);
        Check(axes, keep, v => v.IndexOf(v.Min()), x.ArgMin(axes, keep), x);
    });

    [Fact]
    public void MeansAndVariancesAreThoseOfTheNumbersReduced() => ForAll(Shapes, (shape, random) =>
    {
        if (shape.Count == 0 || Device.Current != Device.Reference) return;
        Tensor x = Whole(random, shape);
        int[] axes = SomeAxes(random, shape);
        Check(axes, false, v => Math.Round(v.Average(), 9), Rounded(x.Mean(axes)), x);
        Check(axes, true, v => Math.Round(v.Average(u => Math.Pow(u - v.Average(), 2)), 9), Rounded(x.Variance(axes, keepAxes: true)), x);
        Check(axes, false, v => Math.Round(Math.Log(v.Sum(Math.Exp)), 9), Rounded(x.LogSumExp(axes)), x);
        Check(axes, true, v => Math.Round(Math.Sqrt(v.Sum(u => u * u)), 9), Rounded(x.Norm(axes, keepAxes: true)), x);
    });

    [Fact]
    public void TheGradientOfASumIsEverywhereThatOfItsResult() => ForAll(Shapes, (shape, random) =>
    {
        Tensor x = Whole(random, shape).RequireGradient();
        int[] axes = SomeAxes(random, shape);
        Tensor sum = x.Sum(axes, keepAxes: true), w = Whole(random, sum.Shape);
        double[] weights = w.ToDoubles();
        Same(shape, i => weights[Place(w.Shape, i)], Tensor.Gradients((sum * w).Sum(), [x])[0]);
    });

    [Fact]
    public void RunningSumsEndInTheSum() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        int axis = random.Next(shape.Rank);
        double[] values = x.ToDoubles();
        Same(shape, i => Enumerable.Range(0, i[axis] + 1).Sum(k => values[Place(shape, [.. i[..axis], k, .. i[(axis + 1)..]])]),
            x.CumulativeSum(axis));
    });

    [Fact]
    public void SortingIsStableAndItsOrderSorts() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        int axis = random.Next(shape.Rank);
        bool descending = random.Next(2) == 0;
        double[] values = x.ToDoubles();
        (Tensor sorted, Tensor order) = x.Sort(axis, descending);
        double Sign(double v) => descending ? -v : v;
        int[][] orders = [.. Indices(shape).Select(i =>
            Enumerable.Range(0, shape[axis]).OrderBy(k => Sign(values[Place(shape, [.. i[..axis], k, .. i[(axis + 1)..]])])).ToArray())];
        Same(shape, i => orders[Place(shape, i)][i[axis]], order);
        Same(shape, i => values[Place(shape, [.. i[..axis], orders[Place(shape, i)][i[axis]], .. i[(axis + 1)..]])], sorted);
    });

    private static Tensor Rounded(Tensor x) => Tensor.From([.. x.ToDoubles().Select(v => Math.Round(v, 9))], x.Shape.Dims).Reshape(x.Shape);

    private static void Check(int[] axes, bool keep, Func<List<double>, double> reduce, Tensor actual, Tensor x)
    {
        Shape shape = x.Shape;
        bool[] reduced = new bool[shape.Rank];
        foreach (int axis in axes) reduced[axis < 0 ? axis + shape.Rank : axis] = true;
        int[] all = [.. Enumerable.Range(0, shape.Rank)];
        Shape kept = new([.. all.Select(axis => reduced[axis] ? 1 : shape[axis])]);
        Shape result = keep ? kept : new([.. all.Where(axis => !reduced[axis]).Select(axis => shape[axis])]);
        List<double>[] groups = [.. Enumerable.Range(0, kept.Count).Select(_ => new List<double>())];
        double[] values = x.ToDoubles();
        foreach (int[] i in Indices(shape)) groups[Place(kept, i)].Add(values[Place(shape, i)]);
        Same(result, i => reduce(groups[Place(result, i)]), actual);
    }
}
