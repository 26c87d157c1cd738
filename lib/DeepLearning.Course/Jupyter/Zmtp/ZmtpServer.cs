using System.Net.Sockets;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>
/// A listening ZeroMQ socket. Each peer is read on a thread of its own; one that breaks the protocol is dropped, the others never notice.
/// </summary>
internal abstract class ZmtpServer : IDisposable
{
    public const int StackSize = 512 << 10;

    private static readonly TimeSpan s_handshakePatience = TimeSpan.FromSeconds(10);

    private readonly Endpoint _endpoint;
    private readonly string _type;
    private readonly string[] _welcome;
    private readonly Socket _listener;
    private readonly List<ZmtpPeer> _peers = [];

    /// <param name="endpoint">Where to listen.</param>
    /// <param name="type">This socket's type.</param>
    /// <param name="welcome">The types it talks to.</param>
    protected ZmtpServer(Endpoint endpoint, string type, params string[] welcome)
    {
        (_endpoint, _type, _welcome) = (endpoint, type, welcome);
        _listener = endpoint.Listen();
    }

    /// <summary>Accepts peers from now on.</summary>
    public void Start() => StartThread(AcceptAll, "zmtp accept");

    protected ZmtpPeer[] Peers
    {
        get
        {
            lock (_peers) return [.. _peers];
        }
    }

    /// <summary>A whole message has come; called on its peer's thread.</summary>
    protected abstract void Received(ZmtpPeer peer, byte[][] frames);

    /// <summary>Waits for queued messages to be sent, then takes no more.</summary>
    public void Finish(TimeSpan patience)
    {
        foreach (ZmtpPeer peer in Peers) peer.Finish(patience);
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (ZmtpPeer peer in Peers) peer.Dispose();
        if (_endpoint.File is { } file) File.Delete(file);
    }

    private void AcceptAll()
    {
        while (true)
        {
            try
            {
                Socket socket = _listener.Accept();
                StartThread(() => Serve(socket), "zmtp read");
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                if (e.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted or SocketError.InvalidArgument) return;
                Thread.Sleep(10); // Too many files are open, or the peer left while it waited.
            }
        }
    }

    private void Serve(Socket socket)
    {
        ZmtpPeer? peer = null;
        try
        {
            peer = Greet(socket);
            lock (_peers) _peers.Add(peer);
            while (true) Received(peer, peer.Receive());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ZmtpException or SocketException)
        {
            // The peer left, or what it sent is not ZMTP.
        }
        finally
        {
            if (peer is not null)
            {
                lock (_peers) _peers.Remove(peer);
                peer.Dispose();
            }
            socket.Dispose();
        }
    }

    private ZmtpPeer Greet(Socket socket)
    {
        if (_endpoint.File is null)
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        }
        var stream = new NetworkStream(socket);
        socket.ReceiveTimeout = socket.SendTimeout = (int)s_handshakePatience.TotalMilliseconds;
        var handshake = ZmtpHandshake.Perform(stream, _type, _welcome);
        socket.ReceiveTimeout = socket.SendTimeout = 0;
        return new ZmtpPeer(socket, stream, handshake);
    }

    private static void StartThread(ThreadStart body, string name) =>
        new Thread(body, StackSize) { IsBackground = true, Name = name }.Start();
}
