namespace DeepLearning;

/// <summary>How a product is divided among groups of threads: in tiles of so many lines, and the sum over K in so many shares.</summary>
/// <param name="Lines">Rows and columns of a tile: 128 or 64.</param>
/// <param name="Splits">Shares of K.</param>
internal readonly record struct ProductPlan(int Lines, int Splits)
{
    public static int Tiles(int n, int lines) => (n + lines - 1) / lines;
}
