using System.Collections;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>Sequences of things with members, dictionaries, tuples and rows as an HTML table; everything in it is encoded.</summary>
internal static class TableView
{
    private const int MaxRows = 100;
    private const int MaxColumns = 50;

    /// <summary>The table, or null where the value is better read as text.</summary>
    public static string? TryFormat(object value)
    {
        var type = value.GetType();
        if (Members.IsScalar(type) || value is Delegate or Exception || Members.HasOwnText(type)) return null;
        return value switch
        {
            ITuple => null,
            Array { Rank: 2 } matrix => Matrix(matrix),
            Array { Rank: > 2 } => null,
            IEnumerable items => Sequence(items),
            _ => Object(value),
        };
    }

    /// <summary>How many more items there are than were shown, as far as that is known.</summary>
    public static string More(IEnumerable items, int shown)
    {
        if (items is ICollection all) return $" ({all.Count - shown} more)";
        return items is IEnumerable<object> objects && objects.TryGetNonEnumeratedCount(out var count) ? $" ({count - shown} more)" : " (more)";
    }

    /// <summary>A member's value; one that throws shows what it threw.</summary>
    public static object? Read(Func<object, object?> get, object of)
    {
        try
        {
            return get(of);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            return e.InnerException;
        }
    }

    private static string? Sequence(IEnumerable items)
    {
        var head = items.Cast<object?>().Take(MaxRows + 1).ToList();
        if (head.FirstOrDefault(item => item is not null) is not { } sample) return null;
        var type = sample.GetType();
        if (Members.IsPair(type))
        {
            var (key, value) = (type.GetProperty("Key")!, type.GetProperty("Value")!);
            return Rows(["key", "value"], head.Select(pair => new[] { key.GetValue(pair), value.GetValue(pair) }), items);
        }
        if (sample is DictionaryEntry) return Rows(["key", "value"], head.OfType<DictionaryEntry>().Select(e => new[] { e.Key, e.Value }), items);
        if (sample is ITuple tuple)
        {
            var names = Enumerable.Range(1, tuple.Length).Select(i => $"Item{i}");
            return Rows(names, head.Select(item => Enumerable.Range(0, tuple.Length).Select(i => (item as ITuple)?[i])), items);
        }
        if (Members.IsScalar(type) || Members.HasOwnText(type)) return null;
        if (sample is IEnumerable) return Rows([], head.Select(row => (row as IEnumerable)?.Cast<object?>().Take(MaxColumns) ?? []), items);
        var members = head.All(item => item is null || item.GetType() == type) ? Members.Of(type) : [];
        if (members.Count == 0) return null;
        return Rows(members.Select(m => m.Name), head.Select(item => members.Select(m => item is null ? null : Read(m.Get, item))), items);
    }

    private static string? Object(object value)
    {
        var members = Members.Of(value.GetType());
        return members.Count == 0 ? null : Rows(["", ""], members.Select(m => new[] { m.Name, Read(m.Get, value) }), members.ToList());
    }

    private static string Matrix(Array matrix)
    {
        var rows = Enumerable.Range(0, matrix.GetLength(0))
            .Select(i => Enumerable.Range(0, Math.Min(matrix.GetLength(1), MaxColumns)).Select(j => matrix.GetValue(i, j))).ToList();
        return Rows([], rows, rows);
    }

    private static string Rows(IEnumerable<string> headers, IEnumerable<IEnumerable<object?>> rows, IEnumerable all)
    {
        var html = new StringBuilder("<table>");
        var names = headers.ToList();
        if (names.Exists(name => name != ""))
            html.Append("<thead><tr>").AppendJoin("", names.Select(name => $"<th>{WebUtility.HtmlEncode(name)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>");
        var shown = 0;
        var rest = "";
        foreach (var row in rows)
        {
            if (shown++ == MaxRows)
            {
                rest = $"<p>…{More(all, MaxRows)}</p>";
                break;
            }
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{WebUtility.HtmlEncode(PlainText.Of(cell))}</td>")).Append("</tr>");
        }
        return html.Append("</tbody></table>").Append(rest).ToString();
    }
}
