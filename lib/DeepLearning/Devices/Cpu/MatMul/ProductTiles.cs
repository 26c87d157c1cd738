using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// The innermost loops of the product. The accumulators are written out one by one because the compiler keeps variables in registers, and
/// arrays not.
/// </summary>
internal static unsafe class ProductTiles
{
    /// <summary>Numbers in the largest tile.</summary>
    public const int MaxTile = 8 * 32;

    /// <summary>A kind of tile.</summary>
    public interface ITile
    {
        static abstract int Rows { get; }

        static abstract int Columns { get; }

        /// <summary>
        /// C = A·B (+ bias) (+ C) for one tile: a packed panel of A, <paramref name="strideB"/> and <paramref name="stride"/> numbers
        /// between the rows of B and of C.
        /// </summary>
        static abstract void Run(int k, float* a, float* b, int strideB, float* c, int stride, bool add, float* bias);
    }

    /// <summary>8 × 32: 16 accumulators, 2 vectors of B and 1 of A in the 32 registers of AVX-512.</summary>
    public readonly struct Tile512 : ITile
    {
        public static int Rows => 8;

        public static int Columns => 32;

        public static void Run(int k, float* a, float* b, int strideB, float* c, int stride, bool add, float* bias)
        {
            Vector512<float> l0 = Vector512<float>.Zero, h0 = l0;
            Vector512<float> l1 = Vector512<float>.Zero, h1 = l1;
            Vector512<float> l2 = Vector512<float>.Zero, h2 = l2;
            Vector512<float> l3 = Vector512<float>.Zero, h3 = l3;
            Vector512<float> l4 = Vector512<float>.Zero, h4 = l4;
            Vector512<float> l5 = Vector512<float>.Zero, h5 = l5;
            Vector512<float> l6 = Vector512<float>.Zero, h6 = l6;
            Vector512<float> l7 = Vector512<float>.Zero, h7 = l7;
            for (; k > 0; k--, a += 8, b += strideB)
            {
                Vector512<float> low = Vector512.Load(b), high = Vector512.Load(b + 16), x;
                x = Vector512.Create(a[0]); l0 = Vector512.MultiplyAddEstimate(x, low, l0); h0 = Vector512.MultiplyAddEstimate(x, high, h0);
                x = Vector512.Create(a[1]); l1 = Vector512.MultiplyAddEstimate(x, low, l1); h1 = Vector512.MultiplyAddEstimate(x, high, h1);
                x = Vector512.Create(a[2]); l2 = Vector512.MultiplyAddEstimate(x, low, l2); h2 = Vector512.MultiplyAddEstimate(x, high, h2);
                x = Vector512.Create(a[3]); l3 = Vector512.MultiplyAddEstimate(x, low, l3); h3 = Vector512.MultiplyAddEstimate(x, high, h3);
                x = Vector512.Create(a[4]); l4 = Vector512.MultiplyAddEstimate(x, low, l4); h4 = Vector512.MultiplyAddEstimate(x, high, h4);
                x = Vector512.Create(a[5]); l5 = Vector512.MultiplyAddEstimate(x, low, l5); h5 = Vector512.MultiplyAddEstimate(x, high, h5);
                x = Vector512.Create(a[6]); l6 = Vector512.MultiplyAddEstimate(x, low, l6); h6 = Vector512.MultiplyAddEstimate(x, high, h6);
                x = Vector512.Create(a[7]); l7 = Vector512.MultiplyAddEstimate(x, low, l7); h7 = Vector512.MultiplyAddEstimate(x, high, h7);
            }
            Vector512<float> biasLow = bias == null ? Vector512<float>.Zero : Vector512.Load(bias),
                biasHigh = bias == null ? biasLow : Vector512.Load(bias + 16);
            Write(l0 + biasLow, h0 + biasHigh, c, add);
            Write(l1 + biasLow, h1 + biasHigh, c + stride, add);
            Write(l2 + biasLow, h2 + biasHigh, c + 2 * (nint)stride, add);
            Write(l3 + biasLow, h3 + biasHigh, c + 3 * (nint)stride, add);
            Write(l4 + biasLow, h4 + biasHigh, c + 4 * (nint)stride, add);
            Write(l5 + biasLow, h5 + biasHigh, c + 5 * (nint)stride, add);
            Write(l6 + biasLow, h6 + biasHigh, c + 6 * (nint)stride, add);
            Write(l7 + biasLow, h7 + biasHigh, c + 7 * (nint)stride, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Write(Vector512<float> low, Vector512<float> high, float* c, bool add)
        {
            (add ? low + Vector512.Load(c) : low).Store(c);
            (add ? high + Vector512.Load(c + 16) : high).Store(c + 16);
        }
    }

    /// <summary>6 × 16: 12 accumulators, 2 vectors of B and 1 of A fill the 16 registers of AVX2.</summary>
    public readonly struct Tile256 : ITile
    {
        public static int Rows => 6;

        public static int Columns => 16;

        public static void Run(int k, float* a, float* b, int strideB, float* c, int stride, bool add, float* bias)
        {
            Vector256<float> l0 = Vector256<float>.Zero, h0 = l0;
            Vector256<float> l1 = Vector256<float>.Zero, h1 = l1;
            Vector256<float> l2 = Vector256<float>.Zero, h2 = l2;
            Vector256<float> l3 = Vector256<float>.Zero, h3 = l3;
            Vector256<float> l4 = Vector256<float>.Zero, h4 = l4;
            Vector256<float> l5 = Vector256<float>.Zero, h5 = l5;
            for (; k > 0; k--, a += 6, b += strideB)
            {
                Vector256<float> low = Vector256.Load(b), high = Vector256.Load(b + 8), x;
                x = Vector256.Create(a[0]); l0 = Vector256.MultiplyAddEstimate(x, low, l0); h0 = Vector256.MultiplyAddEstimate(x, high, h0);
                x = Vector256.Create(a[1]); l1 = Vector256.MultiplyAddEstimate(x, low, l1); h1 = Vector256.MultiplyAddEstimate(x, high, h1);
                x = Vector256.Create(a[2]); l2 = Vector256.MultiplyAddEstimate(x, low, l2); h2 = Vector256.MultiplyAddEstimate(x, high, h2);
                x = Vector256.Create(a[3]); l3 = Vector256.MultiplyAddEstimate(x, low, l3); h3 = Vector256.MultiplyAddEstimate(x, high, h3);
                x = Vector256.Create(a[4]); l4 = Vector256.MultiplyAddEstimate(x, low, l4); h4 = Vector256.MultiplyAddEstimate(x, high, h4);
                x = Vector256.Create(a[5]); l5 = Vector256.MultiplyAddEstimate(x, low, l5); h5 = Vector256.MultiplyAddEstimate(x, high, h5);
            }
            Vector256<float> biasLow = bias == null ? Vector256<float>.Zero : Vector256.Load(bias),
                biasHigh = bias == null ? biasLow : Vector256.Load(bias + 8);
            Write(l0 + biasLow, h0 + biasHigh, c, add);
            Write(l1 + biasLow, h1 + biasHigh, c + stride, add);
            Write(l2 + biasLow, h2 + biasHigh, c + 2 * (nint)stride, add);
            Write(l3 + biasLow, h3 + biasHigh, c + 3 * (nint)stride, add);
            Write(l4 + biasLow, h4 + biasHigh, c + 4 * (nint)stride, add);
            Write(l5 + biasLow, h5 + biasHigh, c + 5 * (nint)stride, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Write(Vector256<float> low, Vector256<float> high, float* c, bool add)
        {
            (add ? low + Vector256.Load(c) : low).Store(c);
            (add ? high + Vector256.Load(c + 8) : high).Store(c + 8);
        }
    }

    /// <summary>6 × 8: the same for 128-bit registers.</summary>
    public readonly struct Tile128 : ITile
    {
        public static int Rows => 6;

        public static int Columns => 8;

        public static void Run(int k, float* a, float* b, int strideB, float* c, int stride, bool add, float* bias)
        {
            Vector128<float> l0 = Vector128<float>.Zero, h0 = l0;
            Vector128<float> l1 = Vector128<float>.Zero, h1 = l1;
            Vector128<float> l2 = Vector128<float>.Zero, h2 = l2;
            Vector128<float> l3 = Vector128<float>.Zero, h3 = l3;
            Vector128<float> l4 = Vector128<float>.Zero, h4 = l4;
            Vector128<float> l5 = Vector128<float>.Zero, h5 = l5;
            for (; k > 0; k--, a += 6, b += strideB)
            {
                Vector128<float> low = Vector128.Load(b), high = Vector128.Load(b + 4), x;
                x = Vector128.Create(a[0]); l0 = Vector128.MultiplyAddEstimate(x, low, l0); h0 = Vector128.MultiplyAddEstimate(x, high, h0);
                x = Vector128.Create(a[1]); l1 = Vector128.MultiplyAddEstimate(x, low, l1); h1 = Vector128.MultiplyAddEstimate(x, high, h1);
                x = Vector128.Create(a[2]); l2 = Vector128.MultiplyAddEstimate(x, low, l2); h2 = Vector128.MultiplyAddEstimate(x, high, h2);
                x = Vector128.Create(a[3]); l3 = Vector128.MultiplyAddEstimate(x, low, l3); h3 = Vector128.MultiplyAddEstimate(x, high, h3);
                x = Vector128.Create(a[4]); l4 = Vector128.MultiplyAddEstimate(x, low, l4); h4 = Vector128.MultiplyAddEstimate(x, high, h4);
                x = Vector128.Create(a[5]); l5 = Vector128.MultiplyAddEstimate(x, low, l5); h5 = Vector128.MultiplyAddEstimate(x, high, h5);
            }
            Vector128<float> biasLow = bias == null ? Vector128<float>.Zero : Vector128.Load(bias),
                biasHigh = bias == null ? biasLow : Vector128.Load(bias + 4);
            Write(l0 + biasLow, h0 + biasHigh, c, add);
            Write(l1 + biasLow, h1 + biasHigh, c + stride, add);
            Write(l2 + biasLow, h2 + biasHigh, c + 2 * (nint)stride, add);
            Write(l3 + biasLow, h3 + biasHigh, c + 3 * (nint)stride, add);
            Write(l4 + biasLow, h4 + biasHigh, c + 4 * (nint)stride, add);
            Write(l5 + biasLow, h5 + biasHigh, c + 5 * (nint)stride, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Write(Vector128<float> low, Vector128<float> high, float* c, bool add)
        {
            (add ? low + Vector128.Load(c) : low).Store(c);
            (add ? high + Vector128.Load(c + 4) : high).Store(c + 4);
        }
    }
}
