using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Jupyter;

/// <summary>What the kernel says: answers to whoever asked, and news to everybody.</summary>
internal sealed class Outgoing(PubSocket iopub, MessageSigner signer)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] s_noParent = "{}"u8.ToArray();
    private readonly string _session = Guid.NewGuid().ToString("N");
    private int _count;

    public void Reply(Request request, JsonObject content) =>
        request.Peer.Send(ZmtpFrame.Encode(Frames(request.Message.Identities, request.ReplyType, content, request)));

    /// <summary>A question to a peer on its stdin socket.</summary>
    public void Ask(ZmtpPeer peer, string type, JsonObject content, Request parent) =>
        peer.Send(ZmtpFrame.Encode(Frames([], type, content, parent)));

    public void Publish(string type, JsonObject content, Request? parent) =>
        iopub.Publish(Frames([Encoding.ASCII.GetBytes($"kernel.{_session}.{type}")], type, content, parent));

    public void Status(string state, Request? parent) => Publish("status", new JsonObject { ["execution_state"] = state }, parent);

    /// <summary>The content of an answer that reports a failure.</summary>
    public static JsonObject Failure(string name, string message, IEnumerable<string> trace) => new()
    {
        ["status"] = "error", ["ename"] = name, ["evalue"] = message,
        ["traceback"] = new JsonArray([.. trace.Select(line => (JsonNode)line)]),
    };

    private byte[][] Frames(IEnumerable<byte[]> before, string type, JsonObject content, Request? parent)
    {
        var header = new JsonObject
        {
            ["msg_id"] = $"{_session}_{Interlocked.Increment(ref _count)}", ["session"] = _session, ["username"] = "kernel",
            ["msg_type"] = type, ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["version"] = ProtocolVersion,
        };
        return JupyterMessage.Write(before, signer, Bytes(header), parent?.Message.Header ?? s_noParent, Bytes(content));
    }

    private static byte[] Bytes(JsonObject node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(writer);
        return bytes.ToArray();
    }
}
