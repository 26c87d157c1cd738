using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Jupyter;

/// <summary>A message that came, its signature checked.</summary>
/// <param name="Identities">The frames before the delimiter; they go back with the answer.</param>
/// <param name="Header">The header as it came, which is what answers name as their parent.</param>
/// <param name="Type">The header's <c>msg_type</c>.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(byte[][] Identities, byte[] Header, string Type, JsonObject Content)
{
    private const int PartCount = 4;
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>
    /// Reads frames: identities, delimiter, signature, header, parent header, metadata, content; buffers after them are passed over.
    /// </summary>
    /// <returns>Null if the frames are no message or are not signed with the key.</returns>
    public static JupyterMessage? Read(byte[][] frames, MessageSigner signer)
    {
        int at = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || frames.Length < at + 2 + PartCount) return null;
        Span<byte[]> parts = frames.AsSpan(at + 2, PartCount);
        if (!signer.Verify(parts, frames[at + 1])) return null;
        try
        {
            var header = JsonNode.Parse(parts[0], documentOptions: s_strict) as JsonObject;
            var content = JsonNode.Parse(parts[3], documentOptions: s_strict) as JsonObject;
            if (header is null || content is null || header["msg_type"] is not JsonValue name || !name.TryGetValue(out string? type))
                return null;
            return new JupyterMessage(frames[..at], parts[0], type, content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The frames of a message to be sent; <paramref name="parent"/> and <paramref name="content"/> are JSON.</summary>
    public static byte[][] Write(IEnumerable<byte[]> before, MessageSigner signer, byte[] header, byte[] parent, byte[] content)
    {
        byte[][] parts = [header, parent, "{}"u8.ToArray(), content];
        return [.. before, Delimiter.ToArray(), signer.Sign(parts), .. parts];
    }

    public string Text(string name) =>
        Content[name] is JsonValue value && value.TryGetValue(out string? text) ? text
            : throw new FormatException($"{Type} needs a text '{name}'.");

    public bool Flag(string name, bool otherwise) => Content[name] is null ? otherwise
        : Content[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag
        : throw new FormatException($"'{name}' of {Type} must be true or false.");

    public int? Number(string name) => Content[name] is null ? null
        : Content[name] is JsonValue value && value.TryGetValue(out int number) ? number
        : throw new FormatException($"'{name}' of {Type} must be a whole number.");
}
