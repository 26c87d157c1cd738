using System.Text.Json.Nodes;

namespace DeepLearning.Course.Messages;

/// <summary>Reads what a message must hold, and says what is missing.</summary>
internal static class MessageFields
{
    /// <exception cref="FormatException">There is no such text.</exception>
    public static string Text(this JsonObject message, string name) =>
        message[name] is JsonValue value && value.TryGetValue(out string? text) ? text
            : throw new FormatException($"It needs a text '{name}'.");

    /// <summary>The message's <c>position</c>: a place in its <c>code</c>, counted in UTF-16 units.</summary>
    /// <exception cref="FormatException">There is none, or it lies outside the code.</exception>
    public static int Position(this JsonObject message)
    {
        int length = message.Text("code").Length;
        return message["position"] is JsonValue value && value.TryGetValue(out int position) && position >= 0 && position <= length
            ? position
            : throw new FormatException($"It needs a number 'position' from 0 to {length}, the length of its code.");
    }
}
