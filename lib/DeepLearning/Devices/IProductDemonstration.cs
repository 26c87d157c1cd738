namespace DeepLearning.Kernels;

/// <summary>A device that also has the two matrix products of lesson 36, as kernels that are written to be read and timed.</summary>
public interface IProductDemonstration
{
    /// <summary>How many threads a group of <see cref="TiledProduct"/> has along each side.</summary>
    int Tile { get; }

    /// <summary>C = A·B, a thread for each number of C, which fetches a row of A and a column of B from the card's memory.</summary>
    /// <param name="a">[m, k]</param>
    /// <param name="b">[k, n]</param>
    /// <param name="c">[m, n], overwritten.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    void NaiveProduct(Storage a, Storage b, Storage c, int m, int n, int k);

    /// <summary>C = A·B, a group of threads for each tile of C, which fetches tiles of A and B into the memory it shares.</summary>
    /// <inheritdoc cref="NaiveProduct"/>
    void TiledProduct(Storage a, Storage b, Storage c, int m, int n, int k);
}
