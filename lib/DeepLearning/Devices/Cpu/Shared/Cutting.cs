namespace DeepLearning.Kernels;

/// <summary>Where the pieces begin and end into which work is cut.</summary>
internal static class Cutting
{
    /// <summary>Where piece i of n begins when 0 … length is cut at multiples of <paramref name="grain"/>.</summary>
    public static int Cut(int length, int i, int n, int grain) =>
        i == n ? length : (int)((long)(length / grain) * i / n) * grain;

    /// <summary>Piece i of n of a block [outer, length, inner]: whole rows where there are many, else columns.</summary>
    public static (int RowFrom, int RowTo, int From, int To) CutBlock(int outer, int inner, int i, int n) => outer >= n
        ? (Cut(outer, i, n, 1), Cut(outer, i + 1, n, 1), 0, inner)
        : (0, outer, Cut(inner, i, n, 16), Cut(inner, i + 1, n, 16));

    /// <summary>The least multiple that is not below n.</summary>
    public static int RoundUp(int n, int multiple) => (n + multiple - 1) / multiple * multiple;
}
