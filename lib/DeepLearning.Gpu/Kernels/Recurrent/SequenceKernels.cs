using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

internal struct SequenceKernelArgs
{
    public RecurrentKernelArgs Layer;

    /// <summary>Forward W_hhᵀ: [H, blocks·H], backward W_hh: [blocks·H, H]; each row filled up to a multiple of four.</summary>
    public ArrayView<Float4> Weight;

    public ArrayView<float> Bias;

    /// <summary>
    /// The matrix's rows, and fours in one; into how many parts a product's sum is cut, and how many fours from one row of a part
    /// to its next.
    /// </summary>
    public int Rows, Fours, Parts, NextRow;

    public Divisor PerState, PerRow;
    public int HasBias;
}

/// <summary>
/// A recurrent layer's whole way through its sequences in one launch. A group of 4·H threads has four sequences, and each thread one
/// number of one sequence's state. What a step multiplies with W_hh lies in the group's shared memory, so that every weight, once read,
/// serves four sequences.
/// </summary>
internal static class SequenceKernels
{
    public const int Samples = 4, MostSize = 256, MostLanes = Samples * MostSize;

    /// <summary>A four for each row of what is multiplied, up to 4·H of them, and two a thread for the parts of products: 48 KB.</summary>
    public const int SharedFours = 4 * MostSize + 2 * MostLanes;

    public static void Forward(SequenceKernelArgs p)
    {
        ArrayView<Float4> shared = Shared();
        RecurrentKernelArgs layer = p.Layer;
        int sample = p.PerState.Divide(Group.IdxX, out int j), n = Grid.IdxX * Samples + sample;
        bool exists = n < layer.N;
        int length = exists ? layer.Length(n) : 0;
        RecurrentCell cell = default;
        if (exists) cell.Hidden = layer.Hidden[n * layer.H + j];
        if (exists && layer.HasCell != 0) cell.Cell = layer.Cell[n * layer.H + j];
        Put(shared, j, sample, cell.Hidden);
        Group.Barrier();
        for (int step = 0; step < layer.T; step++)
        {
            int at = layer.At(n, step, length);
            bool active = step < length;
            Float4 u = active ? GateBlocks.Read(layer.Gates, at * layer.Blocks * layer.H + j, layer.Blocks, layer.H) : default;
            Float4 v = Product(p, shared, layer.Blocks, sample, j);
            if (p.HasBias != 0) v = v.Plus(1, GateBlocks.Read(p.Bias, j, layer.Blocks, layer.H));
            if (active)
            {
                RecurrentCell next = cell.Next(layer.Kind, u, v);
                layer.Keep(at, j, next.Gates, next.Hidden, cell.Hidden, layer.Kind == RecurrentKind.Gru ? v.C : cell.Cell);
                (cell.Hidden, cell.Cell) = (next.Hidden, next.Cell);
            }
            else if (exists) layer.Keep(at, j, default, 0, 0, 0);
            Put(shared, j, sample, cell.Hidden);
            Group.Barrier();
        }
        if (!exists) return;
        layer.Hidden[n * layer.H + j] = cell.Hidden;
        if (layer.HasCell != 0) layer.Cell[n * layer.H + j] = cell.Cell;
    }

    public static void Backward(SequenceKernelArgs p)
    {
        ArrayView<Float4> shared = Shared();
        RecurrentKernelArgs layer = p.Layer;
        int sample = p.PerState.Divide(Group.IdxX, out int j), n = Grid.IdxX * Samples + sample, width = layer.Blocks * layer.H;
        bool exists = n < layer.N;
        int length = exists ? layer.Length(n) : 0;
        float dh = exists ? layer.Hidden[n * layer.H + j] : 0, dc = exists && layer.HasCell != 0 ? layer.Cell[n * layer.H + j] : 0;
        for (int step = layer.T - 1; step >= 0; step--)
        {
            int at = layer.At(n, step, length), u = at * width + j;
            RecurrentShare share = default;
            share.Hidden = dh;
            share.Cell = dc;
            if (step < length)
            {
                share.Hidden += layer.DOutput[at * layer.Width + layer.Offset + j];
                share = share.Back(layer.Kind,
                    GateBlocks.Read(layer.Gates, u, layer.Blocks, layer.H), layer.HasBefore != 0 ? layer.Before[at * layer.H + j] : 0,
                    layer.HasMemory != 0 ? layer.Memory[at * layer.H + j] : 0);
            }
            if (exists) GateBlocks.Write(layer.U, u, layer.Blocks, layer.H, share.U);
            if (exists && layer.HasDVAll != 0) GateBlocks.Write(layer.DVAll, u, layer.Blocks, layer.H, share.V);
            Put(shared, j, sample, share.V.A);
            if (layer.Blocks > 1) Put(shared, j + layer.H, sample, share.V.B);
            if (layer.Blocks > 1) Put(shared, j + 2 * layer.H, sample, share.V.C);
            if (layer.Blocks == 4) Put(shared, j + 3 * layer.H, sample, share.V.D);
            Group.Barrier();
            dh = share.Hidden + Product(p, shared, 1, sample, j).A;
            dc = share.Cell;
        }
        if (!exists) return;
        layer.Hidden[n * layer.H + j] = dh;
        if (layer.HasCell != 0) layer.Cell[n * layer.H + j] = dc;
    }

