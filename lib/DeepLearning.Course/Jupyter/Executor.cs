using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Jupyter;

/// <summary>Runs <c>execute_request</c>s one after another, on a thread of its own.</summary>
internal sealed class Executor(ScriptSession session, Outgoing outgoing, Questions questions, History history, Queries queries)
{
    private readonly BlockingCollection<(Request Request, long Number)> _queue = [];
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private long _lastQueued, _abortedUpTo;
    private int _count;

    public void Start() => new Thread(RunAll) { IsBackground = true, Name = "cells" }.Start();

    public void Enqueue(Request request)
    {
        lock (_queue) _queue.Add((request, ++_lastQueued));
    }

    /// <summary>Stops the running cell; its variables keep their values.</summary>
    public void Interrupt()
    {
        lock (_lock) _running?.Cancel();
    }

    private void RunAll()
    {
        foreach ((Request request, long number) in _queue.GetConsumingEnumerable())
        {
            outgoing.Status("busy", request);
            if (number <= _abortedUpTo) outgoing.Reply(request, new JsonObject { ["status"] = "aborted" });
            else Run(request);
            outgoing.Status("idle", request);
        }
    }

    private void Run(Request request)
    {
        try
        {
            Execute(request);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            outgoing.Reply(request, Outgoing.Failure(e.GetType().Name, e.Message, [e.Message]));
        }
    }

    private void Execute(Request request)
    {
        JupyterMessage message = request.Message;
        string code = message.Text("code");
        bool silent = message.Flag("silent", false);
        bool stored = !silent && message.Flag("store_history", true);
        bool stopOnError = message.Flag("stop_on_error", true);
        var output = new CellOutput(request, outgoing, questions);
        if (stored) _count++;
        if (!silent) outgoing.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = _count }, request);

        JsonObject? page = Help(code);
        CellResult result = RunCell(page is null ? code : "", output, stored) with { ExecutionCount = _count };
        output.Finish(result);
        if (stored) history.Add(_count, code, result.Value is { } value ? (string?)value.Bundle["text/plain"] : null);
        JsonObject reply = result.Error is { } error ? Outgoing.Failure(error.Name, error.Message, error.Trace)
            : new JsonObject
            {
                ["status"] = "ok",
                ["payload"] = page is null ? [] : new JsonArray(page),
                ["user_expressions"] = Expressions(message, output),
            };
        reply["execution_count"] = _count;
        // Whoever has seen the failure and asks for more means it; only what was queued before is aborted.
        if (!result.Succeeded && stopOnError) _abortedUpTo = Volatile.Read(ref _lastQueued);
        outgoing.Reply(request, reply);
    }

    /// <summary>
    /// A name with a question mark behind it, as in <c>Tensor.Ones?</c>, asks front ends that have a pager to show what it means.
    /// It is not C#.
    /// </summary>
    private JsonObject? Help(string code)
    {
        string name = code.Trim();
        if (!name.EndsWith('?') || name.Contains('\n') || queries.Explain(name[..^1], name.Length - 1) is not { } data) return null;
        return new JsonObject { ["source"] = "page", ["data"] = data, ["start"] = 0 };
    }

    private CellResult RunCell(string code, IOutput output, bool counts)
    {
        using var interrupt = new CancellationTokenSource();
        lock (_lock) _running = interrupt;
        try
        {
            return session.RunAsync(code, output, interrupt.Token, counts).GetAwaiter().GetResult();
        }
        finally
        {
            lock (_lock) _running = null;
            questions.Forget();
        }
    }

    /// <summary>The values of <c>user_expressions</c>, each formatted or failed on its own.</summary>
    private JsonObject Expressions(JupyterMessage message, IOutput output)
    {
        var values = new JsonObject();
        if (message.Content["user_expressions"] is not JsonObject expressions) return values;
        foreach ((string name, JsonNode? expression) in expressions)
        {
            if (expression is not JsonValue text || !text.TryGetValue(out string? code))
                throw new FormatException($"The user expression '{name}' must be a text.");
            CellResult result = RunCell(code, output, counts: false);
            values[name] = result.Error is { } error ? Outgoing.Failure(error.Name, error.Message, error.Trace) : new JsonObject
            {
                ["status"] = "ok", ["data"] = result.Value is { } value ? CellOutput.Bundle(value) : new JsonObject(),
                ["metadata"] = new JsonObject(),
            };
        }
        return values;
    }
}
