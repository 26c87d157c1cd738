using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Messages;

/// <summary>
/// A session driven by messages, JSON objects with a <c>type</c>, whatever carries them. It takes <c>run</c>, <c>interrupt</c>,
/// <c>restart</c>, <c>complete</c> and <c>inspect</c>, and tells <c>status</c>, <c>queued</c>, <c>started</c>, <c>stream</c>,
/// <c>output</c>, <c>update</c>, <c>clear</c>, <c>done</c>, <c>skipped</c>, <c>completions</c>, <c>inspection</c> and <c>problem</c>.
/// </summary>
internal sealed class Conversation : IAsyncDisposable
{
    /// <summary>The most bytes a message may have.</summary>
    public const int LargestMessage = 8 * 1024 * 1024;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly Outbox _outbox;
    private readonly Func<StartedSession> _start;
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
    private readonly ConcurrentDictionary<string, CellOutputs> _outputs = [];
    private readonly ConcurrentDictionary<string, int> _counts = [];
    private readonly ConcurrentDictionary<Task, bool> _answering = [];
    private ScriptSession _session;
    private int _waiting;

    // Cells asked for under an older number are skipped: one before them failed, or the reader interrupted or restarted.
    private int _round;

    public Conversation(Outbox outbox, Func<StartedSession> start)
    {
        (_outbox, _start) = (outbox, start);
        _session = Start();
    }

    private sealed record Job(string Cell, string Code, int Round);

    /// <summary>Runs cells as they are asked for, until it is cancelled.</summary>
    public async Task RunCellsAsync(CancellationToken cancellation)
    {
        await foreach (Job job in _jobs.Reader.ReadAllAsync(cancellation))
        {
            if (job.Round == Volatile.Read(ref _round)) await RunAsync(job, cancellation);
            else Post("skipped", job.Cell);
            if (Interlocked.Decrement(ref _waiting) == 0) Status("ready");
        }
    }

    /// <summary>Reads one message and does what it asks; one that cannot be read is answered by a <c>problem</c> and dropped.</summary>
    /// <param name="utf8">The message.</param>
    /// <param name="others">Handles the types of message this class does not know; returns false for one nobody knows.</param>
    public void Receive(ReadOnlySpan<byte> utf8, Func<string, JsonObject, bool> others)
    {
        JsonObject? message = null;
        try
        {
            message = JsonNode.Parse(utf8, documentOptions: s_strict) as JsonObject
                ?? throw new FormatException("A message must be a JSON object.");
            string type = message.Text("type");
            if (!Handle(type, message) && !others(type, message)) throw new FormatException($"There is no message of type '{type}'.");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            Problem(problem.Message, message);
        }
    }

    /// <summary>Says that a message was dropped, and why.</summary>
    public void Problem(string reason, JsonObject? message = null) =>
        Answer(message ?? [], "problem", new JsonObject { ["message"] = $"A message could not be read and was dropped: {reason}" });

    /// <summary>Sends the answer to a message: it carries the message's <c>id</c>.</summary>
    public void Answer(JsonObject request, string type, JsonObject content)
    {
        content["type"] = type;
        content["id"] = request["id"]?.DeepClone();
        _outbox.Post(content);
    }

    /// <summary>What a cell showed when it last ran here, as a notebook keeps it; null if it has not run.</summary>
    public (JsonArray Outputs, int? Count)? OutputsOf(string cell) =>
        _outputs.TryGetValue(cell, out CellOutputs? outputs)
            ? (outputs.ToJson(), _counts.TryGetValue(cell, out int count) ? count : null) : null;

    /// <summary>Forgets what cells showed.</summary>
    public void ClearOutputs() => _outputs.Clear();

    /// <summary>Stops the running cell.</summary>
    public void Interrupt()
    {
        Skip();
        _session.Interrupt();
    }

    /// <summary>Gives the answers still owed, and ends the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_answering.Keys);
        await _session.DisposeAsync();
    }

    private bool Handle(string type, JsonObject message)
    {
        switch (type)
        {
            case "run": Enqueue(message.Text("cell"), message.Text("code")); return true;
            case "interrupt": Interrupt(); return true;
            case "restart": Restart(); return true;
            case "complete": InBackground(message, "completions", Complete); return true;
            case "inspect": InBackground(message, "inspection", Inspect); return true;
            default: return false;
        }
    }

    private ScriptSession Start()
    {
        Status("starting");
        StartedSession started = _start();
        _ = started.Ready.ContinueWith(_ => { if (Volatile.Read(ref _waiting) == 0) Status("ready"); }, TaskScheduler.Default);
        return started.Session;
    }

    private void Enqueue(string cell, string code)
    {
        Interlocked.Increment(ref _waiting);
        Post("queued", cell);
        _jobs.Writer.TryWrite(new Job(cell, code, Volatile.Read(ref _round)));
    }

    private async Task RunAsync(Job job, CancellationToken cancellation)
    {
        Status("busy");
        Post("started", job.Cell);
        CellOutputs outputs = _outputs[job.Cell] = new CellOutputs(job.Cell, _outbox, UpdateDisplay);
        CellResult result;
        try
        {
            result = await _session.RunAsync(job.Code, outputs, cancellation);
        }
        catch (ObjectDisposedException)
        {
            // The session was restarted in the moment between this cell's turn and its start.
            Post("skipped", job.Cell);
            return;
        }
        outputs.Finish(result);
        if (result.Error is not null) Skip();
        _counts[job.Cell] = result.ExecutionCount;
        var done = new JsonObject
        {
            ["type"] = "done",
            ["cell"] = job.Cell,
            ["executionCount"] = result.ExecutionCount,
            ["elapsed"] = result.Elapsed.TotalMilliseconds,
        };
        if (result.Error is { } error) done["error"] = new JsonObject
        {
            ["name"] = error.Name, ["message"] = error.Message, ["line"] = error.Line, ["column"] = error.Column,
        };
        _outbox.Post(done);
    }

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
        Completions found = _session.Complete(message.Text("code"), message.Position());
        return new JsonObject
        {
            ["start"] = found.Start, ["end"] = found.End,
            ["items"] = new JsonArray(
                [.. found.Items.Select(item => new JsonObject { ["text"] = item.Text, ["kind"] = item.Kind, ["summary"] = item.Summary })]),
        };
    }

    private JsonObject Inspect(JsonObject message) => _session.Inspect(message.Text("code"), message.Position()) is { } found
        ? new JsonObject { ["found"] = new JsonObject { ["signature"] = found.Signature, ["summary"] = found.Summary } }
        : [];

    // Looking names up takes some milliseconds, and a running cell may make it wait: the next message must not wait with it.
    private void InBackground(JsonObject message, string type, Func<JsonObject, JsonObject> answer)
    {
        var task = new Task(() =>
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
        _answering[task] = true;
        _ = task.ContinueWith(done => _answering.TryRemove(done, out _), TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
    }

    private void Post(string type, string cell) => _outbox.Post(new JsonObject { ["type"] = type, ["cell"] = cell });

    private void Status(string state) => _outbox.Post(new JsonObject { ["type"] = "status", ["state"] = state });
}
