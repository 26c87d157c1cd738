using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

public sealed partial class GpuDevice
{
    // The last tile reaches beyond the last row, and is still to be counted.
    private const int MostLines = int.MaxValue - 128;

    // Products are made in tiles; else every number by itself, which is quicker where a barrier costs much, as on the processor.
    private readonly bool _useTiles;

    // Large tiles of plain matrices are to have no more than 128 registers a thread, so that two groups fit a processor: one multiplies
    // while the other waits for numbers. With matrices that are nowhere stored some cards' code would need a few more.
    internal static readonly KernelSpecialization TwoGroups = new(256, 2);

    private readonly int? _tileLines;

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p)
    {
        MatrixTarget c = Target(p);
        if (_useTiles && RowProduct(p, c)) return;
        if (p.TransposeA && p.TransposeB) MatMul<Yes, Yes, MatrixTarget>(p, c);
        else if (p.TransposeA) MatMul<Yes, No, MatrixTarget>(p, c);
        else if (p.TransposeB) MatMul<No, Yes, MatrixTarget>(p, c);
        else MatMul<No, No, MatrixTarget>(p, c);
    }

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p, UnaryOp activation, Storage y)
    {
        // A dense layer's product, with the functions that stand behind one most often; each is a kernel more to compile.
        bool dense = !p.TransposeA && p.TransposeB;
        if (dense && activation == UnaryOp.Relu) MatMul<UnaryMath.Relu>(p, y);
        else if (dense && activation == UnaryOp.Tanh) MatMul<UnaryMath.Tanh>(p, y);
        else if (dense && activation == UnaryOp.Sigmoid) MatMul<UnaryMath.Sigmoid>(p, y);
        else base.MatMul(p, activation, y);
    }

    private void MatMul<TF>(in MatMulArgs p, Storage y) where TF : struct, IUnary
    {
        ActivatedTarget<TF> c = new() { C = Target(p), Y = Write(y) };
        if (!_useTiles || !RowProduct(p, c)) MatMul<No, Yes, ActivatedTarget<TF>>(p, c);
    }

    private void MatMul<TA, TB, TC>(in MatMulArgs p, TC c) where TA : struct, IChoice where TB : struct, IChoice where TC : struct, ITarget
    {
        int strideA = p.TransposeA ? p.M : p.K, strideB = p.TransposeB ? p.K : p.N;
        if (Aligned(strideA) && Aligned(strideB) && (p.Batch == 1 || Aligned(p.StrideA) && Aligned(p.StrideB)))
            MatMul<TA, TB, Yes, TC>(p, strideA, strideB, c);
        else MatMul<TA, TB, No, TC>(p, strideA, strideB, c);
    }

    private void MatMul<TA, TB, TAligned, TC>(in MatMulArgs p, int strideA, int strideB, TC c)
        where TA : struct, IChoice where TB : struct, IChoice where TAligned : struct, IChoice where TC : struct, ITarget => Product(
        new StridedMatrix<TA, TAligned> { Data = Read(p.A), BatchStride = p.StrideA, Stride = strideA },
        new StridedMatrix<TB, TAligned> { Data = Read(p.B), BatchStride = p.StrideB, Stride = strideB }, c, p.Batch, p.M, p.N, p.K);

    private static MatrixTarget Target(in MatMulArgs p) => new()
    {
        Data = Write(p.C), Bias = ReadOr(p.Bias, p.A), Rows = p.M, Columns = p.N, HasBias = Flag(p.Bias is not null),
        Accumulate = Flag(p.Accumulate),
    };

    // A matrix times few vectors, or the other way round, where both lie along K, each sum long enough for a group and short enough
    // for one alone.
    private bool RowProduct<TC>(in MatMulArgs p, TC c) where TC : struct, ITarget
    {
        bool alongA = !p.TransposeA || p.M == 1, alongB = p.TransposeB || p.N == 1;
        if (!alongA || !alongB || !Aligned(p.K) || !Aligned(p.StrideA) || !Aligned(p.StrideB) || p.K is < 256 or > 1 << 16) return false;
        if (Math.Min(p.M, p.N) is 0 or > RowProductKernels.MostColumns) return false;
        if (p.N <= p.M) RowProduct(p.A, p.StrideA, p.M, p.B, p.StrideB, p.N, c, p.Batch, p.K);
        else RowProduct(p.B, p.StrideB, p.N, p.A, p.StrideA, p.M, new TurnedTarget<TC> { Target = c }, p.Batch, p.K);
        return true;
    }

    private void RowProduct<TC>(Storage a, int strideA, int rows, Storage b, int strideB, int columns, TC c, int batch, int k)
        where TC : struct, ITarget =>
        EachRow(RowProductKernels.Rows, batch * rows, k / 4, new ProductArgs<StridedMatrix<No, Yes>, StridedMatrix<Yes, Yes>, TC>
        {
            A = new() { Data = Read(a), BatchStride = strideA, Stride = k },
            B = new() { Data = Read(b), BatchStride = strideB, Stride = k }, C = c, M = rows, N = columns, K = k,
        });

    // Four numbers at a time can be read where lines have a multiple of 4.
    private static bool Aligned(int stride) => stride % 4 == 0;

    private void Product<TA, TB, TC>(TA a, TB b, TC c, int batch, int m, int n, int k)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        if (batch * m * n == 0) return;
        if (Math.Max(m, n) > MostLines)
            throw new NotSupportedException(
                $"A product on {Name} has at most {MostLines:N0} rows and columns, got {m:N0} × {n:N0}; divide it into smaller ones.");
        if (!_useTiles)
        {
            Each(ProductKernels.Direct, batch * m * n, new ProductArgs<TA, TB, TC> { A = a, B = b, C = c, M = m, N = n, K = k });
            return;
        }
        ProductPlan plan = ProductPlan.For(batch, m, n, k, Math.Max(1, _wantedGroups / 2), _tileLines);
        if (plan.Splits == 1)
        {
            Tiles(a, b, c, batch, m, n, k, plan);
            return;
        }
        Storage parts = Allocate(batch * plan.Splits * m * n);
        Tiles(a, b, new MatrixTarget { Data = Write(parts), Bias = Read(parts), Rows = m, Columns = n }, batch, m, n, k, plan);
        Each(ProductKernels.AddParts, batch * m * n, new PartsArgs<TC> { Parts = Read(parts), C = c, M = m, N = n, Splits = plan.Splits });
        Free(parts);
    }

    private void Tiles<TA, TB, TC>(TA a, TB b, TC c, int batch, int m, int n, int k, ProductPlan plan)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        ProductArgs<TA, TB, TC> p = new()
        {
            A = a, B = b, C = c, M = m, N = n, K = k, Splits = plan.Splits, TilesM = plan.Tiles(m), TilesN = plan.Tiles(n),
        };
        if (plan.Lines == 128) Tiles<TA, TB, TC, Tile128>(p, batch);
        else if (plan.Lines == 64) Tiles<TA, TB, TC, Tile64>(p, batch);
        else Tiles<TA, TB, TC, Tile16>(p, batch);
    }

    private void Tiles<TA, TB, TC, TTile>(ProductArgs<TA, TB, TC> p, int batch)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget where TTile : struct, ITile<TTile>
    {
        TTile tile = default;
        // Shares are whole steps, but for the last one.
        int steps = (p.K + tile.Depth - 1) / tile.Depth;
        p.Share = (steps + p.Splits - 1) / p.Splits * tile.Depth;
        KernelConfig groups = new(batch * p.Splits * p.TilesM * p.TilesN, tile.Lines * tile.Depth / 4);
        bool plain = p.A.Fours && p.B.Fours && p.A.Place(0, 1, 1) * p.B.Place(0, 1, 1) != 0;
        if (Kind == GpuKind.Cuda && tile.Lines == 128 && plain) Start(ProductKernels.Tiled<TA, TB, TC, TTile>, groups, p, ForTwoGroups);
        else Start(ProductKernels.Tiled<TA, TB, TC, TTile>, groups, p);
    }

    private static Action<KernelConfig, T> ForTwoGroups<T>(Accelerator accelerator, Action<T> kernel) where T : struct =>
        accelerator.LoadStreamKernel(kernel, TwoGroups);
}
