using System.Net;
using System.Text;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>A cell's text; numbers stand to the right.</summary>
internal readonly record struct TableCell(string Text, bool IsNumber);

/// <summary>A table as HTML, everything in it encoded, and as text in aligned columns.</summary>
/// <param name="Headers">One a column; empty where columns have no names.</param>
/// <param name="Rows">May differ in length.</param>
/// <param name="Rest">Says how many rows are not shown; null if all are.</param>
internal sealed record Table(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<TableCell>> Rows, string? Rest)
{
    /// <summary>Whether any column has a name.</summary>
    public bool HasHeaders => Headers.Any(header => header != "");

    public string ToHtml()
    {
        var html = new StringBuilder("<table>");
        if (HasHeaders)
        {
            html.Append("<thead><tr>")
                .AppendJoin("", Headers.Select((header, i) => $"<th{Aligned(IsNumeric(i))}>{WebUtility.HtmlEncode(header)}</th>"))
                .Append("</tr></thead>");
        }
        html.Append("<tbody>");
        foreach (IReadOnlyList<TableCell> row in Rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td{Aligned(cell.IsNumber)}>{WebUtility.HtmlEncode(cell.Text)}</td>"))
                .Append("</tr>");
        return html.Append("</tbody></table>").Append(Rest is null ? "" : $"<p>{Rest}</p>").ToString();
    }

    public string ToText()
    {
        var widths = new List<int>();
        foreach (IEnumerable<string> row in Rows.Select(row => row.Select(cell => Lines(cell.Text))).Prepend(Headers.Select(Lines)))
        {
            foreach ((string text, int i) in row.Select((text, i) => (text, i)))
            {
                if (i == widths.Count) widths.Add(0);
                widths[i] = Math.Max(widths[i], text.Length);
            }
        }
        var lines = new List<string>();
        if (HasHeaders) lines.Add(Line(Headers.Select((header, i) => new TableCell(header, IsNumeric(i)))));
        lines.AddRange(Rows.Select(Line));
        if (Rest is not null) lines.Add(Rest);
        return string.Join("\n", lines);

        string Line(IEnumerable<TableCell> cells) => string.Join("  ", cells.Select((cell, i) =>
            cell.IsNumber ? Lines(cell.Text).PadLeft(widths[i]) : Lines(cell.Text).PadRight(widths[i]))).TrimEnd();
    }

    private bool IsNumeric(int column) => Rows.Any(row => column < row.Count && row[column].IsNumber);

    private static string Lines(string text) => text.ReplaceLineEndings(" ");

    // Texts say it too: VS Code and Jupyter would put them to the right.
    private static string Aligned(bool number) => $" style=\"text-align:{(number ? "right" : "left")}\"";
}
