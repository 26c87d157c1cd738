using System.Xml.Linq;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Assemblies;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Tests.Docs;

/// <summary>
/// The examples in the documentation of the library's types compile as they stand there, each alone, as the first cell of a notebook whose
/// usings are those of <see cref="Usings"/>. They declare every name they use.
/// </summary>
public class ExampleTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using DeepLearning;";

    private static readonly Dictionary<string, string> s_examples = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "DeepLearning.xml")).Descendants("member")
        .Where(member => member.Attribute("name")!.Value.StartsWith("T:DeepLearning.", StringComparison.Ordinal))
        .SelectMany(member => member.Descendants("example").Elements("code").Select((code, i) => (Name: Name(member, i), code.Value)))
        .ToDictionary(example => example.Name, example => example.Value);

    [Fact]
    public void EveryExampleCompiles()
    {
        SubmissionCompiler compiler = new(new SessionLoadContext());
        compiler.Accept(new Submission(compiler.Next(SubmissionCompiler.Parse(Usings)), null, false));
        string[] faults = [.. s_examples.Select(example => (example.Key, Error: FirstError(compiler, example.Value)))
            .Where(example => example.Error is not null).Select(example => $"{example.Key}: {example.Error}")];
        Assert.True(faults.Length == 0, $"{faults.Length} of {s_examples.Count} examples do not compile:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void EveryLayerLossAndOptimizerHasAnExample()
    {
        string[] missing = [.. typeof(Tensor).Assembly.GetExportedTypes().Where(NeedsAnExample).Select(type => type.Name)
            .Where(name => !s_examples.ContainsKey(name)).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"{missing.Length} types have no <example><code>: {string.Join(", ", missing)}.");
    }

    private static string Name(XElement member, int i) =>
        member.Attribute("name")!.Value["T:DeepLearning.".Length..] + (i == 0 ? "" : $" ({i + 1})");

    private static string? FirstError(SubmissionCompiler compiler, string code) => compiler.Next(SubmissionCompiler.Parse(code))
        .GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)?.ToString();

    // What a network is built of and trained by; a loss of several inputs or of two players derives from no Loss.
    private static bool NeedsAnExample(Type type) => type is { IsClass: true, IsAbstract: false }
        && (type.IsAssignableTo(typeof(Optimizer)) || type.GetMethods().Any(method => method.Name is "Forward" or "Discriminator"));
}
