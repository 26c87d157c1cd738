using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>Reads sequences of things with members, dictionaries, tuples and rows as a table.</summary>
internal static class TableView
{
    private const int MaxRows = 100;
    private const int MaxColumns = 50;

    /// <summary>The table, or null where the value is better read as text.</summary>
    public static Table? TryRead(object value)
    {
        Type type = value.GetType();
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
        return items is IEnumerable<object> objects && objects.TryGetNonEnumeratedCount(out int count)
            ? $" ({count - shown} more)" : " (more)";
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

    private static Table? Sequence(IEnumerable items)
    {
        var head = items.Cast<object?>().Take(MaxRows + 1).ToList();
        if (head.FirstOrDefault(item => item is not null) is not { } sample) return null;
        Type type = sample.GetType();
        if (Members.IsPair(type))
        {
            (System.Reflection.PropertyInfo key, System.Reflection.PropertyInfo value) = (type.GetProperty("Key")!,
                type.GetProperty("Value")!);
            return Rows(["key", "value"], head.Select(pair => new[] { key.GetValue(pair), value.GetValue(pair) }), items);
        }
        if (sample is DictionaryEntry)
            return Rows(["key", "value"], head.OfType<DictionaryEntry>().Select(e => new[] { e.Key, e.Value }), items);
        if (sample is ITuple tuple)
        {
            IEnumerable<string> names = Enumerable.Range(1, tuple.Length).Select(i => $"Item{i}");
            return Rows(names, head.Select(item => Enumerable.Range(0, tuple.Length).Select(i => (item as ITuple)?[i])), items);
        }
        if (Members.IsScalar(type) || Members.HasOwnText(type)) return null;
        if (sample is IEnumerable) return Rows([], head.Select(row => (row as IEnumerable)?.Cast<object?>().Take(MaxColumns) ?? []), items);
        IReadOnlyList<(string Name, Func<object, object?> Get)> members =
            head.All(item => item is null || item.GetType() == type) ? Members.Of(type) : [];
        if (members.Count == 0) return null;
        return Rows(members.Select(m => m.Name), head.Select(item => members.Select(m => item is null ? null : Read(m.Get, item))), items);
    }

    private static Table? Object(object value)
    {
        IReadOnlyList<(string Name, Func<object, object?> Get)> members = Members.Of(value.GetType());
        return members.Count == 0 ? null : Rows(["", ""], members.Select(m => new[] { m.Name, Read(m.Get, value) }), members.ToList());
    }

    private static Table Matrix(Array matrix)
    {
        var rows = Enumerable.Range(0, matrix.GetLength(0))
            .Select(i => Enumerable.Range(0, Math.Min(matrix.GetLength(1), MaxColumns)).Select(j => matrix.GetValue(i, j))).ToList();
        return Rows([], rows, rows);
    }

    private static Table Rows(IEnumerable<string> headers, IEnumerable<IEnumerable<object?>> rows, IEnumerable all)
    {
        List<IReadOnlyList<TableCell>> shown = [.. rows.Take(MaxRows + 1).Select(row => (IReadOnlyList<TableCell>)[.. row.Select(Cell)])];
        if (shown.Count <= MaxRows) return new Table([.. headers], shown, null);
        shown.RemoveAt(MaxRows);
        return new Table([.. headers], shown, $"…{More(all, MaxRows)}");
    }

    // Seven digits are what a float32 holds and what a reader compares.
    private static TableCell Cell(object? value) => value switch
    {
        double or float => new TableCell(((IFormattable)value).ToString("G7", CultureInfo.InvariantCulture), true),
        string text when IsWrittenNumber(text) => new TableCell(text, true),
        _ => new TableCell(PlainText.Of(value), value is not null && Members.IsNumber(value.GetType())),
    };

    // 0.123, −4.5 %, 3 ± 1, 1e-5, NaN: what a cell formatted itself.
    private static bool IsWrittenNumber(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out _)
        || (text.TrimStart('-', '−', '+').FirstOrDefault() is >= '0' and <= '9' && !text.Any(char.IsLetter));
}
