using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Jupyter;

/// <summary>A message that wants an answer, and where it came from.</summary>
internal sealed record Request(JupyterMessage Message, ZmtpPeer Peer)
{
    /// <summary><c>execute_request</c> is answered by <c>execute_reply</c>.</summary>
    public string ReplyType => Message.Type.Replace("_request", "_reply", StringComparison.Ordinal);
}
