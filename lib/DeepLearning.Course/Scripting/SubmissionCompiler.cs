using System.Collections.Immutable;
using System.Text;
using DeepLearning.Course.Scripting.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace DeepLearning.Course.Scripting;

/// <summary>A compiled cell, not yet part of the session.</summary>
/// <param name="Compilation">Becomes the previous one of the next cell.</param>
/// <param name="Run">Starts the code; null if the cell only had usings or references.</param>
/// <param name="ShowsNull">The last expression has a type, so that its null is a value too.</param>
internal sealed record Submission(CSharpCompilation Compilation, Func<object?[], Task<object?>>? Run, bool ShowsNull);

/// <summary>
/// Compiles cells into a chain in which each sees what the earlier ones declared. References go to the first submission and later only new
/// ones: passing all of them each time makes memory grow with the square of the number of cells.
/// </summary>
internal sealed class SubmissionCompiler(SessionLoadContext context)
{
    private static readonly CSharpParseOptions s_parseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions s_options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithAllowUnsafe(true)
        .WithNullableContextOptions(NullableContextOptions.Annotations)
        .WithMetadataImportOptions(MetadataImportOptions.Public)
        .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic>
        {
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
        });

    private static readonly EmitOptions s_emitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly List<MetadataReference> _newReferences = [.. References.Initial];
    private CSharpCompilation? _previous;
    private int _count;

    /// <summary>The newest submission that became part of the session.</summary>
    public CSharpCompilation? Previous => _previous;

    public static SyntaxTree Parse(string code, string path = "") =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), s_parseOptions, path);

    public void AddReference(string path) => _newReferences.Add(MetadataReference.CreateFromFile(path));

    /// <summary>The compilation <paramref name="tree"/> would get as the next cell.</summary>
    public CSharpCompilation Next(SyntaxTree tree) =>
        CSharpCompilation.CreateScriptCompilation($"cell-{_count}", tree, _newReferences, s_options, _previous);

    /// <summary>Compiles the next cell and loads it.</summary>
    /// <exception cref="CompileException">The code has errors.</exception>
    public Submission Compile(SyntaxTree tree, CancellationToken cancellation)
    {
        _count++;
        SyntaxTree guarded = tree.WithRootAndOptions(new LoopGuardRewriter().Visit(tree.GetRoot(cancellation)), tree.Options);
        CSharpCompilation compilation = Next(guarded);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(image, symbols, options: s_emitOptions, cancellationToken: cancellation);
        if (result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            throw new CompileException(Errors(tree, result, cancellation));
        if (!result.Success) return new Submission(compilation, null, false);

        image.Position = symbols.Position = 0;
        System.Reflection.Assembly assembly = context.LoadSubmission(compilation.AssemblyName!, image, symbols);
        IMethodSymbol entry = compilation.GetEntryPoint(cancellation)!;
        System.Reflection.MethodInfo method = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName,
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!;
        return new Submission(compilation, method.CreateDelegate<Func<object?[], Task<object?>>>(), ShowsNull(compilation, guarded));
    }

    /// <summary>Makes a submission part of the session: later cells see what it declares.</summary>
    public void Accept(Submission submission)
    {
        _previous = submission.Compilation;
        _newReferences.Clear();
    }

    /// <summary>The errors as the author's own text has them; the guarded text has other columns.</summary>
    private ImmutableArray<Diagnostic> Errors(SyntaxTree tree, EmitResult result, CancellationToken cancellation)
    {
        var own = Next(tree).GetDiagnostics(cancellation).Where(d => d.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        return own.IsEmpty ? [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)] : own;
    }

    private static bool ShowsNull(CSharpCompilation compilation, SyntaxTree tree)
    {
        if (LastExpression(tree) is not { } expression) return false;
        ITypeSymbol? type = compilation.GetSemanticModel(tree).GetTypeInfo(expression).Type;
        return type is not null && type.SpecialType != SpecialType.System_Void;
    }

    /// <summary>The last statement, if it is an expression without a semicolon.</summary>
    private static ExpressionSyntax? LastExpression(SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken: { IsMissing: true } or { RawKind: 0 } } last,
        } ? last.Expression : null;
}

/// <summary>A cell that does not compile.</summary>
internal sealed class CompileException(ImmutableArray<Diagnostic> errors) : Exception("The cell does not compile.")
{
    public ImmutableArray<Diagnostic> Errors => errors;
}
