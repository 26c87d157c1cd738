using FsCheck.Fluent;
using static DeepLearning.Tests.Properties.Property;

namespace DeepLearning.Tests.Properties;

public class ContractionProperties
{
    [Fact]
    public void ProductsOfBroadcastBatches() => ForAll(ShapesOf(0, 3).Zip(ShapesOf(3, 3)), (shapes, random) =>
    {
        (Shape batch, (int m, int k, int n)) = (shapes.Item1, (shapes.Item2[0], shapes.Item2[1], shapes.Item2[2]));
        Tensor a = Whole(random, new([.. Shrunk(random, batch).Dims, m, k])), b = Whole(random, new([.. Shrunk(random, batch).Dims, k, n]));
        double[] left = a.ToDoubles(), right = b.ToDoubles();
        Shape common = Shape.Broadcast(new(a.Shape.Dims[..^2]), new(b.Shape.Dims[..^2]));
        Same(new([.. common.Dims, m, n]), i => Enumerable.Range(0, k).Sum(l =>
            left[Place(a.Shape, [.. i[..^2], i[^2], l])] * right[Place(b.Shape, [.. i[..^2], l, i[^1]])]), a.MatMul(b));
    });

    [Fact]
    public void EinsteinsNotationIsASumOverAllIndices() => ForAll(ShapesOf(5, 5), (lengths, random) =>
    {
        string[] inputs = [.. Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => "abcde"[random.Next(5)])))];
        char[] used = [.. string.Concat(inputs).Distinct()];
        random.Shuffle(used);
        string output = new(used[..random.Next(used.Length + 1)]), formula = string.Join(',', inputs) + "->" + output;
        Tensor[] operands = [.. inputs.Select(labels => Whole(random, ShapeOf(labels)).RequireGradient())];
        double[] expected = new double[ShapeOf(output).Count];
        double[][] values = [.. operands.Select(x => x.ToDoubles())], gradients = [.. values.Select(v => new double[v.Length])];
        foreach (int[] index in Indices(ShapeOf(new string(used))))
        {
            double[] factors = [.. inputs.Select((labels, i) => values[i][At(labels, index)])];
            expected[At(output, index)] += factors.Aggregate(1.0, (x, y) => x * y);
            for (int i = 0; i < inputs.Length; i++)
                gradients[i][At(inputs[i], index)] += factors.Where((_, j) => j != i).Aggregate(1.0, (x, y) => x * y);
        }
        Tensor result = Tensor.Einsum(formula, operands);
        Same(ShapeOf(output), i => expected[Place(ShapeOf(output), i)], result);
        Tensor[] actual = Tensor.Gradients(result.Sum(), operands);
        for (int i = 0; i < inputs.Length; i++) Same(operands[i].Shape, at => gradients[i][Place(operands[i].Shape, at)], actual[i]);

        Shape ShapeOf(string labels) => new([.. labels.Select(c => lengths[c - 'a'])]);

        int At(string labels, int[] index) => Place(ShapeOf(labels), [.. labels.Select(c => index[Array.IndexOf(used, c)])]);
    });
}
