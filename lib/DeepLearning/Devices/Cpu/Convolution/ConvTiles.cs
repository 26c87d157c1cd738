using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

/// <summary>The innermost loops of a convolution, for vectors of any width.</summary>
internal static unsafe class ConvTiles
{
    /// <summary>Taps of a tile of weights' gradients.</summary>
    public const int WeightTaps = 8;

    /// <summary>So many rows of results are computed together: 6 × 2 vectors fill the 16 registers of AVX2.</summary>
    public static int TileRows(int left) => left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;

    /// <summary>y[m, q] (+)= Σ over taps of a[tap, m]·x[q + offset[tap]] for <paramref name="rows"/> m's and two vectors of q.</summary>
    public static void ConvTile<V, L>(int rows, int taps, float* a, float* x, int* offsets, float* y, int stride, bool add)
        where V : struct where L : ILanes<V>
    {
        switch (rows)
        {
            case 6: Tile6<V, L>(taps, a, x, offsets, y, stride, add); break;
            case 4: Tile4<V, L>(taps, a, x, offsets, y, stride, add); break;
            case 2: Tile2<V, L>(taps, a, x, offsets, y, stride, add); break;
            default: Tile1<V, L>(taps, a, x, offsets, y, add); break;
        }
    }

    private static void Tile6<V, L>(int taps, float* a, float* x, int* offsets, float* y, int stride, bool add)
        where V : struct where L : ILanes<V>
    {
        V l0 = default, h0 = default, l1 = default, h1 = default, l2 = default, h2 = default;
        V l3 = default, h3 = default, l4 = default, h4 = default, l5 = default, h5 = default;
        for (int* end = offsets + taps; offsets < end; offsets++, a += 6)
        {
            float* from = x + *offsets;
            V low = L.Load(from), high = L.Load(from + L.Count), w;
            w = L.All(a[0]); l0 = L.MultiplyAdd(w, low, l0); h0 = L.MultiplyAdd(w, high, h0);
            w = L.All(a[1]); l1 = L.MultiplyAdd(w, low, l1); h1 = L.MultiplyAdd(w, high, h1);
            w = L.All(a[2]); l2 = L.MultiplyAdd(w, low, l2); h2 = L.MultiplyAdd(w, high, h2);
            w = L.All(a[3]); l3 = L.MultiplyAdd(w, low, l3); h3 = L.MultiplyAdd(w, high, h3);
            w = L.All(a[4]); l4 = L.MultiplyAdd(w, low, l4); h4 = L.MultiplyAdd(w, high, h4);
            w = L.All(a[5]); l5 = L.MultiplyAdd(w, low, l5); h5 = L.MultiplyAdd(w, high, h5);
        }
        Write<V, L>(l0, h0, y, add);
        Write<V, L>(l1, h1, y + stride, add);
        Write<V, L>(l2, h2, y + 2 * (nint)stride, add);
        Write<V, L>(l3, h3, y + 3 * (nint)stride, add);
        Write<V, L>(l4, h4, y + 4 * (nint)stride, add);
        Write<V, L>(l5, h5, y + 5 * (nint)stride, add);
    }

    private static void Tile4<V, L>(int taps, float* a, float* x, int* offsets, float* y, int stride, bool add)
        where V : struct where L : ILanes<V>
    {
        V l0 = default, h0 = default, l1 = default, h1 = default, l2 = default, h2 = default, l3 = default, h3 = default;
        for (int* end = offsets + taps; offsets < end; offsets++, a += 4)
        {
            float* from = x + *offsets;
            V low = L.Load(from), high = L.Load(from + L.Count), w;
            w = L.All(a[0]); l0 = L.MultiplyAdd(w, low, l0); h0 = L.MultiplyAdd(w, high, h0);
            w = L.All(a[1]); l1 = L.MultiplyAdd(w, low, l1); h1 = L.MultiplyAdd(w, high, h1);
            w = L.All(a[2]); l2 = L.MultiplyAdd(w, low, l2); h2 = L.MultiplyAdd(w, high, h2);
            w = L.All(a[3]); l3 = L.MultiplyAdd(w, low, l3); h3 = L.MultiplyAdd(w, high, h3);
        }
        Write<V, L>(l0, h0, y, add);
        Write<V, L>(l1, h1, y + stride, add);
        Write<V, L>(l2, h2, y + 2 * (nint)stride, add);
        Write<V, L>(l3, h3, y + 3 * (nint)stride, add);
    }

