using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Notebooks;

/// <summary>Displays by their ids, so that a later cell can update what an earlier one showed.</summary>
public sealed class DisplayRegistry
{
    private readonly Dictionary<string, List<JsonObject>> _outputs = [];

    internal void Add(string id, JsonObject output)
    {
        if (!_outputs.TryGetValue(id, out List<JsonObject>? list)) _outputs[id] = list = [];
        list.Add(output);
    }

    internal void Update(DisplayData data)
    {
        foreach (JsonObject output in _outputs.GetValueOrDefault(data.Id!) ?? []) output["data"] = OutputJson.Bundle(data);
    }
}

/// <summary>Records what a cell produces as the outputs nbformat keeps.</summary>
/// <param name="outputs">Filled as output comes.</param>
/// <param name="displays">Shared by all cells of a notebook.</param>
public sealed class OutputRecorder(JsonArray outputs, DisplayRegistry displays) : IOutput
{
    private bool _clearBeforeNext;

    public void Stream(StreamName name, string text)
    {
        ClearIfDue();
        string stream = name == StreamName.Out ? "stdout" : "stderr";
        JsonObject? last = outputs.Count > 0 ? outputs[^1]!.AsObject() : null;
        if ((string?)last?["output_type"] == "stream" && (string?)last?["name"] == stream)
            last!["text"] = MultilineText.Write(TerminalText.Collapse(MultilineText.Read(last["text"]) + text));
        else
            outputs.Add((JsonNode)OutputJson.Stream(stream, TerminalText.Collapse(text)));
    }

    public void Display(DisplayData data)
    {
        ClearIfDue();
        JsonObject output = OutputJson.Display(data);
        outputs.Add((JsonNode)output);
        if (data.Id is not null) displays.Add(data.Id, output);
    }

    public void Update(DisplayData data) => displays.Update(data);

    public void Clear(bool wait)
    {
        if (wait) _clearBeforeNext = true;
        else outputs.Clear();
    }

    /// <summary>Adds how the cell ended: its value, or its error.</summary>
    public void Finish(CellResult result)
    {
        ClearIfDue();
        if (result.Value is { } value) outputs.Add((JsonNode)OutputJson.Result(value, result.ExecutionCount));
        if (result.Error is { } error) outputs.Add((JsonNode)OutputJson.Error(error));
    }

    private void ClearIfDue()
    {
        if (_clearBeforeNext) outputs.Clear();
        _clearBeforeNext = false;
    }
}
