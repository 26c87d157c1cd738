using System.Buffers;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// A <see cref="FusedProgram"/> made ready for the processor. It goes through memory block by block: all instructions are done for one
/// block before the next, and what lies between them stays in the cache.
/// </summary>
internal sealed class CpuFusedProgram
{
    // Long enough for memory to be fetched ahead and for choosing the loop to cost little; a formula's blocks still lie in the
    // second-level cache.
    private const int BlockLength = 2048;

    private readonly List<FusedInstruction> _instructions;
    private readonly Place[] _places;
    private readonly List<(Place From, float[] To)> _copies = [];
    private readonly int _inputs, _slots;

    /// <summary>Where a value lies: in memory at the block's own place, or in a slot that the next block uses again.</summary>
    /// <param name="Array">The memory; null for a slot.</param>
    /// <param name="Slot">Which slot, counted from 1.</param>
    private readonly record struct Place(float[]? Array, int Slot);

    /// <summary>Runs a program; false, with nothing done, if it has a step that there is no instruction for.</summary>
    public static bool TryRun(in FusedProgram program, Workers workers)
    {
        if (FusedInstruction.From(in program) is not { } instructions) return false;
        CpuFusedProgram ready = new(in program, instructions);
        int pieces = workers.Pieces(2L * program.N * instructions.Count);
        if (pieces > 1) workers.Run(new ProgramPieces(ready, program.N, pieces), pieces);
        else ready.Run(0, program.N);
        return true;
    }

    private readonly struct ProgramPieces(CpuFusedProgram program, int n, int count) : IPieces
    {
        public void Run(int i) => program.Run(Cut(n, i, count, 16), Cut(n, i + 1, count, 16));
    }

    private CpuFusedProgram(in FusedProgram program, List<FusedInstruction> instructions)
    {
        (_instructions, _inputs) = (instructions, program.Inputs.Length);
        _places = new Place[_inputs + program.Steps.Length];
        for (int v = 0; v < _inputs; v++) _places[v] = new Place(CpuStorage.Data(program.Inputs[v]), 0);
        Stack<int> free = [];
        for (int i = 0; i < instructions.Count; i++)
        {
            int step = instructions[i].Step;
            // A slot read here for the last time may take the result: number for number the old one is read before the new one is written.
            for (int v = _inputs; v < _inputs + step; v++)
            {
                if (_places[v] is { Array: null, Slot: > 0 } place && instructions[i].Reads(v) && !IsReadAfter(v, i)
                    && !IsTarget(in program, v - _inputs))
                    free.Push(place.Slot);
            }
            // Straight to memory, unless what is there is still to be read.
            Place result = default;
            foreach ((int made, Storage target) in program.Targets)
            {
                if (made != step || result.Array is not null) continue;
                float[] memory = CpuStorage.Data(target);
                if (!IsReadAfter(memory, i)) result = new Place(memory, 0);
            }
            if (result.Array is null) result = new Place(null, free.TryPop(out int slot) ? slot : ++_slots);
            foreach ((int made, Storage target) in program.Targets)
            {
                if (made == step && CpuStorage.Data(target) != result.Array) _copies.Add((result, CpuStorage.Data(target)));
            }
            _places[_inputs + step] = result;
        }
    }

    private bool IsReadAfter(int value, int instruction)
    {
        for (int i = instruction + 1; i < _instructions.Count; i++)
        {
            if (_instructions[i].Reads(value)) return true;
        }
        return false;
    }

    private bool IsReadAfter(float[] memory, int instruction)
    {
        for (int v = 0; v < _inputs; v++)
        {
            if (_places[v].Array == memory && IsReadAfter(v, instruction)) return true;
        }
        return false;
    }

    private static bool IsTarget(in FusedProgram program, int step)
    {
        foreach ((int made, _) in program.Targets)
        {
            if (made == step) return true;
        }
        return false;
    }

    // Computes numbers from … to − 1 of every target.
    private void Run(int from, int to)
    {
        float[] slots = ArrayPool<float>.Shared.Rent((_slots + 1) * BlockLength);
        var loops = new FusedLoop[_instructions.Count];
        for (int i = 0; i < loops.Length; i++)
        {
            FusedInstruction now = _instructions[i];
            loops[i] = new FusedLoop(now, Memory(now.X ?? now.Z), Memory(now.Z), Memory(now.U ?? now.Z),
                MemoryOf(_places[_inputs + now.Step]));
        }
        for (int start = from; start < to; start += BlockLength)
        {
            int n = Math.Min(BlockLength, to - start);
            foreach (FusedLoop loop in loops) loop.Run(start, n);
            foreach ((Place source, float[] target) in _copies) MemoryOf(source).Block(start, n).CopyTo(target.AsSpan(start, n));
        }
        ArrayPool<float>.Shared.Return(slots);

        FusedMemory Memory(FusedOperand operand) => MemoryOf(_places[operand.Value]);

        FusedMemory MemoryOf(Place place) =>
            place.Array is { } array ? new(array, 0, Moves: true) : new(slots, place.Slot * BlockLength, Moves: false);
    }
}
