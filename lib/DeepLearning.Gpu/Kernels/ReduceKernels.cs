using ILGPU;

namespace DeepLearning;

internal struct ReduceArgs
{
    public ArrayView<float> X, Y;
    /// <summary>An axis is cut into so many chunks of so many numbers.</summary>
    public int Length, Inner, Chunks, ChunkLength;
    /// <summary>Columns that a group works on, a power of two, and how many times that many there are.</summary>
    public int Width, Tiles;
    /// <summary>The result is multiplied by this.</summary>
    public float Scale;

    /// <summary>The first number of a chunk along its axis, and the one behind its last.</summary>
    public readonly int First(int chunk) => chunk * ChunkLength;

    public readonly int Last(int chunk) => (chunk + 1) * ChunkLength < Length ? (chunk + 1) * ChunkLength : Length;
}

/// <summary>Along one axis of [outer, length, inner].</summary>
internal static class ReduceKernels
{
    /// <summary>A group of threads for each chunk of an axis whose numbers lie side by side: y[o, chunk].</summary>
    public static void Rows<T>(ReduceArgs p) where T : struct, IReduction
    {
        ArrayView<float> shared = GroupTree.Shared();
        int row = Grid.IdxX / p.Chunks, chunk = Grid.IdxX - row * p.Chunks, at = row * p.Length + p.First(chunk),
            end = row * p.Length + p.Last(chunk);
        // Up to three numbers before the first whole four, and up to three behind the last one.
        int firstFour = (at + 3) / 4 * 4, lastFour = end / 4 * 4, lane = Group.IdxX;
        T own = default;
        own.Begin();
        for (int i = at + lane; i < firstFour && i < end; i += Group.DimX) own.Add(p.X[i]);
        for (int i = firstFour + 4 * lane; i < lastFour; i += 4 * Group.DimX)
        {
            Float4 x = Float4.Load(p.X, i);
            own.Add(x.A);
            own.Add(x.B);
            own.Add(x.C);
            own.Add(x.D);
        }
        for (int i = lastFour + lane; lastFour >= firstFour && i < end; i += Group.DimX) own.Add(p.X[i]);
        float result = GroupTree.Reduce<T>(shared, own.Value);
        if (lane == 0) p.Y[Grid.IdxX] = result * p.Scale;
    }

    /// <summary>A thread for each of many short rows: y[o].</summary>
    public static void ShortRows<T>(Index1D row, ReduceArgs p) where T : struct, IReduction
    {
        T own = default;
        own.Begin();
        for (int l = 0; l < p.Length; l++) own.Add(p.X[row * p.Length + l]);
        p.Y[row] = own.Value * p.Scale;
    }

    /// <summary>
    /// A group of threads for some columns, whose numbers lie apart, of a chunk: y[o, chunk, i]. The threads of a row of the group read
    /// side by side; each has four numbers under way.
    /// </summary>
    public static void Columns<T>(ReduceArgs p) where T : struct, IReduction
    {
        ArrayView<float> shared = GroupTree.Shared();
        int piece = Grid.IdxX / p.Tiles, tile = Grid.IdxX - piece * p.Tiles, o = piece / p.Chunks, chunk = piece - o * p.Chunks;
        int down = Group.IdxX / p.Width, i = tile * p.Width + Group.IdxX % p.Width, step = Group.DimX / p.Width, last = p.Last(chunk),
            l = p.First(chunk) + down;
        T own = default;
        own.Begin();
        if (i < p.Inner)
        {
            int from = o * p.Length * p.Inner + i, apart = step * p.Inner;
            for (; l + 3 * step < last; l += 4 * step)
            {
                int at = from + l * p.Inner;
                float x0 = p.X[at], x1 = p.X[at + apart], x2 = p.X[at + 2 * apart], x3 = p.X[at + 3 * apart];
                own.Add(x0);
                own.Add(x1);
                own.Add(x2);
                own.Add(x3);
            }
            for (; l < last; l += step) own.Add(p.X[from + l * p.Inner]);
        }
        float result = GroupTree.Reduce<T>(shared, own.Value, p.Width);
        if (down == 0 && i < p.Inner) p.Y[piece * p.Inner + i] = result * p.Scale;
    }
}
