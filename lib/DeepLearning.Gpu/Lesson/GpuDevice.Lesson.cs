using ILGPU;

namespace DeepLearning;

// The two products that lesson 36 times.
public sealed partial class GpuDevice : IProductDemonstration
{
    /// <inheritdoc/>
    public int Tile => MostLanes >= 256 ? 16 : 4;

    /// <inheritdoc/>
    public void NaiveProduct(Storage a, Storage b, Storage c, int m, int n, int k) =>
        Each(LessonKernels.Naive, m * n, Lesson(a, b, c, m, n, k));

    /// <inheritdoc/>
    public void TiledProduct(Storage a, Storage b, Storage c, int m, int n, int k)
    {
        if (m * n == 0) return;
        KernelConfig groups = new(new Index2D((n + Tile - 1) / Tile, (m + Tile - 1) / Tile), new Index2D(Tile, Tile));
        Start(LessonKernels.Tiled, groups, Lesson(a, b, c, m, n, k));
    }

    private static LessonProduct Lesson(Storage a, Storage b, Storage c, int m, int n, int k) =>
        new() { A = Read(a), B = Read(b), C = Write(c), M = m, N = n, K = k };
}
