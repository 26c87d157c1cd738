using FsCheck;
using FsCheck.Fluent;

namespace DeepLearning.Tests.Properties;

/// <summary>
/// Random shapes with small whole numbers, whose sums and products float32 holds exactly, and the naive index-by-index reading that
/// operations are compared with. Every property holds on both devices.
/// </summary>
public static class Property
{
    public static readonly Gen<int> Seed = Gen.Choose(0, int.MaxValue - 1);

    /// <summary>Up to four axes; a length of 0 comes now and then.</summary>
    public static readonly Gen<Shape> Shapes = ShapesOf(0, 4);

    public static Gen<Shape> ShapesOf(int minRank, int maxRank) =>
        from rank in Gen.Choose(minRank, maxRank)
        from dims in Gen.Frequency((1, Gen.Constant(0)), (30, Gen.Choose(1, 4))).ArrayOf(rank)
        select new Shape(dims);

    /// <summary>
    /// A hundred random cases, the same at every run, each on both devices. The random numbers are for choices within a case.
    /// </summary>
    public static void ForAll<T>(Gen<T> cases, Action<T, Random> check) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20, 11), Prop.ForAll(cases.Zip(Seed).ToArbitrary(), test =>
        {
            foreach (Device device in (Device[])[Device.Cpu, Device.Reference])
            {
                using IDisposable _ = Device.Use(device);
                check(test.Item1, new Random(test.Item2));
            }
        }));

    public static Tensor Whole(Random random, Shape shape) =>
        Tensor.From([.. Enumerable.Range(0, shape.Count).Select(_ => (double)random.Next(-3, 4))], shape.Dims).Reshape(shape);

    /// <summary>A shape that broadcasts to <paramref name="target"/>: leading axes left out, others made 1.</summary>
    public static Shape Shrunk(Random random, Shape target)
    {
        int[] dims = target.Dims[random.Next(0, target.Rank + 1)..].ToArray();
        return new Shape([.. dims.Select(d => random.Next(3) == 0 ? 1 : d)]);
    }

    /// <summary>Some of the axes, in any order, some counted from the end.</summary>
    public static int[] SomeAxes(Random random, Shape shape)
    {
        int[] axes = [.. Enumerable.Range(0, shape.Rank).Where(_ => random.Next(2) == 0)];
        random.Shuffle(axes);
        return [.. axes.Select(axis => random.Next(2) == 0 ? axis : axis - shape.Rank)];
    }

    /// <summary>Every index of a shape, in row-major order.</summary>
    public static IEnumerable<int[]> Indices(Shape shape)
    {
        for (int i = 0; i < shape.Count; i++)
        {
            int[] index = new int[shape.Rank];
            for (int axis = shape.Rank - 1, left = i; axis >= 0; left /= shape[axis--]) index[axis] = left % shape[axis];
            yield return index;
        }
    }

    /// <summary>Where an index, of this shape or one that it broadcasts to, is in row-major order.</summary>
    public static int Place(Shape shape, ReadOnlySpan<int> index)
    {
        int at = 0, skip = index.Length - shape.Rank;
        for (int axis = 0; axis < shape.Rank; axis++) at = at * shape[axis] + (shape[axis] == 1 ? 0 : index[skip + axis]);
        return at;
    }

    /// <summary>That a tensor has a shape and, at each index, what a formula says.</summary>
    public static void Same(Shape shape, Func<int[], double> expected, Tensor actual)
    {
        Assert.Equal(shape, actual.Shape);
        double[] values = actual.ToDoubles();
        foreach (int[] index in Indices(shape))
        {
            double want = expected(index), got = values[Place(shape, index)];
            Assert.True(want == got, $"at [{string.Join(", ", index)}] of {shape}: {got}, expected {want}");
        }
    }
}
