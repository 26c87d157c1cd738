namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Where kernels that take four numbers at a time begin and end: lengths on both sides of 4 and of a group's threads, places that are no
/// multiple of 4, and nothing written behind the end.
/// </summary>
public abstract class EdgeTests(GpuDevice device)
{
    private const float Untouched = -77;

    public static TheoryData<int> Lengths => [0, 1, 2, 3, 4, 5, 7, 8, 255, 256, 257, 1023, 1024, 1025];

    [Theory, MemberData(nameof(Lengths))]
    public void ElementsEndWhereTheyShould(int n)
    {
        Same(n, (d, s, y) => d.Fill(y, n, 0.5));
        Same(n, (d, s, y) => d.Unary(UnaryOp.Affine, s[0], y, n, 2, 1));
        Same(n, (d, s, y) => d.UnaryGradient(UnaryOp.Tanh, s[0], s[1], s[2], y, n));
        Same(n, (d, s, y) => d.Where(s[0], s[1], s[2], y, n));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [1], s[1], [1], y, [n]));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [0], s[1], [1], y, [n]));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [1], s[1], [0], y, [n]));
        Same(n, (d, s, y) => d.Random(RandomKind.Uniform, 3, 1, 0, 1, y, n));
        // The reference device steps by an optimizer's formula; the processor has a kernel for it.
        Same(n, (d, s, y) =>
            d.Update([new UpdateArgs(UpdateRule.Momentum) { W = y, G = s[0], V = s[1], N = n, LearningRate = 0.1, Momentum = 0.9 }]),
            right: Device.Cpu);
    }

    // A row of numbers over all rows, one for each row, one for each channel, and an axis that is walked backwards.
    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 5)]
    [InlineData(5, 8)]
    [InlineData(9, 257)]
    [InlineData(257, 12)]
    public void BroadcastsEndWhereTheyShould(int rows, int columns)
    {
        int n = rows * columns;
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [columns, 1], s[1], [0, 1], y, [rows, columns]));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [columns, 1], s[1], [1, 0], y, [rows, columns]));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [1, rows], s[1], [columns, 1], y, [rows, columns]));
        Same(2 * n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [n, columns, 1], s[1], [0, 1, 0], y, [2, rows, columns]));
        Same(n, (d, s, y) => d.Binary(BinaryOp.Subtract, s[0], [columns, 1], s[1], [columns + 1, 1], y, [rows, columns]), inputs: n + rows);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 8)]
    [InlineData(1, 0)]
    [InlineData(0, 3)]
    [InlineData(2, 2)]
    public void CopiesBeginAnywhere(int xOffset, int yOffset)
    {
        foreach (bool add in (bool[])[false, true])
        foreach (int n in (int[])[1, 3, 4, 5, 8, 257])
        {
            Same(n + yOffset, (d, s, y) => d.Copy(s[0], xOffset, [1], y, yOffset, [1], [n], add), inputs: n + xOffset);
            // Some columns of a matrix, into some of another.
            Same(7 * (n + 4) + yOffset, (d, s, y) => d.Copy(s[0], xOffset, [n + 8, 1], y, yOffset, [n + 4, 1], [7, n], add),
                inputs: 7 * (n + 8) + xOffset);
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(31, 33)]
    [InlineData(65, 17)]
    [InlineData(64, 96)]
    public void TransposesGoTileByTile(int rows, int columns)
    {
        int n = rows * columns;
        foreach (bool add in (bool[])[false, true])
        {
            Same(n, (d, s, y) => d.Copy(s[0], 0, [1, rows], y, 0, [columns, 1], [rows, columns], add));
            Same(n + 5, (d, s, y) => d.Copy(s[0], 3, [1, rows], y, 5, [columns, 1], [rows, columns], add), inputs: n + 3);
            Same(3 * n, (d, s, y) => d.Copy(s[0], 0, [n, 1, rows], y, 0, [n, columns, 1], [3, rows, columns], add));
        }
    }

    [Theory]
    [InlineData(1, 1023, 1)]
    [InlineData(3, 257, 1)]
    [InlineData(2, 4099, 1)]
    [InlineData(1, 20_000, 1)]
    [InlineData(1, 257, 5)]
    [InlineData(2, 1025, 33)]
    [InlineData(1, 2000, 3)]
    public void ReductionsTakeEveryNumberOnce(int outer, int length, int inner)
    {
        int n = outer * length * inner, results = outer * inner;
        foreach (ReduceOp op in (ReduceOp[])[ReduceOp.Sum, ReduceOp.Max, ReduceOp.Min])
            Same(results, (d, s, y) => d.Reduce(op, s[0], y, outer, length, inner), n);
        foreach (bool flag in (bool[])[false, true])
        {
            Same(results, (d, s, y) => d.ArgReduce(flag, s[0], y, outer, length, inner), n);
            Same(n, (d, s, y) => d.CumulativeSum(s[0], y, outer, length, inner, flag), n);
        }
        Same(1, (d, s, y) => d.Mean(s[0], y, n, 7), n);
        Same(n, (d, s, y) => d.BatchNorm(new BatchNormArgs(s[0], s[1], s[2], outer, length, inner, 1e-3), null, y), n);
        Same(n, (d, s, y) => d.BatchNorm(new BatchNormArgs(s[0], s[1], s[2], length, outer, inner, 1e-3), null, y), n);
    }

    // Runs on both devices, and compares what is written and what is not.
    private void Same(int outputs, Action<Device, Storage[], Storage> run, int inputs = 0, Device? right = null)
    {
        double[] expected = Run(right ?? Device.Reference), actual = Run(device);
        Golden.Close(expected, actual, 1e-5);
        Assert.Equal(actual, Run(device));

        double[] Run(Device on)
        {
            Storage[] s = [.. Enumerable.Range(0, 3).Select(k => Upload(on, Math.Max(inputs, outputs), k))];
            Storage y = on.Allocate(outputs + 8);
            on.Upload((ReadOnlySpan<float>)[.. Enumerable.Repeat(Untouched, outputs + 8)], y);
            run(on, s, y);
            double[] result = new double[outputs + 8];
            on.Download(y, result);
            foreach (Storage block in (Storage[])[.. s, y]) on.Free(block);
            return result;
        }
    }

    private static Storage Upload(Device on, int n, int seed)
    {
        Random random = new(seed);
        Storage block = on.Allocate(n);
        on.Upload((ReadOnlySpan<float>)[.. Enumerable.Range(0, n).Select(_ => 2 * random.NextSingle() - 1)], block);
        return block;
    }
}

public sealed class ProcessorEdges() : EdgeTests(Devices.Processor);

public sealed class OpenCLEdges() : EdgeTests(Devices.OpenCL);

public sealed class CudaEdges() : EdgeTests(Devices.Cuda);
