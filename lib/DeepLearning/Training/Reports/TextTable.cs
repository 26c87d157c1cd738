namespace DeepLearning;

/// <summary>Rows of text as a table whose columns stand under one another.</summary>
internal static class TextTable
{
    /// <summary>A line for each row, its cells to the right of their columns, two spaces apart.</summary>
    public static string RightAligned(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column])))));
    }
}
