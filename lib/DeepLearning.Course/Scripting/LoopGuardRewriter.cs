using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// Puts a look at the interrupt flag at the head of every loop and at the entry of every method, on the line of the opening brace so
/// that line numbers stay. The entry of a method also looks at the stack, so that endless recursion is an exception and not the end of
/// the process.
/// </summary>
internal sealed class LoopGuardRewriter : CSharpSyntaxRewriter
{
    /// <summary>Name of the class with the flag, declared once per session.</summary>
    public const string GuardClass = "__Guard";

    /// <summary>Declares the flag, in a session's first submission.</summary>
    public const string GuardSource = $$"""
        public static class {{GuardClass}}
        {
            private static volatile bool _stop;
            public static void Set(bool stop) => _stop = stop;
            public static void Check() { if (_stop) Throw(); }
            public static void Enter() { if (_stop) Throw(); global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack(); }
            private static void Throw() => throw new global::System.OperationCanceledException("The cell was interrupted.");
        }
        """;

    private static readonly StatementSyntax s_check = ParseStatement($"{GuardClass}.Check();");
    private static readonly StatementSyntax s_enter = ParseStatement($"{GuardClass}.Enter();");

    /// <summary>The guard does not guard itself.</summary>
    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) =>
        node.Identifier.Text == GuardClass ? node : base.VisitClassDeclaration(node);

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var visited = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return visited.WithStatement(Guarded(visited.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var visited = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return visited.WithStatement(Guarded(visited.Statement));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        return visited.WithStatement(Guarded(visited.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return visited.WithStatement(Guarded(visited.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var visited = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return visited.WithStatement(Guarded(visited.Statement));
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody(Entered(body));
        if (visited.ExpressionBody is not { } arrow) return visited;
        return visited.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Entered(arrow, visited.SemicolonToken, ReturnsNothing(visited.Modifiers, visited.ReturnType)));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (visited.Body is { } body) return visited.WithBody(Entered(body));
        if (visited.ExpressionBody is not { } arrow) return visited;
        return visited.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Entered(arrow, visited.SemicolonToken, ReturnsNothing(visited.Modifiers, visited.ReturnType)));
    }

    private static BlockSyntax Guarded(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, s_check))
        : Block(s_check, body);

    private static BlockSyntax Entered(BlockSyntax body) => body.WithStatements(body.Statements.Insert(0, s_enter));

    private static BlockSyntax Entered(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool returnsNothing)
    {
        StatementSyntax statement = arrow.Expression switch
        {
            ThrowExpressionSyntax thrown => ThrowStatement(thrown.ThrowKeyword, thrown.Expression, semicolon),
            var value when returnsNothing => ExpressionStatement(value, semicolon),
            var value => ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), value, semicolon),
        };
        return Block(s_enter, statement).WithOpenBraceToken(Token(SyntaxKind.OpenBraceToken).WithTriviaFrom(arrow.ArrowToken));
    }

    private static bool ReturnsNothing(SyntaxTokenList modifiers, TypeSyntax type)
    {
        TypeSyntax name = type is QualifiedNameSyntax qualified ? qualified.Right : type;
        return type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            || (modifiers.Any(SyntaxKind.AsyncKeyword) && name is IdentifierNameSyntax { Identifier.Text: "Task" or "ValueTask" });
    }
}
