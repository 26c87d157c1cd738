using ILGPU;

namespace DeepLearning;

internal struct IndexArgs
{
    public ArrayView<float> X, Index, Y;
    public int Length, Count, Inner;
}

internal struct IndexCheckArgs
{
    public ArrayView<float> Index, Result;
    public int Count, Rows;
}

/// <summary>Numbers fetched from, or added to, places that another tensor names. x or y is [outer, length, inner], indices are [outer, count, inner].</summary>
internal static class IndexKernels
{
    /// <summary>y[i, :] = x[index[i], :]; inner numbers a row.</summary>
    public static void Gather(Index1D i, IndexArgs p) => p.Y[i] = p.X[(int)p.Index[i / p.Inner] * p.Inner + i % p.Inner];

    /// <summary>A thread for each number of y looks through all indices for its own: no two threads add to one number.</summary>
    public static void ScatterAdd(Index1D i, IndexArgs p)
    {
        int row = i / p.Inner, column = i % p.Inner;
        Compensated sum = default;
        for (int c = 0; c < p.Count; c++)
        {
            if ((int)p.Index[c] == row) sum.Add(p.X[c * p.Inner + column]);
        }
        p.Y[i] += sum.Value;
    }

    public static void GatherAlong(Index1D at, IndexArgs p)
    {
        int i = at % p.Inner, o = at / p.Inner / p.Count;
        p.Y[at] = p.X[(o * p.Length + (int)p.Index[at]) * p.Inner + i];
    }

    public static void ScatterAddAlong(Index1D at, IndexArgs p)
    {
        int i = at % p.Inner, l = at / p.Inner % p.Length, from = at / p.Inner / p.Length * p.Count * p.Inner + i;
        Compensated sum = default;
        for (int c = 0; c < p.Count; c++)
        {
            if ((int)p.Index[from + c * p.Inner] == l) sum.Add(p.X[from + c * p.Inner]);
        }
        p.Y[at] += sum.Value;
    }

    /// <summary>Where the first index is that is no whole number in 0 … rows − 1, or the count. By a single group.</summary>
    public static void FirstBad(IndexCheckArgs p)
    {
        var shared = GroupTree.Shared();
        // Places are told apart as long as a float32 holds them; beyond that an index near the bad one is named.
        float first = p.Count;
        for (int i = Group.IdxX; i < p.Count; i += Group.DimX)
        {
            float x = p.Index[i];
            bool good = x >= 0 && x < p.Rows && (int)x == x;
            if (!good && i < first) first = i;
        }
        first = GroupTree.Reduce<ReduceMath.Min>(shared, first);
        if (Group.IdxX == 0) p.Result[0] = first;
    }
}
