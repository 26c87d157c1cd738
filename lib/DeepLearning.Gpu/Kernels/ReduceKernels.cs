using ILGPU;

namespace DeepLearning;

internal struct ReduceArgs
{
    public ReduceOp Op;
    public ArrayView<float> X, Y;
    public int Length, Inner, Chunks, ChunkLength;
}

internal struct AxisArgs
{
    public ArrayView<float> X, Y;
    public int Length, Inner, Flag;
}

/// <summary>Along one axis of [outer, length, inner].</summary>
internal static class ReduceKernels
{
    /// <summary>A group of threads for each piece of an axis whose numbers lie side by side: y[o, chunk].</summary>
    public static void Rows(ReduceArgs p)
    {
        var shared = GroupTree.Shared();
        int piece = Grid.IdxX, from = piece / p.Chunks * p.Length, first = piece % p.Chunks * p.ChunkLength;
        int last = first + p.ChunkLength < p.Length ? first + p.ChunkLength : p.Length;
        float start = ReduceMath.Start(p.Op), result = start;
        Compensated sum = default;
        for (int l = first + Group.IdxX; l < last; l += Group.DimX)
        {
            float x = p.X[from + l];
            if (p.Op == ReduceOp.Sum) sum.Add(x);
            else result = ReduceMath.Combine(p.Op, result, x);
        }
        result = GroupTree.Reduce(shared, p.Op, p.Op == ReduceOp.Sum ? sum.Value : result);
        if (Group.IdxX == 0) p.Y[piece] = result;
    }

    /// <summary>A thread for each piece of an axis whose numbers lie apart: y[o, chunk, i].</summary>
    public static void Columns(Index1D index, ReduceArgs p)
    {
        int i = index % p.Inner, piece = index / p.Inner, first = piece % p.Chunks * p.ChunkLength;
        int last = first + p.ChunkLength < p.Length ? first + p.ChunkLength : p.Length, from = piece / p.Chunks * p.Length * p.Inner + i;
        float result = ReduceMath.Start(p.Op);
        Compensated sum = default;
        for (int l = first; l < last; l++)
        {
            float x = p.X[from + l * p.Inner];
            if (p.Op == ReduceOp.Sum) sum.Add(x);
            else result = ReduceMath.Combine(p.Op, result, x);
        }
        p.Y[index] = p.Op == ReduceOp.Sum ? sum.Value : result;
    }

    /// <summary>The first place of the largest, or with no flag of the smallest.</summary>
    public static void ArgReduce(Index1D index, AxisArgs p)
    {
        int from = index / p.Inner * p.Length * p.Inner + index % p.Inner, best = 0;
        float found = p.X[from];
        for (int l = 1; l < p.Length; l++)
        {
            float x = p.X[from + l * p.Inner];
            if (FloatMath.IsNaN(x) || FloatMath.IsNaN(found)) continue;
            if (p.Flag != 0 ? x <= found : x >= found) continue;
            best = l;
            found = x;
        }
        p.Y[index] = best;
    }

    /// <summary>Sums up to each place, with the flag from the end.</summary>
    public static void CumulativeSum(Index1D index, AxisArgs p)
    {
        int from = index / p.Inner * p.Length * p.Inner + index % p.Inner;
        Compensated sum = default;
        for (int step = 0; step < p.Length; step++)
        {
            int at = from + (p.Flag != 0 ? p.Length - 1 - step : step) * p.Inner;
            sum.Add(p.X[at]);
            p.Y[at] = sum.Value;
        }
    }
}
