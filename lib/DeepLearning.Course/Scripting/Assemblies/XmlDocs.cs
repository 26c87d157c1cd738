using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Scripting.Assemblies;

/// <summary>
/// Summaries from the documentation files beside referenced assemblies. Small files are kept, large ones are read through when asked.
/// </summary>
internal static partial class XmlDocs
{
    private const long KeepBelow = 4 << 20;
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> s_kept = [];

    /// <summary>The summary of a symbol as plain text; null if there is none.</summary>
    public static string? Summary(ISymbol symbol, Compilation compilation, bool quickOnly = false)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.OriginalDefinition : symbol.OriginalDefinition;
        if (symbol.DeclaringSyntaxReferences.Length > 0) return Plain(symbol.GetDocumentationCommentXml());
        if (symbol.ContainingAssembly is not { } assembly || symbol.GetDocumentationCommentId() is not { } id) return null;
        string? path = Path.ChangeExtension((FindReference(compilation, assembly) as PortableExecutableReference)?.FilePath, ".xml");
        if (path is null || !File.Exists(path)) return null;
        if (new FileInfo(path).Length < KeepBelow)
            return s_kept.GetOrAdd(path, ReadAll).TryGetValue(id, out string? xml) ? Plain(xml) : null;
        return quickOnly ? null : Plain(Scan(path, id));
    }

    private static MetadataReference? FindReference(Compilation? compilation, IAssemblySymbol assembly)
    {
        for (; compilation is not null; compilation = compilation.ScriptCompilationInfo?.PreviousScriptCompilation)
            if (compilation.GetMetadataReference(assembly) is { } found) return found;
        return null;
    }

    private static Dictionary<string, string> ReadAll(string path)
    {
        var docs = new Dictionary<string, string>();
        using var reader = XmlReader.Create(path);
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "member" } && reader.GetAttribute("name") is { } name)
                docs[name] = reader.ReadOuterXml();
            else reader.Read();
        }
        return docs;
    }

    private static string? Scan(string path, string id)
    {
        string start = $"<member name=\"{id}\">";
        StringBuilder? found = null;
        foreach (string line in File.ReadLines(path))
        {
            if (found is null && line.Contains(start, StringComparison.Ordinal)) found = new StringBuilder();
            found?.AppendLine(line);
            if (found is not null && line.Contains("</member>", StringComparison.Ordinal)) return found.ToString();
        }
        return null;
    }

    private static string? Plain(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            var text = new StringBuilder();
            foreach (XElement summary in XElement.Parse(xml).DescendantsAndSelf("summary").Take(1)) Append(text, summary);
            string plain = Blanks().Replace(text.ToString(), " ").Trim();
            return plain == "" ? null : plain;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement { Name.LocalName: "para" or "br" } paragraph) Append(text.Append(' '), paragraph);
            else if (node is XElement { IsEmpty: true } reference) text.Append(Named(reference));
            else if (node is XElement inner) Append(text, inner);
        }
    }

    private static string Named(XElement reference)
    {
        string name = (string?)reference.Attribute("cref")
            ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? "";
        string bare = name.Contains(':') ? name[(name.IndexOf(':') + 1)..].Split('(')[0] : name;
        return bare.Split('.')[^1].Split('`')[0];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
