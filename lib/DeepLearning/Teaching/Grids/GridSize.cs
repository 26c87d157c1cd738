namespace DeepLearning;

/// <summary>How many groups a launch has, or how many threads a group, along x and y. A number or a pair of numbers will do.</summary>
/// <param name="X">Along x, at least 1.</param>
/// <param name="Y">Along y, at least 1.</param>
public readonly record struct GridSize(int X, int Y = 1)
{
    /// <summary>X·Y</summary>
    public int Count => X * Y;

    /// <summary>So many along x.</summary>
    public static implicit operator GridSize(int x) => new(x);

    /// <summary>So many along x and y.</summary>
    public static implicit operator GridSize((int X, int Y) size) => new(size.X, size.Y);

    /// <inheritdoc/>
    public override string ToString() => Y == 1 ? $"{X}" : $"{X} × {Y}";
}
