using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Page;

/// <summary>
/// One lesson open in one browser tab: a WebSocket, a session of its own, and the notebook as it was read. Ends with the
/// connection, and the session with it.
/// </summary>
internal sealed class LessonConnection
{
    private const int LargestMessage = 8 * 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly WebSocket _socket;
    private readonly LessonDocument _document;
    private readonly SessionPool _sessions;
    private readonly Outbox _outbox;
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
    private readonly ConcurrentDictionary<string, CellOutputs> _outputs = [];
    private readonly ConcurrentDictionary<string, int> _counts = [];
    private ScriptSession _session;
    private int _waiting;

    // Cells asked for under an older number are skipped: one before them failed, or the reader interrupted or restarted.
    private int _round;

    public LessonConnection(WebSocket socket, LessonDocument document, SessionPool sessions)
    {
        (_socket, _document, _sessions) = (socket, document, sessions);
        _outbox = new Outbox(socket);
        _session = Start();
    }

    private sealed record Job(string Cell, string Code, int Round);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _outbox.Post(_document.ToMessage());
        Task sending = _outbox.RunAsync(ending.Token);
        Task running = RunJobsAsync(ending.Token);
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
            _session.Interrupt();
            await Task.WhenAll(sending, running).ContinueWith(_ => { }, TaskScheduler.Default);
            await _session.DisposeAsync();
        }
    }

    private ScriptSession Start()
    {
        Status("starting");
        SessionPool.Started started = _sessions.Take(_document.Folder);
        _ = started.Ready.ContinueWith(_ => { if (Volatile.Read(ref _waiting) == 0) Status("ready"); }, TaskScheduler.Default);
        return started.Session;
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        var chunk = new byte[64 * 1024];
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
            if (message.Length > LargestMessage)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "A message may hold 8 MB at most; this session has ended.", cancellation);
                return;
            }
            if (!received.EndOfMessage) continue;
            Receive(message.GetBuffer().AsSpan(0, (int)message.Length));
            message.SetLength(0);
        }
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Handle(JsonNode.Parse(bytes, documentOptions: Strict) as JsonObject ?? throw new FormatException("A message must be a JSON object."));
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            _outbox.Post(new JsonObject { ["type"] = "problem", ["message"] = $"A message could not be read and was dropped: {problem.Message}" });
        }
    }

    private void Handle(JsonObject message)
    {
        switch (Text(message, "type"))
        {
            case "run": Enqueue(Text(message, "cell"), Text(message, "code")); break;
            case "interrupt": Skip(); _session.Interrupt(); break;
            case "restart": Restart(); break;
            case "clearOutputs": _outputs.Clear(); _document.ClearOutputs(); break;
            case "render": Answer(message, "rendered", new JsonObject { ["html"] = Markup.ToHtml(Text(message, "source")) }); break;
            case "complete": InBackground(message, "completions", Complete); break;
            case "inspect": InBackground(message, "inspection", Inspect); break;
            case "save": Save(message); break;
            case var other: throw new FormatException($"There is no message of type '{other}'.");
        }
    }

    private void Enqueue(string cell, string code)
    {
        Interlocked.Increment(ref _waiting);
        _outbox.Post(new JsonObject { ["type"] = "queued", ["cell"] = cell });
        _jobs.Writer.TryWrite(new Job(cell, code, Volatile.Read(ref _round)));
    }

    private async Task RunJobsAsync(CancellationToken cancellation)
    {
        await foreach (Job job in _jobs.Reader.ReadAllAsync(cancellation))
        {
            if (job.Round == Volatile.Read(ref _round)) await RunAsync(job, cancellation);
            else _outbox.Post(new JsonObject { ["type"] = "skipped", ["cell"] = job.Cell });
            if (Interlocked.Decrement(ref _waiting) == 0) Status("ready");
        }
    }

    private async Task RunAsync(Job job, CancellationToken cancellation)
    {
        Status("busy");
        _outbox.Post(new JsonObject { ["type"] = "started", ["cell"] = job.Cell });
        CellOutputs outputs = _outputs[job.Cell] = new CellOutputs(job.Cell, _outbox, UpdateDisplay);
        CellResult result;
        try
        {
            result = await _session.RunAsync(job.Code, outputs, cancellation);
        }
        catch (ObjectDisposedException)
        {
            // The session was restarted in the moment between this cell's turn and its start.
            _outbox.Post(new JsonObject { ["type"] = "skipped", ["cell"] = job.Cell });
            return;
        }
        outputs.Finish(result);
        if (result.Error is not null) Skip();
        _counts[job.Cell] = result.ExecutionCount;
        var done = new JsonObject { ["type"] = "done", ["cell"] = job.Cell, ["executionCount"] = result.ExecutionCount, ["elapsed"] = result.Elapsed.TotalMilliseconds };
        if (result.Error is { } error) done["error"] = new JsonObject { ["name"] = error.Name, ["message"] = error.Message, ["line"] = error.Line, ["column"] = error.Column };
        _outbox.Post(done);
    }

    private (JsonArray Outputs, int? Count)? OutputsOf(string cell) =>
        _outputs.TryGetValue(cell, out CellOutputs? outputs) ? (outputs.ToJson(), _counts.TryGetValue(cell, out int count) ? count : null) : null;

    private void UpdateDisplay(DisplayData data)
    {
        foreach (CellOutputs outputs in _outputs.Values) outputs.Replace(data);
        if (data.Id is not null) _outbox.PostUpdate(data.Id, OutputJson.Bundle(data));
    }

    private void Skip() => Interlocked.Increment(ref _round);

    private void Restart()
    {
        Skip();
        ScriptSession old = _session;
        _session = Start();
        old.Interrupt();
        _ = old.DisposeAsync().AsTask();
    }

    private JsonObject Complete(JsonObject message)
    {
        Completions found = _session.Complete(Text(message, "code"), Position(message));
        return new JsonObject
        {
            ["start"] = found.Start, ["end"] = found.End,
            ["items"] = new JsonArray([.. found.Items.Select(item => new JsonObject { ["text"] = item.Text, ["kind"] = item.Kind, ["summary"] = item.Summary })]),
        };
    }

    private JsonObject Inspect(JsonObject message) => _session.Inspect(Text(message, "code"), Position(message)) is { } found
        ? new JsonObject { ["found"] = new JsonObject { ["signature"] = found.Signature, ["summary"] = found.Summary } }
        : [];

    private void Save(JsonObject message)
    {
        JsonArray cells = message["cells"] as JsonArray ?? throw new FormatException("The message 'save' needs a list 'cells'.");
        bool overwrite = (bool?)message["overwrite"] ?? false, keepOutputs = (bool?)message["keepOutputs"] ?? false;
        try
        {
            string? version = _document.Save(cells, (string?)message["version"], overwrite, keepOutputs ? OutputsOf : null);
            Answer(message, version is null ? "conflict" : "saved", new JsonObject { ["version"] = version });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Answer(message, "problem", new JsonObject { ["message"] = $"Not saved: {problem.Message}" });
        }
    }

    // Looking names up takes some milliseconds, and a running cell may make it wait: the next message must not wait with it.
    private void InBackground(JsonObject message, string type, Func<JsonObject, JsonObject> answer) => Task.Run(() =>
    {
        JsonObject content;
        try
        {
            content = answer(message);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            content = new JsonObject { ["problem"] = problem.Message };
        }
        Answer(message, type, content);
    });

    private void Answer(JsonObject request, string type, JsonObject content)
    {
        content["type"] = type;
        content["id"] = request["id"]?.DeepClone();
        _outbox.Post(content);
    }

    private void Status(string state) => _outbox.Post(new JsonObject { ["type"] = "status", ["state"] = state });

    private static string Text(JsonObject message, string name) =>
        message[name] is JsonValue value && value.TryGetValue(out string? text) ? text : throw new FormatException($"It needs a text '{name}'.");

    private static int Position(JsonObject message)
    {
        int length = Text(message, "code").Length;
        return message["position"] is JsonValue value && value.TryGetValue(out int position) && position >= 0 && position <= length
            ? position
            : throw new FormatException($"It needs a number 'position' from 0 to {length}, the length of its code.");
    }
}
