using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Installation;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Jupyter;

/// <summary>Requests that run no code; they are answered also while a cell runs.</summary>
internal sealed class Queries(ScriptSession session, History history)
{
    /// <returns>Null for a type of message this kernel does not know.</returns>
    public JsonObject? Answer(JupyterMessage request) => request.Type switch
    {
        "kernel_info_request" => KernelInfo(),
        "complete_request" => Complete(request.Text("code"), request.Number("cursor_pos")),
        "inspect_request" => Inspect(request.Text("code"), request.Number("cursor_pos")),
        "is_complete_request" => Completeness.Of(request.Text("code")),
        "history_request" => history.Answer(request),
        "comm_info_request" => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
        _ => null,
    };

    private static JsonObject KernelInfo()
    {
        string version = typeof(Queries).Assembly.GetName().Version!.ToString(3);
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = Outgoing.ProtocolVersion,
            ["implementation"] = KernelSpec.Name,
            ["implementation_version"] = version,
            ["language_info"] = new JsonObject
            {
                ["name"] = "C#", ["version"] = "14.0", ["mimetype"] = "text/x-csharp", ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
            },
            ["banner"] = $"{KernelSpec.DisplayName} {version} on .NET {Environment.Version}",
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
        };
    }

    private JsonObject Complete(string code, int? cursor)
    {
        Completions found = session.Complete(code, Position(code, cursor));
        (int start, int end) = (CodePoints.FromIndex(code, found.Start), CodePoints.FromIndex(code, found.End));
        IEnumerable<JsonNode> types = found.Items.Select(
            item => (JsonNode)new JsonObject { ["start"] = start, ["end"] = end, ["text"] = item.Text, ["type"] = item.Kind });
        return new JsonObject
        {
            ["status"] = "ok", ["cursor_start"] = start, ["cursor_end"] = end,
            ["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)item.Text)]),
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray([.. types]) },
        };
    }

    /// <summary>What a name means, in the formats front ends show; null if nothing is known.</summary>
    public JsonObject? Explain(string code, int position) => session.Inspect(code, position) is not { } found ? null : new JsonObject
    {
        ["text/plain"] = found.Summary is null ? found.Signature : $"{found.Signature}\n\n{found.Summary}",
        ["text/markdown"] = $"```csharp\n{found.Signature}\n```\n{found.Summary}",
    };

    private JsonObject Inspect(string code, int? cursor)
    {
        JsonObject data = Explain(code, Position(code, cursor)) ?? [];
        return new JsonObject { ["status"] = "ok", ["found"] = data.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <summary>Without a cursor, the end of the code.</summary>
    private static int Position(string code, int? cursor) => CodePoints.ToIndex(code, cursor ?? int.MaxValue);
}
