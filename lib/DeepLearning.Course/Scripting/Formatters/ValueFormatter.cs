using System.Net;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>Any value in the formats it is best shown in; <c>text/plain</c> is always among them.</summary>
internal static class ValueFormatter
{
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">Only these, next to <c>text/plain</c>; all that fit if empty.</param>
    public static IReadOnlyDictionary<string, JsonNode> Format(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        var bundle = new Dictionary<string, JsonNode>();
        if (value is Interactive.Formatted formatted)
        {
            bundle[formatted.MimeType] = Mime.ToNode(formatted.MimeType, formatted.Text);
            bundle.TryAdd(Mime.Plain, JsonValue.Create(formatted.Text));
            return bundle;
        }
        if (value is not null)
        {
            foreach (ConventionFormatters.Formatter formatter in ConventionFormatters.For(value.GetType()).Where(f => Wanted(f.MimeType)))
            {
                using var writer = new StringWriter();
                formatter.Write(value, writer);
                bundle[formatter.MimeType] = Mime.ToNode(formatter.MimeType, writer.ToString());
            }
            if (bundle.Count == 0 && Wanted(Mime.Html) && TableView.TryRead(value) is { } table)
            {
                bundle[Mime.Html] = table.ToHtml();
                if (table.HasHeaders && value is not System.Collections.IDictionary) bundle[Mime.Plain] = table.ToText();
            }
        }
        if (!bundle.ContainsKey(Mime.Plain)) bundle[Mime.Plain] = PlainText.Of(value);
        if (mimeTypes.Contains(Mime.Html) && !bundle.ContainsKey(Mime.Html))
            bundle[Mime.Html] = $"<pre>{WebUtility.HtmlEncode(bundle[Mime.Plain].GetValue<string>())}</pre>";
        if (mimeTypes.Contains("application/json") && !bundle.ContainsKey("application/json"))
            bundle["application/json"] = System.Text.Json.JsonSerializer.SerializeToNode(value) ?? JsonValue.Create("null");
        return bundle;

        bool Wanted(string mimeType) => mimeTypes.Count == 0 || mimeTypes.Contains(mimeType);
    }
}
