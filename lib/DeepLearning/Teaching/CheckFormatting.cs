using System.Net;
using System.Text;

namespace DeepLearning;

/// <summary>Names the class that writes a type as HTML; hosts of notebooks look for it by its name alone.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>A <see cref="CheckResult"/> as a box with a coloured edge, on light and dark pages.</summary>
internal sealed class CheckFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Html()];

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            IReadOnlyList<CheckResult> parts = instance switch { CheckResult result => [result],
                CheckResults results => results.Parts, _ => [] };
            foreach (CheckResult part in parts) writer.Write(Box(part));
            return parts.Count > 0;
        }
    }

    private static string Box(CheckResult result)
    {
        string colour = result.Outcome switch { CheckOutcome.Right => "#009E73", CheckOutcome.Wrong => "#D55E00", _ => "#56B4E9" };
        var html = new StringBuilder($"<div style=\"border-left:.3em solid {colour};padding:.3em .8em;margin:.3em 0\">");
        html.Append($"<b>{result.Mark} {Text(result.Exercise)}</b>: {Text(result.Message)}");
        for (int i = 0; i < result.HintsShown.Count; i++)
            html.Append($"<div style=\"margin-top:.3em\"><i>{result.HintLabel(i)}:</i> {Text(result.HintsShown[i])}</div>");
        return html.Append("</div>").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
