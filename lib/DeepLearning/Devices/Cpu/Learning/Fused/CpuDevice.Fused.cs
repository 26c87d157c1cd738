namespace DeepLearning.Kernels;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override bool FusesUpdates => true;

    /// <inheritdoc/>
    public override void Run(in FusedProgram program)
    {
        if (FusedInstruction.From(in program) is not { } instructions)
        {
            base.Run(in program);
            return;
        }
        CpuFusedProgram compiled = new(in program, instructions, Data);
        int pieces = Pieces(2L * program.N * instructions.Count);
        if (pieces > 1) ForkJoin<FusedPieces>.Run(new(compiled, program.N, pieces), pieces, _maxThreads);
        else compiled.Run(0, program.N);
    }

    private readonly struct FusedPieces(CpuFusedProgram program, int n, int count) : IPieces
    {
        public void Run(int i) => program.Run(Cut(n, i, count, 16), Cut(n, i + 1, count, 16));
    }
}
