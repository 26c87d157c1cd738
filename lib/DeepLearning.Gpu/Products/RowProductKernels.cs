using ILGPU;

namespace DeepLearning;

/// <summary>
/// Products of a matrix and few vectors: each number of the matrix serves so few products that only fetching it counts. Both matrices
/// lie along K.
/// </summary>
internal static class RowProductKernels
{
    public const int MostColumns = 4;

    /// <summary>A group for each row of A, which its threads read once, side by side and four numbers at a time.</summary>
    public static void Rows<TC>(ProductArgs<StridedMatrix<No, Yes>, StridedMatrix<Yes, Yes>, TC> p) where TC : struct, ITarget
    {
        ArrayView<float> shared = GroupTree.Shared();
        int row = Grid.IdxX % p.M, batch = Grid.IdxX / p.M;
        float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (int k = 4 * Group.IdxX; k < p.K; k += 4 * Group.DimX)
        {
            Float4 a = p.A.FourAt(p.A.Place(batch, row, k), batch, row, k);
            sum0 += Dot(a, p.B, batch, k, 0);
            if (p.N > 1) sum1 += Dot(a, p.B, batch, k, 1);
            if (p.N > 2) sum2 += Dot(a, p.B, batch, k, 2);
            if (p.N > 3) sum3 += Dot(a, p.B, batch, k, 3);
        }
        Store(p, shared, batch, row, 0, sum0);
        if (p.N > 1) Store(p, shared, batch, row, 1, sum1);
        if (p.N > 2) Store(p, shared, batch, row, 2, sum2);
        if (p.N > 3) Store(p, shared, batch, row, 3, sum3);
    }

    private static float Dot(Float4 a, in StridedMatrix<Yes, Yes> matrix, int batch, int k, int column)
    {
        Float4 b = matrix.FourAt(matrix.Place(batch, k, column), batch, k, column);
        return a.A * b.A + a.B * b.B + a.C * b.C + a.D * b.D;
    }

    private static void Store<TC>(in ProductArgs<StridedMatrix<No, Yes>, StridedMatrix<Yes, Yes>, TC> p, ArrayView<float> shared, int batch,
        int row, int column, float sum)
        where TC : struct, ITarget
    {
        float total = GroupTree.Sum(shared, sum);
        if (Group.IdxX == 0) p.C.Store(batch, row, column, total);
    }
}
