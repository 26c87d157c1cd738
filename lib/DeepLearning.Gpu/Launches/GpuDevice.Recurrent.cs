namespace DeepLearning;

// The way through a sequence, a product and a step at a time, is composed in Device: nothing of it leaves the card.
public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step) => Each(RecurrentKernels.Forward, p.N * p.H, Arguments(p, step) with
    {
        Gates = Write(p.Gates), V = Read(v), Hidden = Write(p.Hidden), Cell = WriteOr(p.Cell, p.Hidden), Output = Write(p.Output),
        Before = WriteOr(p.Before, p.Hidden), Memory = WriteOr(p.Memory, p.Hidden),
    });

    /// <inheritdoc/>
    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step) =>
        Each(RecurrentKernels.Backward, p.Forward.N * p.Forward.H, Arguments(p.Forward, step) with
        {
            DHidden = Write(p.Hidden), DCell = WriteOr(p.Cell, p.Hidden), DOutput = Read(p.Output), U = Write(p.U), DV = Write(dv), DVAll = WriteOr(p.V, dv),
            HasDVAll = Flag(p.V is not null),
        });

    private static RecurrentKernelArgs Arguments(in RecurrentArgs p, int step)
    {
        var any = Read(p.Hidden);
        return new RecurrentKernelArgs
        {
            Kind = p.Kind, Gates = Read(p.Gates), V = any, Hidden = any, Cell = any, Output = any, Before = ReadOr(p.Before, p.Hidden),
            Memory = ReadOr(p.Memory, p.Hidden), Lengths = ReadOr(p.Lengths, p.Hidden), DHidden = any, DCell = any, DOutput = any, U = any, DV = any,
            DVAll = any, T = p.T, H = p.H, Blocks = p.Blocks, Step = step, Reverse = Flag(p.Reverse), Width = p.Width, Offset = p.Offset,
            HasLengths = Flag(p.Lengths is not null), HasBefore = Flag(p.Before is not null), HasMemory = Flag(p.Memory is not null),
        };
    }
}
