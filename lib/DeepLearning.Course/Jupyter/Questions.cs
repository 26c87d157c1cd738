using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Jupyter;

/// <summary>Asks the person at the front end for a line of text, one question at a time.</summary>
internal sealed class Questions(RouterSocket stdin, Outgoing outgoing)
{
    private readonly Lock _lock = new();
    private (ZmtpPeer Peer, TaskCompletionSource<string?> Answer)? _open;

    /// <summary>
    /// Asks the front end that sent <paramref name="request"/>: the peer whose stdin socket has the identity of its shell socket.
    /// </summary>
    public void Ask(Request request, TaskCompletionSource<string?> answer)
    {
        if (stdin.Find(request.Peer.Handshake.Identity) is not { } peer)
        {
            answer.SetException(
                new InvalidOperationException("The cell asks for input, but the front end that runs it has no stdin socket connected."));
            return;
        }
        lock (_lock) _open = (peer, answer);
        outgoing.Ask(peer, "input_request", new JsonObject { ["prompt"] = "", ["password"] = false }, request);
    }

    /// <summary>An answer; one that nobody waits for is dropped.</summary>
    public void Answered(ZmtpPeer peer, JupyterMessage message)
    {
        if (message.Type != "input_reply" || message.Content["value"] is not JsonValue value || !value.TryGetValue(out string? text))
            return;
        lock (_lock)
        {
            if (_open is not { } open || open.Peer != peer) return;
            _open = null;
            open.Answer.TrySetResult(text);
        }
    }

    /// <summary>The cell that asked has ended.</summary>
    public void Forget()
    {
        lock (_lock) _open = null;
    }
}
