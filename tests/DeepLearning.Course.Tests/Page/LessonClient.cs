using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Page;

/// <summary>A browser tab's side of a lesson's WebSocket.</summary>
internal sealed class LessonClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _chunk = new byte[64 * 1024];

    /// <summary>Every message received so far.</summary>
    public List<JsonObject> Received { get; } = [];

    public static async Task<LessonClient> OpenAsync(OpenCourse course, string notebook, string? token = null, string? origin = null)
    {
        var client = new LessonClient();
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        client._socket.Options.CollectHttpResponseDetails = true;
        string authority = course.Server.Address.Authority;
        try
        {
            await client._socket.ConnectAsync(
                new Uri($"ws://{authority}/socket?notebook={Uri.EscapeDataString(notebook)}&token={token ?? course.Token}"),
                CancellationToken.None);
        }
        catch (WebSocketException refusal)
        {
            int status = (int)client._socket.HttpStatusCode;
            client.Dispose();
            throw new RefusedException(status, refusal);
        }
        return client;
    }

    public Task SendAsync(object message) =>
        SendTextAsync(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(message))!.ToJsonString());

    public Task SendTextAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Reads on until a message of that type, and of that cell or id if given.</summary>
    public async Task<JsonObject> WaitForAsync(string type, string? cell = null, int? id = null)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            JsonObject message = await ReadAsync(limit.Token)
                ?? throw new InvalidOperationException($"The connection closed before a message '{type}' came.");
            if ((string?)message["type"] == type && (cell is null || (string?)message["cell"] == cell)
                && (id is null || (int?)message["id"] == id))
                return message;
        }
    }

    public async Task<WebSocketCloseStatus?> WaitForCloseAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (await ReadAsync(limit.Token) is not null) { }
        return _socket.CloseStatus;
    }

    public string StreamOf(string cell) =>
        string.Concat(Received.Where(m => (string?)m["type"] == "stream" && (string?)m["cell"] == cell).Select(m => (string?)m["text"]));

    public void Dispose() => _socket.Dispose();

    private async Task<JsonObject?> ReadAsync(CancellationToken limit)
    {
        using var bytes = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_chunk, limit);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            bytes.Write(_chunk, 0, part.Count);
        }
        while (!part.EndOfMessage);
        JsonObject message = JsonNode.Parse(bytes.ToArray())!.AsObject();
        Received.Add(message);
        return message;
    }
}

internal sealed class RefusedException(int status, Exception inner) : Exception($"refused with status {status}", inner)
{
    public int Status => status;
}
