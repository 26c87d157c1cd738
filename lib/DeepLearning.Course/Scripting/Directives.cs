using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeepLearning.Course.Scripting;

internal enum DirectiveKind { Reference, Package, Load, Import, Time }

/// <summary>A line of a cell that speaks to the engine.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Argument">A path, or <c>name, version</c> of a package.</param>
/// <param name="Line">1-based line in the cell.</param>
internal sealed record Directive(DirectiveKind Kind, string Argument, int Line);

/// <summary>A directive that cannot be followed, in one sentence.</summary>
internal sealed class DirectiveException(int line, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Line => line;
}

/// <summary>
/// Finds the lines of a cell that speak to the engine, and leaves blanks in their place so that every other line keeps its number.
/// </summary>
internal static partial class Directives
{
    private const string Supported = "#r, #load, #!import, #!time and #!csharp";

    public static (IReadOnlyList<Directive> Found, SyntaxTree Tree) Read(string code, string path)
    {
        SyntaxTree tree = SubmissionCompiler.Parse(code, path);
        if (!code.Contains('#')) return ([], tree);
        var found = new List<Directive>();
        char[] rest = code.ToCharArray();
        foreach (SyntaxTrivia trivia in tree.GetRoot().DescendantTrivia().Where(t => t.IsDirective))
        {
            TextLine line = tree.GetText().Lines.GetLineFromPosition(trivia.SpanStart);
            string text = line.ToString().Trim();
            if (!Ours().IsMatch(text)) continue;
            if (Understand(text, line.LineNumber + 1) is { } directive) found.Add(directive);
            Array.Fill(rest, ' ', line.Start, line.End - line.Start);
        }
        return (found, SubmissionCompiler.Parse(new string(rest), path));
    }

    private static Directive? Understand(string text, int line)
    {
        if (Quoted().Match(text) is { Success: true } quoted)
        {
            string argument = quoted.Groups[2].Value.Trim();
            if (quoted.Groups[1].Value == "load") return new Directive(DirectiveKind.Load, argument, line);
            if (!argument.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
                return new Directive(DirectiveKind.Reference, argument, line);
            return new Directive(DirectiveKind.Package, argument["nuget:".Length..].Trim(), line);
        }
        string[] words = text.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
        string operand = words.Length > 1 ? words[1].Trim().Trim('"') : "";
        return words[0] switch
        {
            "#!csharp" or "#!c#" => null,
            "#!time" => new Directive(DirectiveKind.Time, "", line),
            "#!import" when operand != "" => new Directive(DirectiveKind.Import, operand, line),
            "#!import" => throw new DirectiveException(line, "#!import needs a file: #!import other.ipynb"),
            "#r" or "#load" => throw new DirectiveException(line, $"{words[0]} needs a quoted argument: {words[0]} \"file\""),
            var other => throw new DirectiveException(line, $"{other} is not known here; supported are {Supported}."),
        };
    }

    [GeneratedRegex(@"^#(!|(r|load|i)\b)")]
    private static partial Regex Ours();

    [GeneratedRegex("^#(r|load)\\s+@?\"([^\"]*)\"\\s*;?\\s*(//.*)?$")]
    private static partial Regex Quoted();
}
