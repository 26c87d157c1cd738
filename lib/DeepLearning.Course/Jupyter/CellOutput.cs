using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Jupyter;

/// <summary>Publishes what one cell produces, and passes its questions on.</summary>
/// <param name="request">The request that runs the cell.</param>
/// <param name="outgoing">Where output goes.</param>
/// <param name="questions">Who is asked for input.</param>
internal sealed class CellOutput(Request request, Outgoing outgoing, Questions questions) : IOutput, IInput
{
    private readonly bool _silent = request.Message.Flag("silent", false);
    private readonly bool _mayAsk = request.Message.Flag("allow_stdin", false);

    public void Stream(StreamName name, string text) =>
        Publish("stream", new JsonObject { ["name"] = name == StreamName.Out ? "stdout" : "stderr", ["text"] = text });

    public void Display(DisplayData data) => Publish("display_data", Content(data));

    public void Update(DisplayData data) => Publish("update_display_data", Content(data));

    public void Clear(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    public void Ask(TaskCompletionSource<string?> answer)
    {
        if (_mayAsk) questions.Ask(request, answer);
        else
            answer.SetException(new InvalidOperationException(
                "The cell asks for input, but whoever runs it answers no questions; put the value into the code instead."));
    }

    /// <summary>Shows how the cell ended: its value, or its error.</summary>
    public void Finish(CellResult result)
    {
        if (result.Value is { } value)
            Publish("execute_result",
                new JsonObject { ["execution_count"] = result.ExecutionCount, ["data"] = Bundle(value), ["metadata"] = new JsonObject() });
        if (result.Error is { } error)
        {
            JsonObject content = Outgoing.Failure(error.Name, error.Message, error.Trace);
            content.Remove("status");
            Publish("error", content);
        }
    }

    /// <summary>Formats by MIME type: text as it is, JSON as JSON.</summary>
    public static JsonObject Bundle(DisplayData data) =>
        [.. data.Bundle.Select(format => KeyValuePair.Create(format.Key, (JsonNode?)format.Value.DeepClone()))];

    private static JsonObject Content(DisplayData data)
    {
        var transient = new JsonObject();
        if (data.Id is not null) transient["display_id"] = data.Id;
        return new JsonObject { ["data"] = Bundle(data), ["metadata"] = new JsonObject(), ["transient"] = transient };
    }

    private void Publish(string type, JsonObject content)
    {
        if (!_silent) outgoing.Publish(type, content, request);
    }
}
