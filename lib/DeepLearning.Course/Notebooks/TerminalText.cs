using System.Text;

namespace DeepLearning.Course.Notebooks;

/// <summary>
/// What a terminal would still show of a text: <c>\r</c> goes back to the start of the line, and what follows writes over it.
/// </summary>
public static class TerminalText
{
    public static string Collapse(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Contains('\r') ? string.Join('\n', text.Split('\n').Select(Line)) : text;
    }

    /// <summary>A trailing <c>\r</c> is kept: what comes next still goes over this line.</summary>
    private static string Line(string line)
    {
        if (!line.Contains('\r')) return line;
        var shown = new StringBuilder();
        foreach (string part in line.Split('\r'))
            shown.Remove(0, Math.Min(part.Length, shown.Length)).Insert(0, part);
        return line.EndsWith('\r') ? shown.Append('\r').ToString() : shown.ToString();
    }
}
