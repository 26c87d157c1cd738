using ILGPU;

namespace DeepLearning;

internal struct RecurrentKernelArgs
{
    public RecurrentKind Kind;
    public ArrayView<float> Gates, V, Hidden, Cell, Output, Before, Memory, Lengths, DOutput, U, DV, DVAll;
    public int N, T, H, Blocks, Step, Reverse, Width, Offset, HasLengths, HasCell, HasBefore, HasMemory, HasDVAll;

    /// <summary>How many steps sequence n has.</summary>
    public readonly int Length(int n) => HasLengths != 0 ? (int)Lengths[n] : T;

    /// <summary>
    /// Where the numbers of sequence n at a step are, counted in steps of all sequences; behind its end, the place to leave empty.
    /// </summary>
    public readonly int At(int n, int step, int length) => n * T + (step < length && Reverse != 0 ? length - 1 - step : step);

    /// <summary>What a step leaves behind: the gates, the output, and what the way back needs; zeros behind a sequence's end.</summary>
    public readonly void Keep(int at, int j, in Float4 gates, float output, float before, float memory)
    {
        GateBlocks.Write(Gates, at * Blocks * H + j, Blocks, H, gates);
        Output[at * Width + Offset + j] = output;
        if (HasBefore != 0) Before[at * H + j] = before;
        if (HasMemory != 0) Memory[at * H + j] = memory;
    }
}

/// <summary>One step of a recurrent layer, one thread for each number of its state; see <see cref="RecurrentArgs"/>.</summary>
internal static class RecurrentKernels
{
    public static void Forward(Index1D state, RecurrentKernelArgs p)
    {
        int n = state / p.H, j = state % p.H, length = p.Length(n), at = p.At(n, p.Step, length);
        if (p.Step >= length)
        {
            p.Keep(at, j, default, 0, 0, 0);
            return;
        }
        Float4 u = GateBlocks.Read(p.Gates, at * p.Blocks * p.H + j, p.Blocks, p.H),
            v = GateBlocks.Read(p.V, n * p.Blocks * p.H + j, p.Blocks, p.H);
        RecurrentCell before = default;
        before.Hidden = p.Hidden[state];
        if (p.HasCell != 0) before.Cell = p.Cell[state];
        RecurrentCell after = before.Next(p.Kind, u, v);
        p.Keep(at, j, after.Gates, after.Hidden, before.Hidden, p.Kind == RecurrentKind.Gru ? v.C : before.Cell);
        p.Hidden[state] = after.Hidden;
        if (p.HasCell != 0) p.Cell[state] = after.Cell;
    }

    public static void Backward(Index1D state, RecurrentKernelArgs p)
    {
        int n = state / p.H, j = state % p.H, length = p.Length(n), at = p.At(n, p.Step, length), u = at * p.Blocks * p.H + j;
        RecurrentShare share = default;
        if (p.Step < length)
        {
            share.Hidden = p.Hidden[state] + p.DOutput[at * p.Width + p.Offset + j];
            if (p.HasCell != 0) share.Cell = p.Cell[state];
            share = share.Back(p.Kind, GateBlocks.Read(p.Gates, u, p.Blocks, p.H), p.HasBefore != 0 ? p.Before[at * p.H + j] : 0,
                p.HasMemory != 0 ? p.Memory[at * p.H + j] : 0);
            p.Hidden[state] = share.Hidden;
            if (p.HasCell != 0) p.Cell[state] = share.Cell;
        }
        GateBlocks.Write(p.U, u, p.Blocks, p.H, share.U);
        GateBlocks.Write(p.DV, n * p.Blocks * p.H + j, p.Blocks, p.H, share.V);
        if (p.HasDVAll != 0) GateBlocks.Write(p.DVAll, u, p.Blocks, p.H, share.V);
    }
}