    private static void Tile2<V, L>(int taps, float* a, float* x, int* offsets, float* y, int stride, bool add)
        where V : struct where L : ILanes<V>
    {
        V l0 = default, h0 = default, l1 = default, h1 = default;
        for (int* end = offsets + taps; offsets < end; offsets++, a += 2)
        {
            float* from = x + *offsets;
            V low = L.Load(from), high = L.Load(from + L.Count), w;
            w = L.All(a[0]); l0 = L.MultiplyAdd(w, low, l0); h0 = L.MultiplyAdd(w, high, h0);
            w = L.All(a[1]); l1 = L.MultiplyAdd(w, low, l1); h1 = L.MultiplyAdd(w, high, h1);
        }
        Write<V, L>(l0, h0, y, add);
        Write<V, L>(l1, h1, y + stride, add);
    }

    // A single row has few sums to keep the multipliers busy with: taps by turns go to two pairs of them.
    private static void Tile1<V, L>(int taps, float* a, float* x, int* offsets, float* y, bool add) where V : struct where L : ILanes<V>
    {
        V l0 = default, h0 = default, l1 = default, h1 = default;
        int t = 0;
        for (; t <= taps - 2; t += 2)
        {
            float* first = x + offsets[t], second = x + offsets[t + 1];
            V w = L.All(a[t]), v = L.All(a[t + 1]);
            l0 = L.MultiplyAdd(w, L.Load(first), l0); h0 = L.MultiplyAdd(w, L.Load(first + L.Count), h0);
            l1 = L.MultiplyAdd(v, L.Load(second), l1); h1 = L.MultiplyAdd(v, L.Load(second + L.Count), h1);
        }
        if (t < taps)
        {
            float* last = x + offsets[t];
            V w = L.All(a[t]);
            l0 = L.MultiplyAdd(w, L.Load(last), l0); h0 = L.MultiplyAdd(w, L.Load(last + L.Count), h0);
        }
        Write<V, L>(L.Add(l0, l1), L.Add(h0, h1), y, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<V, L>(V low, V high, float* y, bool add) where V : struct where L : ILanes<V>
    {
        L.Store(add ? L.Add(low, L.Load(y)) : low, y);
        L.Store(add ? L.Add(high, L.Load(y + L.Count)) : high, y + L.Count);
    }

    /// <summary>dw[t, k] += Σ over i, j of x[i·pitch + j + offset[t]]·dy[i·columns + j, k] for 8 taps t and a vector of k.</summary>
    public static void WeightTile<V, L>(float* x, int* offsets, int pitch, int rows, int columns, float* dy, float* dw)
        where V : struct where L : ILanes<V>
    {
        V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; rows > 0; rows--, x += pitch)
        {
            float* x0 = x + offsets[0], x1 = x + offsets[1], x2 = x + offsets[2], x3 = x + offsets[3];
            float* x4 = x + offsets[4], x5 = x + offsets[5], x6 = x + offsets[6], x7 = x + offsets[7];
            for (nint j = 0; j < columns; j++, dy += L.Count)
            {
                V up = L.Load(dy);
                s0 = L.MultiplyAdd(L.All(x0[j]), up, s0);
                s1 = L.MultiplyAdd(L.All(x1[j]), up, s1);
                s2 = L.MultiplyAdd(L.All(x2[j]), up, s2);
                s3 = L.MultiplyAdd(L.All(x3[j]), up, s3);
                s4 = L.MultiplyAdd(L.All(x4[j]), up, s4);
                s5 = L.MultiplyAdd(L.All(x5[j]), up, s5);
                s6 = L.MultiplyAdd(L.All(x6[j]), up, s6);
                s7 = L.MultiplyAdd(L.All(x7[j]), up, s7);
            }
        }
        AddTo<V, L>(s0, dw);
        AddTo<V, L>(s1, dw + L.Count);
        AddTo<V, L>(s2, dw + 2 * L.Count);
        AddTo<V, L>(s3, dw + 3 * L.Count);
        AddTo<V, L>(s4, dw + 4 * L.Count);
        AddTo<V, L>(s5, dw + 5 * L.Count);
        AddTo<V, L>(s6, dw + 6 * L.Count);
        AddTo<V, L>(s7, dw + 7 * L.Count);
    }

    /// <summary>to[lane] += sum[lane]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo<V, L>(V sum, float* to) where V : struct where L : ILanes<V> => L.Store(L.Add(sum, L.Load(to)), to);

    /// <summary>to[lane] += the sum of x's numbers in that lane.</summary>
    public static void AddAll<V, L>(float* x, int length, float* to) where V : struct where L : ILanes<V>
    {
        V total = default;
        for (int q = 0; q < length; q += L.Count) total = L.Add(total, L.Load(x + q));
        AddTo<V, L>(total, to);
    }
}
