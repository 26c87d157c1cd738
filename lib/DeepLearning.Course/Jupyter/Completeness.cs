using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepLearning.Course.Jupyter;

/// <summary>Tells a console whether code can run, wants more lines, or is wrong as it stands.</summary>
internal static class Completeness
{
    private const int IndentWidth = 4;

    public static JsonObject Of(string code)
    {
        SyntaxTree tree;
        try
        {
            tree = Directives.Read(code, "").Tree;
        }
        catch (DirectiveException)
        {
            return Status("invalid");
        }
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            JsonObject incomplete = Status("incomplete");
            incomplete["indent"] = new string(' ', IndentWidth * OpenBraces(tree));
            return incomplete;
        }
        return Status(tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete");
    }

    private static JsonObject Status(string status) => new() { ["status"] = status };

    private static int OpenBraces(SyntaxTree tree)
    {
        var tokens = tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing).ToList();
        return Math.Max(0, tokens.Count(token => token.IsKind(SyntaxKind.OpenBraceToken))
            - tokens.Count(token => token.IsKind(SyntaxKind.CloseBraceToken)));
    }
}
