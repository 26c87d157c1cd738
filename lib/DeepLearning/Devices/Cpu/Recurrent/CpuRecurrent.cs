using static DeepLearning.Kernels.CpuStorage;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;
using static DeepLearning.Kernels.ProductTiles;
using static DeepLearning.Kernels.RecurrentCells;

namespace DeepLearning.Kernels;

/// <summary>
/// Recurrent layers. A sequence never meets another, so each thread takes some of them through all steps, and threads wait for each other
/// once. W_hh, which every step reads, is packed once.
/// </summary>
internal static unsafe class CpuRecurrent
{
    /// <summary>See <see cref="Device.Recurrent"/>.</summary>
    public static void Forward(in RecurrentArgs p, StoragePool pool, Workers workers)
    {
        switch (p.Kind)
        {
            case RecurrentKind.Lstm: Forward<LstmCell>(p, pool, workers); break;
            case RecurrentKind.Gru: Forward<GruCell>(p, pool, workers); break;
            case RecurrentKind.Relu: Forward<ReluCell>(p, pool, workers); break;
            default: Forward<TanhCell>(p, pool, workers); break;
        }
    }

    /// <summary>See <see cref="Device.RecurrentGradient"/>.</summary>
    public static void Gradient(in RecurrentGradientArgs p, StoragePool pool, Workers workers)
    {
        switch (p.Forward.Kind)
        {
            case RecurrentKind.Lstm: Gradient<LstmCell>(p, pool, workers); break;
            case RecurrentKind.Gru: Gradient<GruCell>(p, pool, workers); break;
            case RecurrentKind.Relu: Gradient<ReluCell>(p, pool, workers); break;
            default: Gradient<TanhCell>(p, pool, workers); break;
        }
    }

    /// <summary>See <see cref="Device.RecurrentStep"/>.</summary>
    public static void Step(in RecurrentArgs p, float[] v, int step)
    {
        fixed (float* product = v)
        {
            switch (p.Kind)
            {
                case RecurrentKind.Lstm: StepRows<LstmCell>(p, product, step, 0, p.N); break;
                case RecurrentKind.Gru: StepRows<GruCell>(p, product, step, 0, p.N); break;
                case RecurrentKind.Relu: StepRows<ReluCell>(p, product, step, 0, p.N); break;
                default: StepRows<TanhCell>(p, product, step, 0, p.N); break;
            }
        }
    }

    /// <summary>See <see cref="Device.RecurrentStepGradient"/>.</summary>
    public static void StepGradient(in RecurrentGradientArgs p, float[] dv, int step)
    {
        fixed (float* product = dv)
        {
            switch (p.Forward.Kind)
            {
                case RecurrentKind.Lstm: StepGradientRows<LstmCell>(p, product, step, 0, p.Forward.N); break;
                case RecurrentKind.Gru: StepGradientRows<GruCell>(p, product, step, 0, p.Forward.N); break;
                case RecurrentKind.Relu: StepGradientRows<ReluCell>(p, product, step, 0, p.Forward.N); break;
                default: StepGradientRows<TanhCell>(p, product, step, 0, p.Forward.N); break;
            }
        }
    }

    private static void Forward<T>(in RecurrentArgs p, StoragePool pool, Workers workers) where T : struct, ICell
    {
        CpuStorage packed = pool.Take(PrepackedProduct.Size(p.Blocks * p.H, p.H) + 16);
        fixed (float* block = packed.Array, weight = Data(p.Weight))
        {
            if (p.N > 1) PrepackedProduct.Prepare(weight, transpose: true, p.Blocks * p.H, p.H, Scratch.Aligned(block));
            int pieces = SequencePieces(p, workers);
            workers.Run(new StepPieces<T>(p, Scratch.Aligned(block), pieces), pieces);
        }
        pool.Return(packed);
    }

    private static void Gradient<T>(in RecurrentGradientArgs p, StoragePool pool, Workers workers) where T : struct, ICell
    {
        RecurrentArgs forward = p.Forward;
        CpuStorage packed = pool.Take(PrepackedProduct.Size(forward.H, forward.Blocks * forward.H) + 16);
        fixed (float* block = packed.Array, weight = Data(forward.Weight))
        {
            if (forward.N > 1)
                PrepackedProduct.Prepare(weight, transpose: false, forward.H, forward.Blocks * forward.H, Scratch.Aligned(block));
            int pieces = SequencePieces(forward, workers);
            workers.Run(new StepGradientPieces<T>(p, Scratch.Aligned(block), pieces), pieces);
        }
        pool.Return(packed);
    }

    private static int SequencePieces(in RecurrentArgs p, Workers workers) =>
        (long)p.N * p.T * p.Blocks * p.H * p.H < Workers.WorthSharingProduct ? 1 : Math.Clamp(p.N / Tile512.Rows, 1, workers.Threads);

