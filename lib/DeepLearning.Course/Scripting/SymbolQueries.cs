using DeepLearning.Course.Scripting.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Course.Scripting;

/// <summary>Answers what can stand at a place and what a name there means, from the compiler alone; runs no code.</summary>
internal static class SymbolQueries
{
    private const int MaxItems = 500;
    private const int MaxWithSummary = 60;

    private static readonly SymbolDisplayFormat s_signatureFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions | SymbolDisplayMemberOptions.IncludeContainingType)
        .WithParameterOptions(
            SymbolDisplayFormat.MinimallyQualifiedFormat.ParameterOptions | SymbolDisplayParameterOptions.IncludeDefaultValue)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword);

    public static Completions Complete(SessionState state, string code, int position)
    {
        position = Math.Clamp(position, 0, code.Length);
        int start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_')) start--;
        (CSharpCompilation compilation, SyntaxTree tree) = Analyze(state, code);
        if (InText(tree, position)) return new Completions(start, position, []);

        SemanticModel model = compilation.GetSemanticModel(tree, ignoreAccessibility: false);
        (IEnumerable<ISymbol> symbols, bool isMember) = Candidates(model, tree, start);
        string prefix = code[start..position];
        IEnumerable<(string Key, ISymbol? Symbol)> names =
            symbols.Where(s => s.CanBeReferencedByName && s.Name != "" && !s.Name.StartsWith("__", StringComparison.Ordinal))
                .GroupBy(s => s.Name).Select(group => (group.Key, Symbol: (ISymbol?)group.First()));
        if (!isMember) names = names.Concat(Keywords().Select(keyword => (keyword, (ISymbol?)null))).DistinctBy(n => n.Item1);
        var ranked = names.Select(n => (n.Key, n.Symbol, Rank: Rank(n.Key, prefix))).Where(n => n.Rank < 3)
            .OrderBy(n => n.Rank).ThenBy(n => n.Symbol is null or INamespaceOrTypeSymbol or IMethodSymbol { IsExtensionMethod: true })
            .ThenBy(n => n.Key, StringComparer.OrdinalIgnoreCase)
            .Take(MaxItems).ToList();
        bool summaries = ranked.Count <= MaxWithSummary;
        return new Completions(start, position, [.. ranked.Select(n => new Completion(n.Key, Kind(n.Symbol),
            summaries && n.Symbol is not null ? XmlDocs.Summary(n.Symbol, compilation, quickOnly: true) : null))]);
    }

    public static Inspection? Inspect(SessionState state, string code, int position)
    {
        if (code.Length == 0) return null;
        (CSharpCompilation compilation, SyntaxTree tree) = Analyze(state, code);
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxToken token = tree.GetRoot().FindToken(Math.Clamp(position, 0, code.Length - 1));
        if (!token.IsKind(SyntaxKind.IdentifierToken) && position > 0) token = tree.GetRoot().FindToken(position - 1);
        if (token.Parent is not { } node || InText(tree, position)) return null;
        if (!token.IsKind(SyntaxKind.IdentifierToken) && node is not PredefinedTypeSyntax) return null;

        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node);
        if (symbol is null) return null;
        ISymbol shown = node.Parent is ObjectCreationExpressionSyntax creation && creation.Type == node
            ? model.GetSymbolInfo(creation).Symbol ?? symbol : symbol;
        int overloads = shown is IMethodSymbol ? Math.Max(model.GetMemberGroup(node).Length, info.CandidateSymbols.Length) - 1 : 0;
        string signature = shown.ToDisplayString(s_signatureFormat) + (overloads > 0 ? $" (+ {overloads} overloads)" : "");
        return new Inspection(signature, XmlDocs.Summary(shown, compilation) ?? XmlDocs.Summary(symbol, compilation));
    }

    private static (CSharpCompilation, SyntaxTree) Analyze(SessionState state, string code)
    {
        state.EnsureStarted();
        SyntaxTree tree;
        try
        {
            tree = Directives.Read(code, "").Tree;
        }
        catch (DirectiveException)
        {
            tree = SubmissionCompiler.Parse(code);
        }
        lock (state.ChainLock) return (state.Compiler.Next(tree), tree);
    }

    private static (IEnumerable<ISymbol> Symbols, bool IsMember) Candidates(SemanticModel model, SyntaxTree tree, int start)
    {
        SyntaxToken before = tree.GetRoot().FindToken(Math.Max(0, start - 1));
        ExpressionSyntax? owner = before.Parent switch
        {
            MemberAccessExpressionSyntax access when before.IsKind(SyntaxKind.DotToken) => access.Expression,
            QualifiedNameSyntax qualified when before.IsKind(SyntaxKind.DotToken) => (ExpressionSyntax)qualified.Left,
            MemberBindingExpressionSyntax binding when before.IsKind(SyntaxKind.DotToken) =>
                binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (owner is not null && start > 0)
        {
            ISymbol? symbol = model.GetSymbolInfo(owner).Symbol;
            if (symbol is INamespaceOrTypeSymbol container)
                return (model.LookupSymbols(start, container).Where(s => s is INamespaceOrTypeSymbol || s.IsStatic), true);
            return model.GetTypeInfo(owner).Type is { } type
                ? (model.LookupSymbols(start, type, includeReducedExtensionMethods: true)
                    .Where(s => !s.IsStatic && s is not INamedTypeSymbol), true)
                : ([], true);
        }
        if (before.IsKind(SyntaxKind.DotToken)) return ([], true);
        ITypeSymbol? inside = InitializedType(model, before);
        IEnumerable<ISymbol> members = inside?.GetMembers().Where(m => m is IPropertySymbol { SetMethod: not null } or IFieldSymbol) ?? [];
        return (members.Concat(model.LookupSymbols(start)), false);
    }

    /// <summary>The type whose members are being set in <c>new T { … }</c>.</summary>
    private static ITypeSymbol? InitializedType(SemanticModel model, SyntaxToken before) =>
        before.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation }
            ? model.GetTypeInfo(creation).Type : null;

    private static bool InText(SyntaxTree tree, int position)
    {
        SyntaxTrivia trivia = tree.GetRoot().FindTrivia(Math.Max(0, position - 1));
        if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
            || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && position < trivia.Span.End))
            return true;
        SyntaxToken token = tree.GetRoot().FindToken(Math.Max(0, position - 1));
        bool isText = token.Kind() is SyntaxKind.StringLiteralToken
            or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken;
        bool isOpen = token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.GetDiagnostics().Any();
        return isText && token.SpanStart < position && (position < token.Span.End || isOpen);
    }

    private static int Rank(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? 0
        : name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? 1
        : name.Contains(prefix, StringComparison.OrdinalIgnoreCase) ? 2 : 3;

    private static IEnumerable<string> Keywords() =>
        SyntaxFacts.GetKeywordKinds()
            .Where(kind => SyntaxFacts.IsReservedKeyword(kind) || kind is SyntaxKind.VarKeyword or SyntaxKind.AwaitKeyword
                or SyntaxKind.AsyncKeyword or SyntaxKind.RecordKeyword or SyntaxKind.WhenKeyword or SyntaxKind.WithKeyword)
            .Select(SyntaxFacts.GetText);

    private static string Kind(ISymbol? symbol) => symbol switch
    {
        null => "keyword",
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum member",
        IFieldSymbol { ContainingType.IsScriptClass: true } or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "variable",
        IFieldSymbol => "field",
        IEventSymbol => "event",
        INamespaceSymbol => "namespace",
        INamedTypeSymbol type => type.TypeKind.ToString().ToLowerInvariant(),
        _ => "name",
    };
}
