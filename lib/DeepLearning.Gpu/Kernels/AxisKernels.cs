using ILGPU;

namespace DeepLearning;

internal struct AxisArgs
{
    public ArrayView<float> X, Y, Totals;
    public int Length, Inner, Flag;
    /// <summary>Columns that a group works on, a power of two, and how many times that many there are.</summary>
    public int Width, Tiles;
    /// <summary>An axis is cut into so many pieces of so many numbers.</summary>
    public int Pieces, PieceLength;
}

/// <summary>Extremes and running sums along one axis of [outer, length, inner].</summary>
internal static class AxisKernels
{
    /// <summary>
    /// The first place of the largest, or with no flag of the smallest: a group of threads for some columns, as in
    /// <see cref="ReduceKernels.Columns"/>.
    /// </summary>
    public static void ArgReduce(AxisArgs p)
    {
        ArrayView<float> values = SharedMemory.Allocate<float>(GroupTree.MaxLanes);
        ArrayView<int> places = SharedMemory.Allocate<int>(GroupTree.MaxLanes);
        int o = Grid.IdxX / p.Tiles, tile = Grid.IdxX - o * p.Tiles, lane = Group.IdxX, down = lane / p.Width,
            i = tile * p.Width + lane % p.Width;
        int from = o * p.Length * p.Inner + i, best = 0;
        float found = 0;
        if (i < p.Inner)
        {
            // Every thread begins with the first number.
            found = p.X[from];
            for (int l = down; l < p.Length; l += Group.DimX / p.Width)
            {
                float x = p.X[from + l * p.Inner];
                if (!IsFurther(x, found, p.Flag)) continue;
                best = l;
                found = x;
            }
        }
        values[lane] = found;
        places[lane] = best;
        Group.Barrier();
        for (int half = Group.DimX >> 1; half >= p.Width; half >>= 1)
        {
            if (lane < half)
            {
                float other = values[lane + half];
                int place = places[lane + half];
                bool equal = other == values[lane] || FloatMath.IsNaN(other) && FloatMath.IsNaN(values[lane]);
                if (IsFurther(other, values[lane], p.Flag) || equal && place < places[lane])
                {
                    values[lane] = other;
                    places[lane] = place;
                }
            }
            Group.Barrier();
        }
        if (down == 0 && i < p.Inner) p.Y[o * p.Inner + i] = places[lane];
    }

    // NaN is further than any number.
    private static bool IsFurther(float x, float found, int largest)
    {
        if (FloatMath.IsNaN(found)) return false;
        if (FloatMath.IsNaN(x)) return true;
        return largest != 0 ? x > found : x < found;
    }

    /// <summary>The sum of each piece of an axis, as a sum and what rounding took from it: totals[o, piece, i, 2].</summary>
    public static void PieceSums(Index1D index, AxisArgs p)
    {
        int i = index % p.Inner, piece = index / p.Inner % p.Pieces, row = index / p.Inner / p.Pieces * p.Length * p.Inner + i;
        Compensated sum = default;
        for (int step = piece * p.PieceLength; step < Least((piece + 1) * p.PieceLength, p.Length); step++)
            sum.Add(p.X[row + Place(p, step) * p.Inner]);
        p.Totals[2 * index] = sum.Rounded;
        p.Totals[2 * index + 1] = sum.Lost;
    }

    /// <summary>
    /// Sums up to each place, with the flag from the end: a thread for each piece of an axis, which begins with the sums of the
    /// pieces before.
    /// </summary>
    public static void CumulativeSum(Index1D index, AxisArgs p)
    {
        int i = index % p.Inner, piece = index / p.Inner % p.Pieces, o = index / p.Inner / p.Pieces, row = o * p.Length * p.Inner + i;
        Compensated sum = default;
        for (int before = 0; before < piece; before++)
        {
            int at = 2 * ((o * p.Pieces + before) * p.Inner + i);
            sum.Add(p.Totals[at]);
            sum.Lose(p.Totals[at + 1]);
        }
        for (int step = piece * p.PieceLength; step < Least((piece + 1) * p.PieceLength, p.Length); step++)
        {
            int at = row + Place(p, step) * p.Inner;
            sum.Add(p.X[at]);
            p.Y[at] = sum.Value;
        }
    }

    private static int Place(in AxisArgs p, int step) => p.Flag != 0 ? p.Length - 1 - step : step;

    private static int Least(int a, int b) => a < b ? a : b;
}
