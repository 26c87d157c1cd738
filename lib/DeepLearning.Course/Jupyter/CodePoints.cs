namespace DeepLearning.Course.Jupyter;

/// <summary>
/// Jupyter counts cursor positions in characters of Unicode, C# in UTF-16 units; they differ where text holds emoji and the like.
/// </summary>
internal static class CodePoints
{
    /// <summary>The index in <paramref name="text"/> of its character number <paramref name="count"/>.</summary>
    public static int ToIndex(string text, int count)
    {
        int index = 0;
        for (; count > 0 && index < text.Length; count--) index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>How many characters stand before <paramref name="index"/>.</summary>
    public static int FromIndex(string text, int index)
    {
        int count = 0;
        for (int i = 0; i < index; count++) i += char.IsSurrogatePair(text, i) ? 2 : 1;
        return count;
    }
}
