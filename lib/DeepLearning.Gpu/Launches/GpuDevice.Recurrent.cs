using ILGPU;

namespace DeepLearning;

// A layer that fits goes its whole way in one launch (see SequenceKernels); a larger one a product and a step at a time, as
// composed in Device.
public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Recurrent(in RecurrentArgs p)
    {
        if (!GoesInOneLaunch(p))
        {
            base.Recurrent(p);
            return;
        }
        int columns = p.Blocks * p.H;
        Storage transposed = FilledUp(p.Weight, p.H, columns, 1, p.H);
        EachSequence(SequenceKernels.Forward, p, p.H, columns, new SequenceKernelArgs
        {
            Layer = States(p), Weight = Fours(transposed), Bias = ReadOr(p.Bias, p.Weight), HasBias = Flag(p.Bias is not null),
        });
        Free(transposed);
    }

    /// <inheritdoc/>
    public override void RecurrentGradient(in RecurrentGradientArgs p)
    {
        RecurrentArgs forward = p.Forward;
        if (!GoesInOneLaunch(forward))
        {
            base.RecurrentGradient(p);
            return;
        }
        // Rows of four are read where they are.
        int rows = forward.Blocks * forward.H;
        Storage weight = forward.H % 4 == 0 ? forward.Weight : FilledUp(forward.Weight, rows, forward.H, forward.H, 1);
        EachSequence(SequenceKernels.Backward, forward, rows, forward.H,
            new SequenceKernelArgs { Layer = Gradients(p), Weight = Fours(weight), Bias = Read(weight) });
        if (weight != forward.Weight) Free(weight);
    }

    /// <inheritdoc/>
    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step) =>
        Each(RecurrentKernels.Forward, p.N * p.H, States(p) with { V = Read(v), Step = step });

    /// <inheritdoc/>
    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step) =>
        Each(RecurrentKernels.Backward, p.Forward.N * p.Forward.H, Gradients(p) with { DV = Write(dv), Step = step });

    // Every group reads all of W_hh at every step, so products, which read it once, are better where there are more groups than work at
    // once, and where a group is too small for the state. For a card's 1024 threads and 132 processors: up to H = 256, and 1056 sequences.
    private bool GoesInOneLaunch(in RecurrentArgs p) =>
        SequenceLanes(p) <= Math.Min(SequenceKernels.MostLanes, _accelerator.MaxNumThreadsPerGroup) && SequenceGroups(p) <= _wantedGroups &&
        SequenceKernels.SharedFours * Interop.SizeOf<Float4>() <= _accelerator.MaxSharedMemoryPerGroup;

    private void EachSequence(Action<SequenceKernelArgs> kernel, in RecurrentArgs p, int rows, int columns, in SequenceKernelArgs arguments)
    {
        int fours = Float4.Count(columns), lanes = SequenceLanes(p), parts = lanes / fours;
        EachLargeGroup(kernel, SequenceGroups(p), lanes, arguments with
        {
            Rows = rows, Fours = fours, Parts = parts, NextRow = parts * fours, PerState = new Divisor(p.H), PerRow = new Divisor(fours),
        });
    }

    private static int SequenceLanes(in RecurrentArgs p) => SequenceKernels.Samples * p.H;

    private static int SequenceGroups(in RecurrentArgs p) => (p.N + SequenceKernels.Samples - 1) / SequenceKernels.Samples;

    // [rows, columns] from a matrix that is walked with these strides, each row filled up to four.
    private Storage FilledUp(Storage matrix, int rows, int columns, int rowStride, int columnStride)
    {
        int width = 4 * Float4.Count(columns);
        Storage result = Allocate(rows * width);
        Copy(matrix, 0, [rowStride, columnStride], result, 0, [width, 1], [rows, columns], add: false);
        return result;
    }

    private static ArrayView<Float4> Fours(Storage storage) => Read(storage).Cast<Float4>();

    private static RecurrentKernelArgs States(in RecurrentArgs p) => Layer(p) with
    {
        Gates = Write(p.Gates), Hidden = Write(p.Hidden), Cell = WriteOr(p.Cell, p.Hidden), Output = Write(p.Output),
        Before = WriteOr(p.Before, p.Hidden), Memory = WriteOr(p.Memory, p.Hidden),
    };

    private static RecurrentKernelArgs Gradients(in RecurrentGradientArgs p) => Layer(p.Forward) with
    {
        Hidden = Write(p.Hidden), Cell = WriteOr(p.Cell, p.Hidden),
        HasCell = Flag(p.Cell is not null && p.Forward.Kind == RecurrentKind.Lstm), DOutput = Read(p.Output), U = Write(p.U),
        DVAll = WriteOr(p.V, p.U), HasDVAll = Flag(p.V is not null),
    };

    private static RecurrentKernelArgs Layer(in RecurrentArgs p)
    {
        ArrayView<float> any = Read(p.Hidden);
        return new RecurrentKernelArgs
        {
            Kind = p.Kind, Gates = Read(p.Gates), V = any, Hidden = any, Cell = any, Output = any, Before = ReadOr(p.Before, p.Hidden),
            Memory = ReadOr(p.Memory, p.Hidden), Lengths = ReadOr(p.Lengths, p.Hidden), DOutput = any, U = any, DV = any,
            DVAll = any, N = p.N, T = p.T, H = p.H, Blocks = p.Blocks, Reverse = Flag(p.Reverse), Width = p.Width, Offset = p.Offset,
            HasLengths = Flag(p.Lengths is not null), HasCell = Flag(p.Cell is not null && p.Kind == RecurrentKind.Lstm),
            HasBefore = Flag(p.Before is not null), HasMemory = Flag(p.Memory is not null),
        };
    }
}
