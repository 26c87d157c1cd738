namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>Answers each peer over the connection its message came by.</summary>
internal sealed class RouterSocket(Endpoint endpoint, Action<RouterSocket, ZmtpPeer, byte[][]> received)
    : ZmtpServer(endpoint, "ROUTER", "DEALER", "REQ", "ROUTER")
{
    /// <summary>The newest peer that calls itself <paramref name="identity"/>; without a name, the only peer there is.</summary>
    public ZmtpPeer? Find(byte[] identity)
    {
        ZmtpPeer[] peers = Peers;
        ZmtpPeer? named = Array.FindLast(peers, peer => peer.Handshake.Identity.AsSpan().SequenceEqual(identity));
        return identity.Length > 0 ? named : peers is [var only] ? only : null;
    }

    protected override void Received(ZmtpPeer peer, byte[][] frames) => received(this, peer, frames);
}

/// <summary>Sends every message to all who subscribed to it.</summary>
internal sealed class PubSocket(Endpoint endpoint) : ZmtpServer(endpoint, "PUB", "SUB", "XSUB")
{
    public void Publish(byte[][] frames)
    {
        byte[]? encoded = null;
        foreach (ZmtpPeer peer in Peers)
            if (peer.Subscriptions.Match(frames[0])) peer.Send(encoded ??= ZmtpFrame.Encode(frames));
    }

    protected override void Received(ZmtpPeer peer, byte[][] frames) => peer.Subscriptions.Follow(frames[0]);
}

/// <summary>Says back what it hears: Jupyter's heartbeat.</summary>
internal sealed class EchoSocket(Endpoint endpoint) : ZmtpServer(endpoint, "REP", "REQ", "DEALER")
{
    protected override void Received(ZmtpPeer peer, byte[][] frames) => peer.Send(ZmtpFrame.Encode(frames));
}
