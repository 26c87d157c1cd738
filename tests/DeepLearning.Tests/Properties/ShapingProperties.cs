using static DeepLearning.Tests.Properties.Property;

namespace DeepLearning.Tests.Properties;

public class ShapingProperties
{
    [Fact]
    public void APermutationMovesIndices() => ForAll(Shapes, (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        double[] values = x.ToDoubles();
        int[] order = [.. Enumerable.Range(0, shape.Rank)], back = new int[shape.Rank];
        random.Shuffle(order);
        for (int i = 0; i < order.Length; i++) back[order[i]] = i;
        Tensor y = x.Permute(order);
        Same(new Shape([.. order.Select(axis => shape[axis])]), i => values[Place(shape, [.. back.Select(at => i[at])])], y);
        Assert.Equal(values, y.Permute(back).ToDoubles());
    });

    [Fact]
    public void ReshapingKeepsTheOrder() => ForAll(Shapes, (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        int[] dims = shape.Dims.ToArray();
        random.Shuffle(dims);
        Tensor y = x.Reshape(dims);
        Assert.Equal(x.ToDoubles(), y.ToDoubles());
        if (shape.Rank == 0 || shape.Count == 0) return;
        dims[random.Next(dims.Length)] = -1;
        Assert.Equal(y.Shape, x.Reshape(dims).Shape);
        Assert.Throws<ArgumentException>(() => x.Reshape(shape.Count + 1));
    });

    [Fact]
    public void ASliceTakesEveryStepthEntryAndSendsItsGradientBack() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        Tensor x = Whole(random, shape).RequireGradient();
        int axis = random.Next(shape.Rank), from = random.Next(shape[axis] + 1), to = random.Next(from, shape[axis] + 1),
            step = random.Next(2) == 0 ? random.Next(1, 4) : -random.Next(1, 4);
        List<int> taken = [];
        for (int k = step > 0 ? from : to - 1; k >= from && k < to; k += step) taken.Add(k);
        double[] values = x.ToDoubles(), gradient = new double[x.Count];
        Tensor y = x.Slice(axis - shape.Rank, from..to, step), w = Whole(random, y.Shape);
        Same(new Shape([.. shape.Dims[..axis], taken.Count, .. shape.Dims[(axis + 1)..]]), i => values[From(i)], y);
        double[] weights = w.ToDoubles();
        foreach (int[] i in Indices(y.Shape)) gradient[From(i)] += weights[Place(y.Shape, i)];
        Same(shape, i => gradient[Place(shape, i)], Tensor.Gradients((y * w).Sum(), [x])[0]);

