namespace DeepLearning;

/// <summary>Every size that is worked out from others: in 64 bits, and one clear error where it is more than a tensor can have.</summary>
internal static class Sizes
{
    /// <summary>As many numbers as an array may hold.</summary>
    public static int MostNumbers => Array.MaxLength;

    /// <summary>The length of an axis.</summary>
    /// <param name="length">As worked out.</param>
    /// <param name="operation">What the axis is for, such as <c>Pad</c>.</param>
    public static int Length(long length, string operation) => length < 0
        ? throw new ArgumentException($"{operation} would give an axis the length {length}; lengths are 0 or more.")
        : length > MostNumbers
            ? throw new ArgumentException(
                $"{operation} would make an axis of {length} numbers, a tensor holds at most {MostNumbers}; ask for less.")
            : (int)length;

    /// <summary>How many numbers a tensor has.</summary>
    /// <param name="lengths">Of its axes.</param>
    public static int Count(ReadOnlySpan<int> lengths)
    {
        // A length of 0 makes an empty tensor, and must not hide that the others are too much: parts of a shape are multiplied, too.
        long count = 1;
        bool empty = false;
        foreach (int length in lengths)
        {
            if (length < 0)
                throw new ArgumentException($"A shape's lengths must be 0 or more, got [{string.Join(", ", lengths.ToArray())}].");
            if (length == 0) empty = true;
            else count *= length;
            if (count > MostNumbers)
                throw new ArgumentException(
                    $"A tensor holds at most {MostNumbers} numbers, [{string.Join(", ", lengths.ToArray())}] has more; make it smaller.");
        }
        return empty ? 0 : (int)count;
    }
}
