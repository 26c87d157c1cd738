using System.Buffers.Binary;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>Bytes that do not follow ZMTP; the connection they came over is closed.</summary>
internal sealed class ZmtpException(string message) : Exception(message);

/// <summary>One frame on the wire: a flag byte, a length of one byte or eight, a body.</summary>
internal readonly record struct ZmtpFrame(byte Flags, byte[] Body)
{
    public const byte More = 1, Long = 2, Command = 4;

    /// <summary>The most bytes one message may have; a length beyond it is a lie or an attack.</summary>
    public const int LargestMessage = 128 << 20;

    private const int FirstPiece = 64 << 10;

    public bool HasMore => (Flags & More) != 0;

    public bool IsCommand => (Flags & Command) != 0;

    /// <param name="stream">Read up to the end of the frame.</param>
    /// <param name="limit">The most bytes its body may have.</param>
    /// <exception cref="EndOfStreamException">The peer has gone.</exception>
    public static ZmtpFrame Read(Stream stream, int limit = LargestMessage)
    {
        Span<byte> head = stackalloc byte[8];
        stream.ReadExactly(head[..1]);
        byte flags = head[0];
        if ((flags & ~(More | Long | Command)) != 0)
            throw new ZmtpException($"A frame's flags are 0x{flags:x2}, which ZMTP does not know.");
        if ((flags & Command) != 0 && (flags & More) != 0) throw new ZmtpException("A command must be a single frame.");
        int size = (flags & Long) != 0 ? 8 : 1;
        stream.ReadExactly(head[..size]);
        ulong length = size == 1 ? head[0] : BinaryPrimitives.ReadUInt64BigEndian(head);
        if (length > (ulong)limit) throw new ZmtpException($"A frame of {length} bytes is larger than {limit}.");
        return new ZmtpFrame(flags, ReadBody(stream, (int)length));
    }

    /// <summary>Memory grows with what arrives, not with what the length promises.</summary>
    private static byte[] ReadBody(Stream stream, int length)
    {
        byte[] body = new byte[Math.Min(length, FirstPiece)];
        for (int filled = 0; filled < length;)
        {
            if (filled == body.Length) Array.Resize(ref body, (int)Math.Min(length, body.Length * 4L));
            stream.ReadExactly(body, filled, body.Length - filled);
            filled = body.Length;
        }
        return body;
    }

    /// <summary>A message as the bytes that carry it.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> frames)
    {
        byte[] bytes = new byte[frames.Sum(frame => SizeOf(frame))];
        int at = 0;
        for (int i = 0; i < frames.Count; i++) at += Write(bytes.AsSpan(at), i + 1 < frames.Count ? More : (byte)0, frames[i]);
        return bytes;
    }

    public static byte[] EncodeCommand(byte[] body)
    {
        byte[] bytes = new byte[SizeOf(body)];
        Write(bytes, Command, body);
        return bytes;
    }

    private static int SizeOf(byte[] body) => body.Length + (body.Length > 255 ? 9 : 2);

    private static int Write(Span<byte> to, byte flags, byte[] body)
    {
        bool isLong = body.Length > 255;
        to[0] = isLong ? (byte)(flags | Long) : flags;
        if (isLong) BinaryPrimitives.WriteUInt64BigEndian(to[1..], (ulong)body.Length);
        else to[1] = (byte)body.Length;
        body.CopyTo(to[(isLong ? 9 : 2)..]);
        return SizeOf(body);
    }
}