        int From(int[] i) => Place(shape, [.. i[..axis], taken[i[axis]], .. i[(axis + 1)..]]);
    });

    [Fact]
    public void PaddingSurroundsAndSlicingTakesItOffAgain() => ForAll(Shapes, (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        double[] values = x.ToDoubles();
        var widths = new (int Before, int After)[shape.Rank];
        for (int i = 0; i < widths.Length; i++) widths[i] = (random.Next(3), random.Next(3));
        Shape padded = new([.. widths.Select((w, axis) => w.Before + shape[axis] + w.After)]);
        Tensor y = x.Pad(widths, 7);
        Same(padded, i => widths.Select((w, axis) => i[axis] >= w.Before && i[axis] < w.Before + shape[axis]).All(inside => inside)
            ? values[Place(shape, [.. widths.Select((w, axis) => shape[axis] == 1 ? 0 : i[axis] - w.Before)])] : 7, y);
        for (int axis = 0; axis < shape.Rank; axis++) y = y.Slice(axis, widths[axis].Before, shape[axis]);
        Same(shape, i => values[Place(shape, i)], y);
    });

    [Fact]
    public void PaddingContinuesWhatIsThere() => ForAll(ShapesOf(1, 3), (shape, random) =>
    {
        int axis = random.Next(shape.Rank), n = shape[axis];
        if (n == 0) return;
        Tensor x = Whole(random, shape);
        double[] values = x.ToDoubles();
        foreach (PadMode mode in Enum.GetValues<PadMode>())
        {
            int most = mode == PadMode.Reflect ? n - 1 : n, before = random.Next(most + 1), after = random.Next(most + 1);
            Same(new Shape([.. shape.Dims[..axis], before + n + after, .. shape.Dims[(axis + 1)..]]),
                i => values[Place(shape, [.. i[..axis], Source(i[axis] - before), .. i[(axis + 1)..]])], x.Pad(axis, before, after, mode));

            int Source(int k) => mode switch
            {
                PadMode.Reflect => k < 0 ? -k : k >= n ? 2 * (n - 1) - k : k,
                PadMode.Circular => (k + n) % n,
                _ => Math.Clamp(k, 0, n - 1),
            };
        }
    });

    [Fact]
    public void WhatIsSplitIsJoinedAgain() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        int axis = random.Next(shape.Rank), left = shape[axis];
        List<int> lengths = [];
        while (left > 0 || lengths.Count == 0)
        {
            lengths.Add(random.Next(left + 1));
            left -= lengths[^1];
        }
        Tensor[] parts = x.Split(axis, [.. lengths]), chunks = x.Chunk(axis, random.Next(1, 6));
        Assert.Equal(lengths, parts.Select(p => p.Shape[axis]));
        Assert.InRange(chunks[0].Shape[axis] - chunks[^1].Shape[axis], 0, 1);
        foreach (Tensor[] pieces in (Tensor[][])[parts, chunks])
        {
            Tensor joined = Tensor.Concatenate(axis, pieces);
            Assert.Equal(shape, joined.Shape);
            Assert.Equal(x.ToDoubles(), joined.ToDoubles());
        }
        if (shape[axis] == 0) return;
        Tensor stacked = Tensor.Stack(axis, [.. Enumerable.Range(0, shape[axis]).Select(k => x.Select(axis, k))]);
        Assert.Equal(x.ToDoubles(), stacked.ToDoubles());
    });

    [Fact]
    public void RepeatingFlippingAndRollingMoveIndices() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        Tensor x = Whole(random, shape);
        double[] values = x.ToDoubles();
        int axis = random.Next(shape.Rank), n = shape[axis], count = random.Next(4), shift = random.Next(-9, 10);
        int[] counts = [.. shape.Dims.ToArray().Select(_ => random.Next(1, 3))];
        double At(int[] i, int k) => values[Place(shape, [.. i[..axis], k, .. i[(axis + 1)..]])];
        Same(shape, i => At(i, n - 1 - i[axis]), x.Flip(axis));
        Same(shape, i => At(i, ((i[axis] - shift) % n + n) % n), x.Roll(axis, shift));
        Same(new Shape([.. shape.Dims[..axis], n * count, .. shape.Dims[(axis + 1)..]]), i => At(i, i[axis] / count),
            x.RepeatInterleave(axis, count));
        Same(new Shape([.. counts.Select((c, a) => c * shape[a])]), i => values[Place(shape, [.. i.Select((k, a) => k % shape[a])])],
            x.Tile(counts));
    });

    [Fact]
    public void TakingAndScatteringAreTransposesOfEachOther() => ForAll(ShapesOf(1, 4), (shape, random) =>
    {
        int axis = random.Next(shape.Rank), n = shape[axis];
        if (n == 0) return;
        Shape chosen = new([.. shape.Dims[..axis], random.Next(5), .. shape.Dims[(axis + 1)..]]);
        Tensor x = Whole(random, shape), y = Whole(random, chosen);
        Tensor index = Tensor.From([.. Enumerable.Range(0, chosen.Count).Select(_ => random.Next(n))], chosen.Dims).Reshape(chosen);
        double[] values = x.ToDoubles(), places = index.ToDoubles();
        Tensor taken = x.Gather(axis, index);
        Same(chosen, i => values[Place(shape, [.. i[..axis], (int)places[Place(chosen, i)], .. i[(axis + 1)..]])], taken);
        Assert.Equal(Tensor.Dot(taken, y).ToDouble(), Tensor.Dot(x, y.ScatterAdd(axis, index, n)).ToDouble());
    });
}
