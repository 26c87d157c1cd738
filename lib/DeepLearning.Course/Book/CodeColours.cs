using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepLearning.Course.Book;

/// <summary>C# as coloured HTML: the compiler's own tokens, with the classes the course's page uses.</summary>
internal static class CodeColours
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Words that are keywords only in some places, and look best as such in all.</summary>
    private static readonly HashSet<string> s_contextualKeywords =
        ["var", "await", "async", "record", "required", "init", "get", "set", "when", "where", "with", "and", "or", "not", "nameof",
            "yield", "partial", "dynamic"];

    public static string ToHtml(string code)
    {
        var html = new StringBuilder();
        SyntaxToken[] tokens = [.. SyntaxFactory.ParseTokens(code, options: s_options)];
        for (int i = 0; i < tokens.Length; i++)
        {
            foreach (SyntaxTrivia trivia in tokens[i].LeadingTrivia) Append(html, Kind(trivia), trivia.ToFullString());
            Append(html, Kind(tokens, i), tokens[i].Text);
            foreach (SyntaxTrivia trivia in tokens[i].TrailingTrivia) Append(html, Kind(trivia), trivia.ToFullString());
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, string? kind, string text)
    {
        string encoded = WebUtility.HtmlEncode(text);
        html.Append(kind is null || text.Length == 0 ? encoded : $"<span class=\"hl-{kind}\">{encoded}</span>");
    }

    private static string? Kind(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia => "comment",
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => "comment",
        SyntaxKind.ShebangDirectiveTrivia => "directive",
        _ => trivia.IsDirective ? "directive" : null,
    };

    private static string? Kind(SyntaxToken[] tokens, int at)
    {
        SyntaxToken token = tokens[at];
        SyntaxKind kind = token.Kind();
        if (SyntaxFacts.IsKeywordKind(kind)) return "keyword";
        if (kind == SyntaxKind.NumericLiteralToken) return "number";
        if (kind.ToString().Contains("String", StringComparison.Ordinal) || kind == SyntaxKind.CharacterLiteralToken) return "string";
        if (kind != SyntaxKind.IdentifierToken) return null;
        if (s_contextualKeywords.Contains(token.Text)) return "keyword";
        return char.IsUpper(token.Text[0]) && IsType(tokens, at) ? "type" : null;
    }

    // A guess from the neighbours: no compilation stands behind a page.
    private static bool IsType(SyntaxToken[] tokens, int at)
    {
        SyntaxKind before = at > 0 ? tokens[at - 1].Kind() : SyntaxKind.None,
            after = at + 1 < tokens.Length ? tokens[at + 1].Kind() : SyntaxKind.None;
        if (before == SyntaxKind.DotToken) return false;
        if (before == SyntaxKind.NewKeyword || after is SyntaxKind.IdentifierToken or SyntaxKind.DotToken or SyntaxKind.LessThanToken)
            return true;
        return after == SyntaxKind.OpenBracketToken && at + 2 < tokens.Length
            && tokens[at + 2].Kind() is SyntaxKind.CloseBracketToken or SyntaxKind.CommaToken;
    }
}