    private readonly struct StepPieces<T>(RecurrentArgs p, float* weight, int count) : IPieces where T : struct, ICell
    {
        public void Run(int i)
        {
            int from = Cut(p.N, i, count, Tile512.Rows), to = Cut(p.N, i + 1, count, Tile512.Rows), rows = to - from,
                width = p.Blocks * p.H;
            if (rows == 0) return;
            int longest = Longest(p, from, to);
            float* v = Scratch.Room(rows * width + PrepackedProduct.Size(rows, p.H)), scratch = v + rows * width;
            fixed (float* hidden = &Data(p.Hidden)[from * p.H], bias = DataOrNull(p.Bias), plain = Data(p.Weight))
            {
                for (int step = 0; step < p.T; step++)
                {
                    if (step >= longest) new Span<float>(v, rows * width).Clear();
                    else if (p.N > 1) PrepackedProduct.Run(hidden, rows, weight, width, p.H, v, false, bias, scratch);
                    else
                    {
                        if (bias == null) new Span<float>(v, width).Clear();
                        else new ReadOnlySpan<float>(bias, width).CopyTo(new Span<float>(v, width));
                        VectorProduct.AddDots(ref *hidden, ref *plain, ref *v, p.H, 0, width);
                    }
                    StepRows<T>(p, v, step, from, to);
                }
            }
        }
    }

    private readonly struct StepGradientPieces<T>(RecurrentGradientArgs p, float* weight, int count) : IPieces where T : struct, ICell
    {
        public void Run(int i)
        {
            RecurrentArgs forward = p.Forward;
            int from = Cut(forward.N, i, count, Tile512.Rows), to = Cut(forward.N, i + 1, count, Tile512.Rows), rows = to - from;
            if (rows == 0) return;
            int width = forward.Blocks * forward.H, longest = Longest(forward, from, to);
            float* dv = Scratch.Room(rows * width + PrepackedProduct.Size(rows, width)), scratch = dv + rows * width;
            fixed (float* hidden = &Data(p.Hidden)[from * forward.H], plain = Data(forward.Weight))
            {
                for (int step = forward.T - 1; step >= 0; step--)
                {
                    StepGradientRows<T>(p, dv, step, from, to);
                    if (step >= longest) continue;
                    if (forward.N > 1) PrepackedProduct.Run(dv, rows, weight, forward.H, width, hidden, true, null, scratch);
                    else VectorProduct.AddRows(ref *dv, ref *plain, ref *hidden, width, forward.H, 0, forward.H);
                }
            }
        }
    }

    // A step of sequences from … to − 1; v holds their rows only.
    private static void StepRows<T>(in RecurrentArgs p, float* v, int step, int from, int to) where T : struct, ICell
    {
        int size = p.H, width = p.Blocks * size;
        fixed (float* gates = Data(p.Gates), hidden = Data(p.Hidden), cell = DataOrNull(p.Cell), output = Data(p.Output),
            before = DataOrNull(p.Before), memory = DataOrNull(p.Memory))
        {
            for (int n = from; n < to; n++, v += width)
            {
                nint at = (nint)n * p.T + Time(p, n, step, out bool active);
                float* u = gates + at * width, h = hidden + n * size, m = memory == null ? null : memory + at * size;
                if (active)
                {
                    if (before != null) Move(h, before + at * size, size);
                    T.Step(u, v, h, cell + n * size, m, size);
                    Move(h, output + at * p.Width + p.Offset, size);
                    continue;
                }
                Zero(u, width);
                Zero(output + at * p.Width + p.Offset, size);
                if (before != null) Zero(before + at * size, size);
                if (m != null) Zero(m, size);
            }
        }
    }

    private static void StepGradientRows<T>(in RecurrentGradientArgs p, float* dv, int step, int from, int to) where T : struct, ICell
    {
        RecurrentArgs f = p.Forward;
        int size = f.H, width = f.Blocks * size;
        fixed (float* gates = Data(f.Gates), before = DataOrNull(f.Before), memory = DataOrNull(f.Memory), output = Data(p.Output),
            hidden = Data(p.Hidden), cell = DataOrNull(p.Cell), u = Data(p.U), all = DataOrNull(p.V))
        {
            for (int n = from; n < to; n++, dv += width)
            {
                nint at = (nint)n * f.T + Time(f, n, step, out bool active);
                float* du = u + at * width;
                if (active)
                {
                    T.Gradient(gates + at * width, before + at * size, memory + at * size, output + at * f.Width + f.Offset,
                        hidden + n * size, cell + n * size, du, dv, size);
                }
                else
                {
                    Zero(du, width);
                    Zero(dv, width);
                }
                if (all != null) Move(dv, all + at * width, width);
            }
        }
    }

    // When sequence n is at a step; behind its end, the time to leave empty.
    private static int Time(in RecurrentArgs p, int n, int step, out bool active)
    {
        int length = p.Lengths is null ? p.T : (int)Data(p.Lengths)[n];
        active = step < length;
        return active && p.Reverse ? length - 1 - step : step;
    }

    private static int Longest(in RecurrentArgs p, int from, int to)
    {
        if (p.Lengths is null) return p.T;
        int longest = 0;
        for (int n = from; n < to; n++) longest = Math.Max(longest, (int)Data(p.Lengths)[n]);
        return longest;
    }

    private static void Move(float* from, float* to, int n) => new ReadOnlySpan<float>(from, n).CopyTo(new Span<float>(to, n));
}
