using ILGPU;

namespace DeepLearning;

/// <summary>
/// How a group of threads makes a tile of C, lines × lines numbers, and the part of it that one thread keeps in registers. Each step takes
/// depth numbers of each row of A and column of B. There are lines · depth / 4 threads.
/// </summary>
internal interface ITile<TTile> where TTile : struct, ITile<TTile>
{
    int Lines { get; }

    int Depth { get; }

    /// <summary>Which four rows of the tile a thread has, or which first.</summary>
    int Row(int lane);

    /// <summary>Which four columns of the tile a thread has, or which first.</summary>
    int Column(int lane);

    /// <summary>
    /// This + the products of one step. Both views begin at this thread's numbers; <see cref="TileMemory"/> says how they lie.
    /// </summary>
    TTile Plus(ArrayView<Float4> a, ArrayView<Float4> b);

    void Store<TC>(in TC c, int batch, int row, int column, int rows, int columns) where TC : struct, ITarget;
}

/// <summary>
/// 256 threads make 128 × 128 numbers, each thread 8 × 8: two times four rows and two times four columns, 64 apart, so that what
/// neighbouring threads read lies side by side.
/// </summary>
/// <remarks>
/// Why these sizes. A processor of a card starts one instruction of a warp a cycle in each of its four parts, whatever it is, so the share
/// of multiply-adds among a step's instructions bounds what can be reached. A step of 8 numbers along K is 8 · 64 = 512 multiply-adds,
/// 8 · 4 = 32 reads of four numbers from shared memory and about 40 instructions for the next tile, the barrier and the loop: 88 % for
/// plain matrices. The 64 sums, 16 numbers being multiplied, 16 being read ahead and 8 on their way fill 128 registers a thread, half
/// of what a processor has: two groups fit. A step fetches 2 · 128 · 8 · 4 bytes for 2 · 128 · 128 · 8 operations, 32 operations a byte,
/// so that 50 TFLOP/s need 1.6 TB/s, most of it from the card's cache: groups that run at one time share rows and columns.
/// </remarks>
internal struct Tile128 : ITile<Tile128>
{
    private const int Pitch = (128 + TileMemory.Gap) / 4, Apart = 64 / 4;

    private Block _upperLeft, _upperRight, _lowerLeft, _lowerRight;

    public readonly int Lines => 128;

    public readonly int Depth => 8;

    public readonly int Row(int lane) => 4 * Lanes256.Row(lane);

    public readonly int Column(int lane) => 4 * Lanes256.Column(lane);

    // Written out: ILGPU does not unroll loops.
    public readonly Tile128 Plus(ArrayView<Float4> a, ArrayView<Float4> b) =>
        Plus(a, b, 0).Plus(a, b, Pitch).Plus(a, b, 2 * Pitch).Plus(a, b, 3 * Pitch)
            .Plus(a, b, 4 * Pitch).Plus(a, b, 5 * Pitch).Plus(a, b, 6 * Pitch).Plus(a, b, 7 * Pitch);

    private readonly Tile128 Plus(ArrayView<Float4> a, ArrayView<Float4> b, int at)
    {
        Float4 upper = a[at], lower = a[at + Apart], left = b[at], right = b[at + Apart];
        return new Tile128
        {
            _upperLeft = _upperLeft.Plus(upper, left), _upperRight = _upperRight.Plus(upper, right),
            _lowerLeft = _lowerLeft.Plus(lower, left), _lowerRight = _lowerRight.Plus(lower, right),
        };
    }

    public readonly void Store<TC>(in TC c, int batch, int row, int column, int rows, int columns) where TC : struct, ITarget
    {
        TileMemory.Store(c, batch, row, column, rows, columns, _upperLeft);
        TileMemory.Store(c, batch, row, column + 64, rows, columns, _upperRight);
        TileMemory.Store(c, batch, row + 64, column, rows, columns, _lowerLeft);
        TileMemory.Store(c, batch, row + 64, column + 64, rows, columns, _lowerRight);
    }
}

/// <summary>256 threads make 64 × 64 numbers, each thread 4 × 4: more groups for a small C, and each is done sooner.</summary>
internal struct Tile64 : ITile<Tile64>
{
    private const int Pitch = (64 + TileMemory.Gap) / 4;

    private Block _block;

    public readonly int Lines => 64;

    public readonly int Depth => 16;

    public readonly int Row(int lane) => 4 * Lanes256.Row(lane);

    public readonly int Column(int lane) => 4 * Lanes256.Column(lane);

    public readonly Tile64 Plus(ArrayView<Float4> a, ArrayView<Float4> b) => new()
    {
        _block = _block.Plus(a[0], b[0]).Plus(a[Pitch], b[Pitch]).Plus(a[2 * Pitch], b[2 * Pitch]).Plus(a[3 * Pitch], b[3 * Pitch])
            .Plus(a[4 * Pitch], b[4 * Pitch])
            .Plus(a[5 * Pitch], b[5 * Pitch]).Plus(a[6 * Pitch], b[6 * Pitch]).Plus(a[7 * Pitch], b[7 * Pitch])
            .Plus(a[8 * Pitch], b[8 * Pitch])
            .Plus(a[9 * Pitch], b[9 * Pitch]).Plus(a[10 * Pitch], b[10 * Pitch]).Plus(a[11 * Pitch], b[11 * Pitch])
            .Plus(a[12 * Pitch], b[12 * Pitch]).Plus(a[13 * Pitch], b[13 * Pitch]).Plus(a[14 * Pitch], b[14 * Pitch])
            .Plus(a[15 * Pitch], b[15 * Pitch]),
    };

    public readonly void Store<TC>(in TC c, int batch, int row, int column, int rows, int columns) where TC : struct, ITarget =>
        TileMemory.Store(c, batch, row, column, rows, columns, _block);
}

/// <summary>16 threads make 16 × 16 numbers: the same on the processor, where each thread of a group costs much.</summary>
internal struct Tile16 : ITile<Tile16>
{
    private const int Pitch = (16 + TileMemory.Gap) / 4;

    private Block _block;

    public readonly int Lines => 16;

    public readonly int Depth => 4;

    public readonly int Row(int lane) => 4 * (lane / 4);

    public readonly int Column(int lane) => 4 * (lane % 4);

    public readonly Tile16 Plus(ArrayView<Float4> a, ArrayView<Float4> b) => new()
    {
        _block = _block.Plus(a[0], b[0]).Plus(a[Pitch], b[Pitch]).Plus(a[2 * Pitch], b[2 * Pitch]).Plus(a[3 * Pitch], b[3 * Pitch]),
    };

    public readonly void Store<TC>(in TC c, int batch, int row, int column, int rows, int columns) where TC : struct, ITarget =>
        TileMemory.Store(c, batch, row, column, rows, columns, _block);
}

/// <summary>
/// Where 256 threads stand in a square of 16 × 16. The 32 of a warp, which read at once, form 4 × 8: they need few different numbers.
/// Within it they follow a Z, so that of two neighbours one reads the same of A and the other the same of B, and shared memory answers
/// both together.
/// </summary>
internal static class Lanes256
{
    // Bits 0, 2, 4 and 5 of the lane.
    public static int Column(int lane) => (lane & 1) | ((lane >> 1) & 2) | ((lane >> 2) & 12);

    // Bits 1, 3, 6 and 7.
    public static int Row(int lane) => ((lane >> 1) & 1) | ((lane >> 2) & 2) | ((lane >> 4) & 12);
}
