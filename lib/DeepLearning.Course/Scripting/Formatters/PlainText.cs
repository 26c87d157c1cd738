using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>Any value as text, culture-invariant, cut where it is long or deep.</summary>
internal static class PlainText
{
    private const int MaxItems = 100;
    private const int MaxDepth = 4;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case string s: text.Append(s); break;
            case bool b: text.Append(b ? "true" : "false"); break;
            case Exception e: text.Append(CultureInfo.InvariantCulture, $"{e.GetType().Name}: {e.Message}"); break;
            case IFormattable formattable when Members.IsScalar(value.GetType()) || Members.HasOwnText(value.GetType()):
                text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case ITuple tuple: AppendItems(text, "(", Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), ")", depth); break;
            case DictionaryEntry entry: AppendPair(text, entry.Key, entry.Value, depth); break;
            case not null when Members.HasOwnText(value.GetType()): text.Append(value); break;
            case IDictionary dictionary: AppendItems(text, "{ ", dictionary, " }", depth); break;
            case Array { Rank: > 1 } array: AppendArray(text, array, [], depth); break;
            case IEnumerable items: AppendItems(text, "[ ", items, " ]", depth); break;
            default: AppendMembers(text, value, depth); break;
        }
    }

    private static void AppendItems(StringBuilder text, string open, IEnumerable items, string close, int depth)
    {
        text.Append(open);
        if (depth >= MaxDepth)
        {
            text.Append('…').Append(close);
            return;
        }
        int shown = 0;
        foreach (object item in items)
        {
            if (shown == MaxItems)
            {
                text.Append(", …").Append(TableView.More(items, MaxItems));
                break;
            }
            if (shown++ > 0) text.Append(", ");
            Append(text, item, depth + 1);
        }
        text.Append(close);
    }

    private static void AppendArray(StringBuilder text, Array array, int[] index, int depth)
    {
        int length = array.GetLength(index.Length);
        text.Append("[ ");
        for (int i = 0; i < Math.Min(length, MaxItems); i++)
        {
            if (i > 0) text.Append(", ");
            int[] next = [.. index, i];
            if (next.Length == array.Rank) Append(text, array.GetValue(next), depth + 1);
            else AppendArray(text, array, next, depth + 1);
        }
        text.Append(length > MaxItems ? $", … ({length - MaxItems} more) ]" : " ]");
    }

    private static void AppendPair(StringBuilder text, object? key, object? value, int depth)
    {
        Append(text, key, depth + 1);
        text.Append(": ");
        Append(text, value, depth + 1);
    }

    private static void AppendMembers(StringBuilder text, object value, int depth)
    {
        Type type = value.GetType();
        if (Members.IsPair(type))
        {
            AppendPair(text, type.GetProperty("Key")!.GetValue(value), type.GetProperty("Value")!.GetValue(value), depth);
            return;
        }
        string name = type.Name.Contains('<') ? "" : TypeNames.Of(type) + " ";
        IReadOnlyList<(string Name, Func<object, object?> Get)> members = Members.Of(type);
        if (members.Count == 0 || depth >= MaxDepth || value is Delegate)
        {
            text.Append(name == "" ? "{ … }" : name.TrimEnd());
            return;
        }
        text.Append(name).Append("{ ");
        for (int i = 0; i < members.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(members[i].Name).Append(" = ");
            Append(text, TableView.Read(members[i].Get, value), depth + 1);
        }
        text.Append(" }");
    }
}
