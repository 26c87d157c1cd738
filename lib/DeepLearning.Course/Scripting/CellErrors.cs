using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using DeepLearning.Course.Scripting.Formatters;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Scripting;

/// <summary>Turns what went wrong into what a reader needs: the message, the line, and the code on it.</summary>
internal sealed partial class CellErrors
{
    private const int MaxErrors = 10;
    private const int MaxFrames = 15;

    private readonly Dictionary<string, string[]> _sources = [];

    /// <summary>Remembers the text behind a path, to quote from it.</summary>
    public void AddSource(string path, string code) => _sources[path] = code.Split('\n');

    public CellError FromCompiler(IReadOnlyList<Diagnostic> errors, string cell)
    {
        Diagnostic first = errors[0];
        var trace = errors.Take(MaxErrors).SelectMany(error => Quote(error, cell)).ToList();
        if (errors.Count > MaxErrors) trace.Add($"and {errors.Count - MaxErrors} more errors");
        FileLinePositionSpan at = first.Location.GetMappedLineSpan();
        return new CellError(first.Id, first.GetMessage(), LineIn(cell, at.Path, at.StartLinePosition.Line + 1),
            LineIn(cell, at.Path, at.StartLinePosition.Character + 1), trace);
    }

    public CellError FromException(Exception exception, string cell)
    {
        while (exception is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException { InnerException: not null })
            exception = exception.InnerException!;
        var trace = new List<string>();
        int? line = null;
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            trace.Add($"{(trace.Count == 0 ? "" : "caused by ")}{e.GetType().Name}: {e.Message}");
            var frames = Frames(e).ToList();
            trace.AddRange(frames.Take(MaxFrames).Select(frame => frame.Text));
            if (frames.Count > MaxFrames) trace.Add($"   … {frames.Count - MaxFrames} more");
            line ??= frames.FirstOrDefault(frame => frame.Path == cell).Line;
        }
        return new CellError(exception.GetType().Name, exception.Message, line, null, trace);
    }

    public CellError Interrupted(Exception exception, string cell, string message)
    {
        var frames = Frames(exception).Where(frame => frame.Path is not null).Take(3).ToList();
        return new CellError("Interrupted", message, frames.FirstOrDefault(frame => frame.Path == cell).Line, null,
            [message, .. frames.Select(frame => frame.Text)]);
    }

    /// <summary>A mistake in a line the engine itself reads, such as <c>#r</c>.</summary>
    public CellError FromDirective(DirectiveException error, string cell) =>
        new("Directive", error.Message, error.Line, 1, [.. QuoteLine(cell, error.Line, 1, $"error: {error.Message}")]);

    private IEnumerable<string> Quote(Diagnostic error, string cell)
    {
        if (!error.Location.IsInSource) return [$"error {error.Id}: {error.GetMessage()}"];
        FileLinePositionSpan at = error.Location.GetMappedLineSpan();
        string place = at.Path == cell ? "" : at.Path + " ";
        return QuoteLine(at.Path, at.StartLinePosition.Line + 1, at.StartLinePosition.Character + 1,
            $"error {error.Id}: {error.GetMessage()}", place);
    }

    private IEnumerable<string> QuoteLine(string path, int line, int column, string message, string place = "")
    {
        yield return $"{place}({line},{column}): {message}";
        if (SourceLine(path, line) is not { } source) yield break;
        yield return "    " + source.Replace('\t', ' ');
        yield return "    " + new string(' ', Math.Min(column - 1, source.Length)) + "^";
    }

    private string? SourceLine(string path, int line) =>
        _sources.TryGetValue(path, out string[]? lines) && line >= 1 && line <= lines.Length ? lines[line - 1].TrimEnd('\r') : null;

    private static int? LineIn(string cell, string path, int line) => path == cell ? line : null;

    private IEnumerable<(string Text, string? Path, int? Line)> Frames(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            if (method is null || IsPlumbing(method.DeclaringType)) continue;
            string? path = frame.GetFileName();
            if (path is not null && _sources.ContainsKey(path))
            {
                int line = frame.GetFileLineNumber();
                string? source = SourceLine(path, line)?.Trim();
                yield return ($"   at {InMethod(method)}{path}, line {line}{(source is null ? "" : ":  " + source)}", path, line);
            }
            else
            {
                yield return ($"   at {Readable(method)}", null, null);
            }
        }
    }

    /// <summary>The engine's own frames, and those the compiler makes of an await.</summary>
    private static bool IsPlumbing(Type? type)
    {
        string space = type?.Namespace ?? "";
        return space.StartsWith("DeepLearning.Course", StringComparison.Ordinal)
            || space.StartsWith("System.Runtime", StringComparison.Ordinal)
            || space.StartsWith("System.Threading", StringComparison.Ordinal)
            || type?.FullName?.Contains(LoopGuardRewriter.GuardClass, StringComparison.Ordinal) == true;
    }

    /// <summary>Where in a cell: nothing for its top level, else the function.</summary>
    private static string InMethod(MethodBase method)
    {
        string name = OwnName(method);
        return name == "Initialize" ? "" : name + " in ";
    }

    private static string Readable(MethodBase method)
    {
        Type? type = method.DeclaringType;
        while (type is { IsNested: true } && type.Name.StartsWith('<')) type = type.DeclaringType;
        string own = OwnName(method);
        string parameters = own == method.Name ? string.Join(", ", method.GetParameters().Select(p => TypeNames.Of(p.ParameterType))) : "…";
        return $"{type?.FullName}.{(own == ".ctor" ? "new" : own)}({parameters})";
    }

    /// <summary>The name its author gave the method a local function, lambda or state machine was made of.</summary>
    private static string OwnName(MethodBase method)
    {
        Match match = GeneratedName().Match($"{method.DeclaringType?.Name}.{method.Name}");
        return match.Success ? match.Groups[1].Value + match.Groups[2].Value : method.Name;
    }

    /// <summary><c>&lt;F&gt;g__Local|0</c>, <c>&lt;F&gt;b__0</c>, <c>&lt;F&gt;d__1.MoveNext</c>.</summary>
    [GeneratedRegex(@"<[^>]*>+g__(\w+)\||<(\w+)>")]
    private static partial Regex GeneratedName();
}
