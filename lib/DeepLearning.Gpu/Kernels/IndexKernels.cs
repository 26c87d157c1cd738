using ILGPU;

namespace DeepLearning;

internal struct IndexArgs
{
    public ArrayView<float> X, Index, Y;
    public int Length, Count;
    public Divisor Inner;
}

internal struct ScatterArgs
{
    public ArrayView<float> X, Index, Order, Runs, Y;
    public int Count, PieceLength;
    public Divisor Width;

    /// <summary>The row that number k in the order of rows goes to.</summary>
    public readonly int Row(int k) => (int)Index[(int)Order[k]];
}

internal struct IndexCheckArgs
{
    public ArrayView<float> Index, Result;
    public int Count, Rows;
}

/// <summary>
/// Numbers fetched from, or added to, places that another tensor names. x or y is [outer, length, inner], indices are [outer,
/// count, inner].
/// </summary>
internal static class IndexKernels
{
    /// <summary>y[i, :] = x[index[i], :]; inner numbers a row.</summary>
    public static void Gather(Index1D at, IndexArgs p)
    {
        int i = p.Inner.Divide(at, out int column);
        p.Y[at] = p.X[(int)p.Index[i] * p.Inner.Value + column];
    }

    /// <summary>The same where a row is inner times four numbers.</summary>
    public static void GatherFours(Index1D at, IndexArgs p)
    {
        int i = p.Inner.Divide(at, out int column);
        Float4.Load(p.X, 4 * ((int)p.Index[i] * p.Inner.Value + column)).Store(p.Y, 4 * at);
    }

    /// <summary>A thread for each number of y looks through all indices for its own: no two threads add to one number.</summary>
    public static void ScatterAdd(Index1D i, IndexArgs p)
    {
        int row = p.Inner.Divide(i, out int column);
        Compensated sum = default;
        for (int c = 0; c < p.Count; c++)
        {
            if ((int)p.Index[c] == row) sum.Add(p.X[c * p.Inner.Value + column]);
        }
        p.Y[i] += sum.Value;
    }

    /// <summary>
    /// For many indices, which come in the order of their rows: those of one row then follow one another. A thread for each column of a
    /// piece of them adds up each run of one row, and leaves the sum where the run begins.
    /// </summary>
    public static void SumRuns(Index1D at, ScatterArgs p)
    {
        int piece = p.Width.Divide(at, out int column), k = piece * p.PieceLength,
            end = k + p.PieceLength < p.Count ? k + p.PieceLength : p.Count;
        while (k < end)
        {
            int start = k, row = p.Row(k);
            Compensated sum = default;
            for (; k < end && p.Row(k) == row; k++) sum.Add(p.X[(int)p.Order[k] * p.Width.Value + column]);
            p.Runs[start * p.Width.Value + column] = sum.Value;
        }
    }

    /// <summary>The thread at the first of all numbers of a row adds up its runs: the others begin where pieces do.</summary>
    public static void AddRuns(Index1D at, ScatterArgs p)
    {
        int k = p.Width.Divide(at, out int column), row = p.Row(k);
        if (k > 0 && p.Row(k - 1) == row) return;
        Compensated sum = default;
        for (; k < p.Count && p.Row(k) == row; k = (k / p.PieceLength + 1) * p.PieceLength) sum.Add(p.Runs[k * p.Width.Value + column]);
        p.Y[row * p.Width.Value + column] += sum.Value;
    }

    public static void GatherAlong(Index1D at, IndexArgs p)
    {
        int o = p.Inner.Divide(at, out int i) / p.Count;
        p.Y[at] = p.X[(o * p.Length + (int)p.Index[at]) * p.Inner.Value + i];
    }

    public static void ScatterAddAlong(Index1D at, IndexArgs p)
    {
        int rest = p.Inner.Divide(at, out int i), l = rest % p.Length, from = rest / p.Length * p.Count * p.Inner.Value + i;
        Compensated sum = default;
        for (int c = 0; c < p.Count; c++)
        {
            if ((int)p.Index[from + c * p.Inner.Value] == l) sum.Add(p.X[from + c * p.Inner.Value]);
        }
        p.Y[at] += sum.Value;
    }

    /// <summary>Where the first index is that is no whole number in 0 … rows − 1, or the count. By a single group.</summary>
    public static void FirstBad(IndexCheckArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
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
