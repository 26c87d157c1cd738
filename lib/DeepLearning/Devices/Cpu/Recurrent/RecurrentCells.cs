using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>What a step does to one sequence, some neurons at a time; ReferenceDevice says the same for one number.</summary>
internal static unsafe class RecurrentCells
{
    public interface ICell
    {
        /// <summary>
        /// From u (in gates) and v, the gates and the new state; h and c are overwritten. A memory that is null is not wanted.
        /// </summary>
        static abstract void Step(float* gates, float* v, float* h, float* c, float* memory, int size);

        /// <summary>
        /// From what the step left and ∂loss/∂(h′, c′), in dh, dy and dc, ∂loss/∂u and ∂loss/∂v, and what else reaches the old state, in dh
        /// and dc.
        /// </summary>
        static abstract void Gradient(float* gates, float* before, float* memory, float* dy, float* dh, float* dc, float* du, float* dv,
            int size);
    }

    public readonly struct LstmCell : ICell
    {
        public static void Step(float* gates, float* v, float* h, float* c, float* memory, int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> i = VectorMath.Sigmoid(Read(gates + j, count) + Read(v + j, count));
                Vector<float> f = VectorMath.Sigmoid(Read(gates + size + j, count) + Read(v + size + j, count));
                Vector<float> g = VectorMath.Tanh(Read(gates + 2 * size + j, count) + Read(v + 2 * size + j, count));
                Vector<float> o = VectorMath.Sigmoid(Read(gates + 3 * size + j, count) + Read(v + 3 * size + j, count));
                Vector<float> before = Read(c + j, count);
                Vector<float> after = f * before + i * g;
                if (memory != null) Write(before, memory + j, count);
                Write(i, gates + j, count);
                Write(f, gates + size + j, count);
                Write(g, gates + 2 * size + j, count);
                Write(o, gates + 3 * size + j, count);
                Write(after, c + j, count);
                Write(o * VectorMath.Tanh(after), h + j, count);
            }
        }

        public static void Gradient(float* gates, float* before, float* memory, float* dy, float* dh, float* dc, float* du, float* dv,
            int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> i = Read(gates + j, count), f = Read(gates + size + j, count), g = Read(gates + 2 * size + j, count),
                    o = Read(gates + 3 * size + j, count), old = Read(memory + j, count), up = Read(dh + j, count) + Read(dy + j, count);
                Vector<float> tanh = VectorMath.Tanh(f * old + i * g);
                Vector<float> dCell = Read(dc + j, count) + up * o * (V(1) - tanh * tanh);
                WriteBoth(dCell * g * i * (V(1) - i), du + j, dv + j, count);
                WriteBoth(dCell * old * f * (V(1) - f), du + size + j, dv + size + j, count);
                WriteBoth(dCell * i * (V(1) - g * g), du + 2 * size + j, dv + 2 * size + j, count);
                WriteBoth(up * tanh * o * (V(1) - o), du + 3 * size + j, dv + 3 * size + j, count);
                Write(dCell * f, dc + j, count);
                Write(Vector<float>.Zero, dh + j, count);
            }
        }
    }

    public readonly struct GruCell : ICell
    {
        public static void Step(float* gates, float* v, float* h, float* c, float* memory, int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> r = VectorMath.Sigmoid(Read(gates + j, count) + Read(v + j, count));
                Vector<float> z = VectorMath.Sigmoid(Read(gates + size + j, count) + Read(v + size + j, count));
                Vector<float> product = Read(v + 2 * size + j, count);
                Vector<float> n = VectorMath.Tanh(Read(gates + 2 * size + j, count) + r * product);
                if (memory != null) Write(product, memory + j, count);
                Write(r, gates + j, count);
                Write(z, gates + size + j, count);
                Write(n, gates + 2 * size + j, count);
                Write((V(1) - z) * n + z * Read(h + j, count), h + j, count);
            }
        }

        public static void Gradient(float* gates, float* before, float* memory, float* dy, float* dh, float* dc, float* du, float* dv,
            int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> r = Read(gates + j, count), z = Read(gates + size + j, count), n = Read(gates + 2 * size + j, count),
                    up = Read(dh + j, count) + Read(dy + j, count);
                Vector<float> dn = up * (V(1) - z) * (V(1) - n * n);
                WriteBoth(dn * Read(memory + j, count) * r * (V(1) - r), du + j, dv + j, count);
                WriteBoth(up * (Read(before + j, count) - n) * z * (V(1) - z), du + size + j, dv + size + j, count);
                Write(dn, du + 2 * size + j, count);
                Write(dn * r, dv + 2 * size + j, count);
                Write(up * z, dh + j, count);
            }
        }
    }

    public readonly struct TanhCell : ICell
    {
        public static void Step(float* gates, float* v, float* h, float* c, float* memory, int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                WriteBoth(VectorMath.Tanh(Read(gates + j, count) + Read(v + j, count)), gates + j, h + j, count);
            }
        }

        public static void Gradient(float* gates, float* before, float* memory, float* dy, float* dh, float* dc, float* du, float* dv,
            int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> h = Read(gates + j, count);
                WriteBoth((Read(dh + j, count) + Read(dy + j, count)) * (V(1) - h * h), du + j, dv + j, count);
                Write(Vector<float>.Zero, dh + j, count);
            }
        }
    }

    public readonly struct ReluCell : ICell
    {
        public static void Step(float* gates, float* v, float* h, float* c, float* memory, int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> x = Read(gates + j, count) + Read(v + j, count);
                WriteBoth(Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), Vector<float>.Zero, x), gates + j, h + j, count);
            }
        }

        public static void Gradient(float* gates, float* before, float* memory, float* dy, float* dh, float* dc, float* du, float* dv,
            int size)
        {
            for (int j = 0; j < size; j += Vector<float>.Count)
            {
                int count = Math.Min(Vector<float>.Count, size - j);
                Vector<float> up = Read(dh + j, count) + Read(dy + j, count);
                WriteBoth(Vector.ConditionalSelect(Vector.GreaterThan(Read(gates + j, count), Vector<float>.Zero), up, Vector<float>.Zero),
                    du + j, dv + j, count);
                Write(Vector<float>.Zero, dh + j, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Read(float* x, int count) => count == Vector<float>.Count ? Vector.Load(x) : LoadPart(x, count, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector<float> value, float* y, int count)
    {
        if (count == Vector<float>.Count) value.Store(y);
        else StorePart(value, y, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBoth(Vector<float> value, float* x, float* y, int count)
    {
        Write(value, x, count);
        Write(value, y, count);
    }
}
