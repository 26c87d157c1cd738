using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>
/// One connected peer. Messages to it are written by a thread of its own, so that a peer that reads slowly, or never, holds nobody up.
/// </summary>
internal sealed class ZmtpPeer : IDisposable
{
    private const long MostUnsent = 256 << 20;
    private const int MostFrames = 4096;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly BlockingCollection<byte[]> _outbox = [];
    private readonly Thread _writer;
    private long _unsent;

    public ZmtpPeer(Socket socket, Stream stream, ZmtpHandshake handshake)
    {
        (_socket, _stream, Handshake) = (socket, stream, handshake);
        _writer = new Thread(WriteAll, ZmtpServer.StackSize) { IsBackground = true, Name = "zmtp write" };
        _writer.Start();
    }

    public ZmtpHandshake Handshake { get; }

    /// <summary>Prefixes the peer subscribed to; of use to a PUB socket only.</summary>
    public Subscriptions Subscriptions { get; } = new();

    /// <summary>Queues encoded bytes. A peer that leaves too much unread is cut off.</summary>
    public void Send(byte[] encoded)
    {
        if (Interlocked.Add(ref _unsent, encoded.Length) > MostUnsent) Dispose();
        try
        {
            _outbox.Add(encoded);
        }
        catch (InvalidOperationException)
        {
            // It has gone.
        }
    }

    /// <summary>The next message's frames; commands before it are followed.</summary>
    public byte[][] Receive()
    {
        var frames = new List<byte[]>();
        int left = ZmtpFrame.LargestMessage;
        while (true)
        {
            var frame = ZmtpFrame.Read(_stream, left);
            if (frame.IsCommand)
            {
                Follow(ZmtpCommand.Parse(frame.Body));
                continue;
            }
            frames.Add(frame.Body);
            left -= frame.Body.Length;
            if (!frame.HasMore) return [.. frames];
            if (frames.Count == MostFrames) throw new ZmtpException($"A message has more than {MostFrames} frames.");
        }
    }

    /// <summary>Takes no more messages, and waits for those queued to be sent.</summary>
    public void Finish(TimeSpan patience)
    {
        _outbox.CompleteAdding();
        _writer.Join(patience);
    }

    public void Dispose()
    {
        _outbox.CompleteAdding();
        _socket.Dispose();
    }

    private void Follow(ZmtpCommand command)
    {
        switch (command.Name)
        {
            case "PING": Send(ZmtpFrame.EncodeCommand(command.Pong().ToBytes())); break;
            case "SUBSCRIBE": Subscriptions.Add(command.Data); break;
            case "CANCEL": Subscriptions.Remove(command.Data); break;
            case "ERROR": throw new ZmtpException("The peer reports an error.");
        }
    }

    private void WriteAll()
    {
        try
        {
            foreach (byte[] bytes in _outbox.GetConsumingEnumerable())
            {
                _stream.Write(bytes);
                Interlocked.Add(ref _unsent, -bytes.Length);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Dispose();
        }
    }
}
