using System.Net;
using System.Net.Sockets;
using System.Text;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>One connection to a ZeroMQ socket, as plain as can be.</summary>
internal sealed class TestPeer : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Socket _socket;

    public TestPeer(EndPoint place)
    {
        _socket = new Socket(place.AddressFamily, SocketType.Stream,
            place is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(place);
        Stream = new NetworkStream(_socket);
    }

    public NetworkStream Stream { get; }

    /// <summary>Connects and shakes hands; <paramref name="minor"/> is the protocol's minor version it claims.</summary>
    public static TestPeer Connect(EndPoint place, string type, string identity = "", byte minor = 1)
    {
        var peer = new TestPeer(place);
        peer.Stream.Write([.. Greeting(minor), .. ReadyCommand(type, identity)]);
        peer.Stream.ReadExactly(new byte[64]);
        var ready = ZmtpCommand.Parse(ZmtpFrame.Read(peer.Stream).Body);
        Assert.Equal("READY", ready.Name);
        return peer;
    }

    public static byte[] Greeting(byte minor = 1) =>
        [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, minor, .. "NULL"u8, .. new byte[16], 0, .. new byte[31]];

    public static byte[] ReadyCommand(string type, string identity = "")
    {
        byte[] body = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type),
            8, .. "Identity"u8, 0, 0, 0, (byte)identity.Length, .. Encoding.ASCII.GetBytes(identity)];
        return [4, (byte)body.Length, .. body];
    }

    public void Send(params byte[][] frames) => Stream.Write(ZmtpFrame.Encode(frames));

    public void Command(string name, params byte[] data) => Stream.Write(ZmtpFrame.EncodeCommand(new ZmtpCommand(name, data).ToBytes()));

    public byte[][] Receive()
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var frame = ZmtpFrame.Read(Stream);
            Assert.False(frame.IsCommand);
            frames.Add(frame.Body);
            if (!frame.HasMore) return [.. frames];
        }
    }

    /// <summary>The other end has hung up.</summary>
    public bool IsClosed()
    {
        try
        {
            while (Stream.ReadByte() >= 0) { }
            return true;
        }
        catch (IOException e)
        {
            return e.InnerException is not SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock };
        }
    }

    public void Dispose() => _socket.Dispose();
}
