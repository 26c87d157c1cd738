using ILGPU;

namespace DeepLearning;

internal struct SortArgs
{
    public ArrayView<float> X, From, To;
    public int Length, Inner, Run, Descending;
}

/// <summary>
/// Merge sort of places: in each pass every number finds its own place in the merged run, by counting those of the other run before it.
/// </summary>
internal static class SortKernels
{
    /// <summary>The first runs: in so short ones, each number counts those before it one by one.</summary>
    public static void Start(Index1D index, SortArgs p)
    {
        int i = index % p.Inner, place = index / p.Inner % p.Length, row = index / p.Inner / p.Length * p.Length * p.Inner + i;
        int first = place / p.Run * p.Run, end = Least(first + p.Run, p.Length), before = 0;
        float x = p.X[row + place * p.Inner];
        for (int l = first; l < end; l++)
        {
            float other = p.X[row + l * p.Inner];
            if (Less(other, x, p.Descending) || l < place && !Less(x, other, p.Descending)) before++;
        }
        p.To[row + (first + before) * p.Inner] = place;
    }

    public static void Merge(Index1D index, SortArgs p)
    {
        int i = index % p.Inner, place = index / p.Inner % p.Length, row = index / p.Inner / p.Length * p.Length * p.Inner + i;
        int pair = place / (2 * p.Run) * (2 * p.Run), middle = Least(pair + p.Run, p.Length), end = Least(pair + 2 * p.Run, p.Length);
        bool left = place < middle;
        float mine = p.From[row + place * p.Inner], x = p.X[row + (int)mine * p.Inner];
        // Of the other run, what comes first: smaller numbers, and for the right run equal ones too, since they were first before.
        int start = left ? middle : pair, low = start, high = left ? end : middle;
        while (low < high)
        {
            int half = (low + high) >> 1;
            float other = p.X[row + (int)p.From[row + half * p.Inner] * p.Inner];
            bool before = left ? Less(other, x, p.Descending) : !Less(x, other, p.Descending);
            if (before) low = half + 1;
            else high = half;
        }
        int own = left ? place - pair : place - middle;
        p.To[row + (pair + own + low - start) * p.Inner] = mine;
    }

    private static int Least(int a, int b) => a < b ? a : b;

    // NaN counts as the largest.
    private static bool Less(float a, float b, int descending)
    {
        bool aIsNaN = FloatMath.IsNaN(a), bIsNaN = FloatMath.IsNaN(b);
        if (aIsNaN || bIsNaN) return descending != 0 ? aIsNaN && !bIsNaN : bIsNaN && !aIsNaN;
        return descending != 0 ? a > b : a < b;
    }
}
