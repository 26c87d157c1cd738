using ILGPU;

namespace DeepLearning;

internal struct CopyArgs
{
    public ArrayView<float> X, Y;
    public int OffsetX, OffsetY, Count, StepX, Add, FoldLength, FoldStride;
    public AxisWalk Walk;
}

internal struct TransposeArgs
{
    public ArrayView<float> X, Y;
    public int OffsetX, OffsetY, Add, Rows, Columns, StrideX, StrideY, TilesDown, TilesAcross;
    public AxisWalk Walk;
}

/// <summary>The ways of <see cref="Device.Copy"/>.</summary>
internal static class CopyKernels
{
    public const int Side = 32;

    /// <summary>A thread for four numbers side by side in y, and in x too or all the same one.</summary>
    public static void Fours(Index1D i, CopyArgs p)
    {
        (int x, int y) = p.Walk.At(i);
        x += p.OffsetX;
        y += p.OffsetY;
        int left = p.Count - 4 * i;
        if (left < 4)
        {
            for (int k = 0; k < left; k++) p.Y[y + k] = p.Add != 0 ? p.Y[y + k] + p.X[x + k * p.StepX] : p.X[x + k * p.StepX];
            return;
        }
        Float4 value = p.StepX == 0 ? Float4.Of(p.X[x]) : Float4.Load(p.X, x);
        if (p.Add != 0)
        {
            Float4 before = Float4.Load(p.Y, y);
            value = new Float4(before.A + value.A, before.B + value.B, before.C + value.C, before.D + value.D);
        }
        value.Store(p.Y, y);
    }

    /// <summary>A thread a number, however the two step.</summary>
    public static void Strided(Index1D i, CopyArgs p)
    {
        (int x, int y) = p.Walk.At(i);
        x += p.OffsetX;
        y += p.OffsetY;
        p.Y[y] = p.Add != 0 ? p.Y[y] + p.X[x] : p.X[x];
    }

    /// <summary>Adds a whole axis of x to each y.</summary>
    public static void Folded(Index1D i, CopyArgs p)
    {
        (int x, int y) = p.Walk.At(i);
        x += p.OffsetX;
        y += p.OffsetY;
        Compensated sum = default;
        for (int l = 0; l < p.FoldLength; l++) sum.Add(p.X[x + l * p.FoldStride]);
        p.Y[y] += sum.Value;
    }

    /// <summary>
    /// Rows become columns, a group for each tile of 32×32: x[c·strideX + r] goes to y[r·strideY + c]. Neighbouring threads read
    /// neighbouring r and write neighbouring c, for a card's memory delivers neighbours together; in between the tile is in the memory
    /// the group shares. Its rows are one longer than needed, so that the 32 numbers of a column are in 32 different banks.
    /// </summary>
    public static void Transpose(TransposeArgs p)
    {
        ArrayView<float> tile = SharedMemory.Allocate<float>(Side * (Side + 1));
        int tiles = p.TilesDown * p.TilesAcross, inBatch = Grid.IdxX % tiles, r0 = inBatch % p.TilesDown * Side,
            c0 = inBatch / p.TilesDown * Side;
        (int x, int y) = p.Walk.At(Grid.IdxX / tiles);
        x += p.OffsetX;
        y += p.OffsetY;
        for (int k = Group.IdxX; k < Side * Side; k += Group.DimX)
        {
            int c = k / Side, r = k % Side;
            if (c0 + c < p.Columns && r0 + r < p.Rows) tile[c * (Side + 1) + r] = p.X[x + (c0 + c) * p.StrideX + r0 + r];
        }
        Group.Barrier();
        for (int k = Group.IdxX; k < Side * Side; k += Group.DimX)
        {
            int r = k / Side, c = k % Side;
            if (c0 + c >= p.Columns || r0 + r >= p.Rows) continue;
            int to = y + (r0 + r) * p.StrideY + c0 + c;
            float value = tile[c * (Side + 1) + r];
            p.Y[to] = p.Add != 0 ? p.Y[to] + value : value;
        }
    }
}
