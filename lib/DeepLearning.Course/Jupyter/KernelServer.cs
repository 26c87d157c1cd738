using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Jupyter;

/// <summary>
/// A Jupyter kernel: five sockets around one <see cref="ScriptSession"/>. Requests that run code wait their turn; questions about code are
/// answered meanwhile; interrupt and shutdown are followed the moment they are read. Whatever is no message, or is signed with another
/// key, is dropped.
/// </summary>
internal sealed class KernelServer : IDisposable
{
    private static readonly TimeSpan s_sendPatience = TimeSpan.FromSeconds(1);

    private readonly MessageSigner _signer;
    private readonly RouterSocket _shell, _control, _stdin;
    private readonly PubSocket _iopub;
    private readonly EchoSocket _heartbeat;
    private readonly ScriptSession _session;
    private readonly Outgoing _outgoing;
    private readonly Executor _executor;
    private readonly Queries _queries;
    private readonly Questions _questions;
    private readonly BlockingCollection<Request> _asked = [];
    private readonly ManualResetEventSlim _stop = new();

    public KernelServer(ConnectionFile connection, string workingDirectory)
    {
        _signer = new MessageSigner(connection.Key);
        _shell = new RouterSocket(connection.Shell, Received);
        _control = new RouterSocket(connection.Control, Received);
        _stdin = new RouterSocket(connection.Stdin, Received);
        _iopub = new PubSocket(connection.Iopub);
        _heartbeat = new EchoSocket(connection.Heartbeat);
        _outgoing = new Outgoing(_iopub, _signer);
        _session = new ScriptSession(workingDirectory);
        _questions = new Questions(_stdin, _outgoing);
        var history = new History();
        _queries = new Queries(_session, history);
        _executor = new Executor(_session, _outgoing, _questions, history, _queries);
    }

    /// <summary>Serves until a front end asks for the end, or <see cref="Stop"/>.</summary>
    public void Run()
    {
        foreach (ZmtpServer socket in Sockets) socket.Start();
        _executor.Start();
        new Thread(AnswerQueries) { IsBackground = true, Name = "queries" }.Start();
        _ = _session.WarmUpAsync();
        _stop.Wait();
        _session.Interrupt();
        foreach (ZmtpServer socket in Sockets) socket.Finish(s_sendPatience);
    }

    public void Interrupt() => _executor.Interrupt();

    public void Stop() => _stop.Set();

    public void Dispose()
    {
        foreach (ZmtpServer socket in Sockets) socket.Dispose();
    }

    private IEnumerable<ZmtpServer> Sockets => [_shell, _control, _stdin, _iopub, _heartbeat];

    private void Received(RouterSocket socket, ZmtpPeer peer, byte[][] frames)
    {
        if (JupyterMessage.Read(frames, _signer) is not { } message) return;
        var request = new Request(message, peer);
        if (socket == _stdin) _questions.Answered(peer, message);
        else if (message.Type == "execute_request") _executor.Enqueue(request);
        else if (message.Type == "interrupt_request") Answer(request, () => { Interrupt(); return new JsonObject { ["status"] = "ok" }; });
        else if (message.Type == "shutdown_request") Shutdown(request);
        else _asked.Add(request);
    }

    private void AnswerQueries()
    {
        foreach (Request request in _asked.GetConsumingEnumerable())
        {
            if (request.Message.Type.StartsWith("comm_", StringComparison.Ordinal)
                && !request.Message.Type.EndsWith("_request", StringComparison.Ordinal))
                FollowComm(request);
            else if (request.Message.Type.EndsWith("_request", StringComparison.Ordinal))
                Answer(request, () => _queries.Answer(request.Message));
        }
    }

    private void Answer(Request request, Func<JsonObject?> answer)
    {
        _outgoing.Status("busy", request);
        try
        {
            if (answer() is { } content) _outgoing.Reply(request, content);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _outgoing.Reply(request, Outgoing.Failure(e.GetType().Name, e.Message, [e.Message]));
        }
        _outgoing.Status("idle", request);
    }

    /// <summary>This kernel has nothing at the other end of a comm: whoever opens one is told that it is closed.</summary>
    private void FollowComm(Request request)
    {
        _outgoing.Status("busy", request);
        if (request.Message.Type == "comm_open" && request.Message.Content["comm_id"] is { } id)
            _outgoing.Publish("comm_close", new JsonObject { ["comm_id"] = id.DeepClone(), ["data"] = new JsonObject() }, request);
        _outgoing.Status("idle", request);
    }

    private void Shutdown(Request request)
    {
        var content = new JsonObject { ["status"] = "ok", ["restart"] = request.Message.Content["restart"]?.DeepClone() ?? false };
        Answer(request, () => content);
        _outgoing.Publish("shutdown_reply", (JsonObject)content.DeepClone(), request);
        Stop();
    }
}