    // The rows that W_hh is multiplied with, and behind them the parts of products.
    private static ArrayView<Float4> Shared() => SharedMemory.Allocate<Float4>(SharedFours);

    // The state's row k holds a number of each of the four sequences.
    private static void Put(ArrayView<Float4> state, int k, int sample, float value) => state.Cast<float>()[Samples * k + sample] = value;

    // Row `sample` of (the state)ᵀ·W, at place j of each block; W: [rows, blocks·size]. Each thread sums four columns for all four
    // sequences over every parts-th row; then these parts go through shared memory, of two sequences at a time, to those whose
    // numbers they are.
    private static Float4 Product(in SequenceKernelArgs p, ArrayView<Float4> shared, int blocks, int sample, int j)
    {
        int part = p.PerRow.Divide(Group.IdxX, out int four);
        Float4x4 sum = Sum(p, shared, part, four);
        ArrayView<Float4> partial = shared.SubView(p.Rows, 2 * p.Parts * p.Fours);
        if (part < p.Parts) Put(partial, sum.R0, sum.R1, 2 * part * p.Fours + four, p.Fours);
        Group.Barrier();
        Float4 all = default;
        if (sample < 2) all = Take(p, partial, sample, blocks, j);
        Group.Barrier();
        if (part < p.Parts) Put(partial, sum.R2, sum.R3, 2 * part * p.Fours + four, p.Fours);
        Group.Barrier();
        if (sample >= 2) all = Take(p, partial, sample - 2, blocks, j);
        return all;
    }

    // The weights of three rows at a time are on their way together; for more a group of 1024 threads has no registers.
    private static Float4x4 Sum(in SequenceKernelArgs p, ArrayView<Float4> shared, int part, int four)
    {
        ArrayView<Float4> weight = p.Weight.AsAligned16();
        // Four columns for each of four sequences.
        Float4x4 sum = default;
        int row = part < p.Parts ? part : p.Rows, at = part * p.Fours + four;
        for (; row + 2 * p.Parts < p.Rows; row += 3 * p.Parts)
        {
            Float4 w0 = weight[at], w1 = weight[at + p.NextRow], w2 = weight[at + 2 * p.NextRow];
            sum.Add(shared[row], w0);
            sum.Add(shared[row + p.Parts], w1);
            sum.Add(shared[row + 2 * p.Parts], w2);
            at += 3 * p.NextRow;
        }
        for (; row < p.Rows; row += p.Parts)
        {
            sum.Add(shared[row], weight[at]);
            at += p.NextRow;
        }
        return sum;
    }

    private static void Put(ArrayView<Float4> partial, Float4 first, Float4 second, int at, int next)
    {
        partial[at] = first;
        partial[at + next] = second;
    }

    private static Float4 Take(in SequenceKernelArgs p, ArrayView<Float4> partial, int which, int blocks, int j)
    {
        ArrayView<float> numbers = partial.Cast<float>();
        Float4 sum = default;
        int at = 4 * which * p.Fours + j;
        for (int part = 0; part < p.Parts; part++)
        {
            sum = sum.Plus(1, GateBlocks.Read(numbers, at, blocks, p.Layer.H));
            at += 8 * p.Fours;
        }
        return sum;
    }
}
