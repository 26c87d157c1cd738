using ILGPU;

namespace DeepLearning;

/// <summary>
/// C = A·B for a batch of products. With splits, each product's sum over K is cut into so many shares, and C takes the sum of each share as
/// a product of its own.
/// </summary>
internal struct ProductArgs<TA, TB, TC> where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
{
    public TA A;
    public TB B;
    public TC C;
    public int M, N, K, Splits, Share, TilesM, TilesN;
}

/// <summary>The sums of shares, [batch, splits, M, N], and where their total goes.</summary>
internal struct PartsArgs<TC> where TC : struct, ITarget
{
    public ArrayView<float> Parts;
    public TC C;
    public int M, N, Splits;
}

internal static class ProductKernels
{
    /// <summary>A thread for each number of C: where barriers are dear, as on the processor.</summary>
    public static void Direct<TA, TB, TC>(Index1D index, ProductArgs<TA, TB, TC> p)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        int column = index % p.N, row = index / p.N % p.M, batch = index / p.N / p.M;
        float sum = 0;
        for (int k = 0; k < p.K; k++) sum += p.A.At(batch, row, k) * p.B.At(batch, k, column);
        p.C.Store(batch, row, column, sum);
    }

    /// <summary>
    /// A group of threads makes a tile of C. Tiles of A and B are fetched once into the memory that the group shares, so that each number
    /// fetched serves as many products as a tile has lines; each thread multiplies what it read there with what it read there, and sums
    /// in registers.
    /// </summary>
    /// <remarks>
    /// There is room for two tiles of each matrix. While threads multiply one, the numbers of the next are on their way into registers,
    /// and are stored into the other room at the beginning of the next step: one barrier a step, and memory's long way is covered by work.
    /// </remarks>
    public static void Tiled<TA, TB, TC, TTile>(ProductArgs<TA, TB, TC> p)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget where TTile : struct, ITile<TTile>
    {
        ArrayView<Float4> tileA = SharedMemory.Allocate<Float4>(TileMemory.Size);
        ArrayView<Float4> tileB = SharedMemory.Allocate<Float4>(TileMemory.Size);
        TTile sum = default;
        int lines = sum.Lines, depth = sum.Depth, pitch = lines + TileMemory.Gap, lane = Group.IdxX;
        int tile = Grid.IdxX, part = tile / p.TilesN / p.TilesM, row0 = tile / p.TilesN % p.TilesM * lines,
            column0 = tile % p.TilesN * lines;
        int batch = part / p.Splits, from = part % p.Splits * p.Share, to = from + p.Share < p.K ? from + p.Share : p.K;

        // The four numbers of each matrix that this thread fetches in a step: where they come from, how many numbers are left to the end
        // of the share, and where they go.
        bool alongA = !p.A.Down, alongB = p.B.Down;
        int stepA = TileMemory.Step(lane, alongA, lines, depth), rowA = row0 + TileMemory.Line(lane, alongA, lines, depth);
        int stepB = TileMemory.Step(lane, alongB, lines, depth), columnB = column0 + TileMemory.Line(lane, alongB, lines, depth);
        int placeA = p.A.Place(batch, rowA, from + stepA), placeB = p.B.Place(batch, from + stepB, columnB);
        int leftA = rowA < p.M ? to - from - stepA : 0, leftB = columnB < p.N ? to - from - stepB : 0;
        int putA = stepA * pitch + rowA - row0, putB = stepB * pitch + columnB - column0;
        int takeA = sum.Row(lane) / 4, takeB = sum.Column(lane) / 4, other = depth * pitch;

        Float4 nextA = TileMemory.Fetch(p.A, leftA, placeA, batch, rowA, from + stepA, p.M, to);
        Float4 nextB = TileMemory.Fetch(p.B, leftB, placeB, batch, from + stepB, columnB, to, p.N);
        for (int k = from; k < to; k += depth)
        {
            TileMemory.Put(tileA, putA, alongA, pitch, nextA);
            TileMemory.Put(tileB, putB, alongB, pitch, nextB);
            Group.Barrier();
            leftA -= depth;
            leftB -= depth;
            placeA += p.A.Place(0, 0, depth);
            placeB += p.B.Place(0, depth, 0);
            nextA = TileMemory.Fetch(p.A, leftA, placeA, batch, rowA, k + depth + stepA, p.M, to);
            nextB = TileMemory.Fetch(p.B, leftB, placeB, batch, k + depth + stepB, columnB, to, p.N);
            sum = sum.Plus(tileA.SubView(takeA), tileB.SubView(takeB));
            putA += other;
            putB += other;
            takeA += other / 4;
            takeB += other / 4;
            other = -other;
        }
        sum.Store(p.C, part, row0 + sum.Row(lane), column0 + sum.Column(lane), p.M, p.N);
    }

    /// <summary>Adds the parts of each number of C, always in the same order.</summary>
    public static void AddParts<TC>(Index1D index, PartsArgs<TC> p) where TC : struct, ITarget
    {
        int matrix = p.M * p.N, batch = index / matrix, at = index % matrix;
        float sum = 0;
        for (int split = 0; split < p.Splits; split++) sum += p.Parts[(batch * p.Splits + split) * matrix + at];
        p.C.Store(batch, at / p.N, at % p.N, sum);
    }
}
