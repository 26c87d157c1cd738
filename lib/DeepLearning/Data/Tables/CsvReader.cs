using System.Text;

namespace DeepLearning;

/// <summary>
/// Splits comma-separated text into records of fields; a field in quotes may hold commas, line breaks and, doubled, quotes (RFC 4180).
/// </summary>
internal sealed class CsvReader(TextReader reader, char separator)
{
    private int _line;

    /// <summary>The line on which the last record began, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the next record, blank lines passed over; null at the end.</summary>
    /// <exception cref="InvalidDataException">
    /// A quote is not closed, or closed in the middle of a field; the message begins with the line.
    /// </exception>
    public List<string>? Next()
    {
        string? text;
        do
        {
            text = reader.ReadLine();
            if (text is null) return null;
            Line = ++_line;
        }
        while (string.IsNullOrWhiteSpace(text));
        List<string> fields = [];
        for (int at = 0; at <= text.Length; at++)
        {
            while (at < text.Length && text[at] == ' ') at++;
            fields.Add(at < text.Length && text[at] == '"' ? Quoted(ref text, ref at) : Plain(text, ref at));
        }
        return fields;
    }

    private string Plain(string text, ref int at)
    {
        int start = at, end = text.IndexOf(separator, start);
        at = end < 0 ? text.Length : end;
        return text[start..at].Trim();
    }

    private string Quoted(ref string text, ref int at)
    {
        StringBuilder field = new();
        for (at++; ; at++)
        {
            if (at >= text.Length)
            {
                text = reader.ReadLine() ?? throw new InvalidDataException($"line {Line}: a quote is opened and never closed");
                _line++;
                field.Append('\n');
                at = -1;
            }
            else if (text[at] != '"') field.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else break;
        }
        at++;
        while (at < text.Length && text[at] == ' ') at++;
        if (at < text.Length && text[at] != separator)
            throw new InvalidDataException($"line {_line}: expected '{separator}' after a field in quotes, got '{text[at]}'");
        return field.ToString();
    }
}
