using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DeepLearning.Course.Messages;

namespace DeepLearning.Course.Page;

/// <summary>
/// One lesson open in one browser tab: a WebSocket, a session of its own, and the notebook as it was read. Ends with the
/// connection, and the session with it.
/// </summary>
internal sealed class LessonConnection
{
    private readonly WebSocket _socket;
    private readonly LessonDocument _document;
    private readonly Outbox _outbox;
    private readonly Conversation _conversation;

    public LessonConnection(WebSocket socket, LessonDocument document, SessionPool sessions)
    {
        (_socket, _document) = (socket, document);
        _outbox = new Outbox(
            (bytes, cancellation) => socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellation).AsTask());
        _conversation = new Conversation(_outbox, () => sessions.Take(document.Folder));
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _outbox.Post(_document.ToMessage());
        Task sending = _outbox.RunAsync(ending.Token);
        Task running = _conversation.RunCellsAsync(ending.Token);
        try
        {
            await ReceiveAsync(ending.Token);
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            // The tab was closed, or the program is: both are an ordinary end.
        }
        finally
        {
            ending.Cancel();
            _conversation.Interrupt();
            await Task.WhenAll(sending, running).ContinueWith(_ => { }, TaskScheduler.Default);
            await _conversation.DisposeAsync();
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        byte[] chunk = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            WebSocketReceiveResult received = await _socket.ReceiveAsync(chunk, cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
                return;
            }
            message.Write(chunk, 0, received.Count);
            if (message.Length > Conversation.LargestMessage)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig,
                    "A message may hold 8 MB at most; this session has ended.", cancellation);
                return;
            }
            if (!received.EndOfMessage) continue;
            _conversation.Receive(message.GetBuffer().AsSpan(0, (int)message.Length), Handle);
            message.SetLength(0);
        }
    }

    /// <summary>What concerns the notebook rather than the session.</summary>
    private bool Handle(string type, JsonObject message)
    {
        switch (type)
        {
            case "clearOutputs": _conversation.ClearOutputs(); _document.ClearOutputs(); return true;
            case "render":
            _conversation.Answer(message, "rendered", new JsonObject { ["html"] = Markup.ToHtml(message.Text("source")) }); return true;
            case "save": Save(message); return true;
            default: return false;
        }
    }

    private void Save(JsonObject message)
    {
        JsonArray cells = message["cells"] as JsonArray ?? throw new FormatException("The message 'save' needs a list 'cells'.");
        bool overwrite = (bool?)message["overwrite"] ?? false, keepOutputs = (bool?)message["keepOutputs"] ?? false;
        try
        {
            string? version = _document.Save(cells, (string?)message["version"], overwrite, keepOutputs ? _conversation.OutputsOf : null);
            _conversation.Answer(message, version is null ? "conflict" : "saved", new JsonObject { ["version"] = version });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _conversation.Answer(message, "problem", new JsonObject { ["message"] = $"Not saved: {problem.Message}" });
        }
    }
}
