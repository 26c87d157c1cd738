using System.Text.Json.Nodes;

namespace DeepLearning.Course.Scripting;

/// <summary>One value in several formats: MIME type → text, or JSON for <c>…+json</c> types.</summary>
/// <param name="Bundle">The formats, richest and plainest together; <c>text/plain</c> is always among them.</param>
/// <param name="Id">Names the display so that it can be updated; null when it never is.</param>
public sealed record DisplayData(IReadOnlyDictionary<string, JsonNode> Bundle, string? Id = null);

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception type, or the compiler's code such as <c>CS0103</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Line">1-based line within the cell, where it is known.</param>
/// <param name="Column">1-based column, where it is known.</param>
/// <param name="Trace">Lines to print, the offending source line among them; never the engine's own frames.</param>
public sealed record CellError(string Name, string Message, int? Line, int? Column, IReadOnlyList<string> Trace);

/// <summary>How a cell ended. Exactly one of <paramref name="Value"/> and <paramref name="Error"/> is set, or neither.</summary>
/// <param name="ExecutionCount">1 for the first cell run in a session.</param>
/// <param name="Value">The last expression, formatted, if it has one.</param>
/// <param name="Error">Set if the cell failed or was interrupted.</param>
/// <param name="Elapsed">Wall time of compilation and run.</param>
public sealed record CellResult(int ExecutionCount, DisplayData? Value, CellError? Error, TimeSpan Elapsed)
{
    public bool Succeeded => Error is null;
}

/// <summary>A name offered at the cursor.</summary>
public sealed record Completion(string Text, string Kind, string? Summary);

/// <summary>The names offered, and the part of the code they replace: <c>[Start, End)</c>.</summary>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);

/// <summary>What is known of the symbol at the cursor.</summary>
/// <param name="Signature">Its declaration in C#.</param>
/// <param name="Summary">Its documentation as plain text, or null.</param>
public sealed record Inspection(string Signature, string? Summary);
