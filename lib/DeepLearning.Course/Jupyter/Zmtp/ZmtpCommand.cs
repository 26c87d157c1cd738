using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>A command frame's name and what follows it: READY, SUBSCRIBE, CANCEL, PING, PONG, ERROR.</summary>
internal readonly record struct ZmtpCommand(string Name, byte[] Data)
{
    private const int PingLifetime = 2;

    public static ZmtpCommand Parse(byte[] body)
    {
        if (body.Length == 0 || body.Length < 1 + body[0]) throw new ZmtpException("A command is shorter than its name.");
        return new ZmtpCommand(Encoding.ASCII.GetString(body, 1, body[0]), body[(1 + body[0])..]);
    }

    public byte[] ToBytes() => [(byte)Name.Length, .. Encoding.ASCII.GetBytes(Name), .. Data];

    /// <summary>READY with one peer's properties.</summary>
    public static ZmtpCommand Ready(params (string Name, byte[] Value)[] properties)
    {
        var data = new List<byte>();
        foreach ((string name, byte[] value) in properties)
        {
            data.Add((byte)name.Length);
            data.AddRange(Encoding.ASCII.GetBytes(name));
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            data.AddRange(length);
            data.AddRange(value);
        }
        return new ZmtpCommand("READY", [.. data]);
    }

    /// <summary>READY's properties; their names ignore case.</summary>
    public Dictionary<string, byte[]> Properties()
    {
        var properties = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        Span<byte> rest = Data.AsSpan();
        while (!rest.IsEmpty)
        {
            int name = rest[0];
            if (rest.Length < 1 + name + 4) throw new ZmtpException("A property is cut off.");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest[(1 + name)..]);
            if (length > rest.Length - 1 - name - 4) throw new ZmtpException("A property is cut off.");
            properties[Encoding.ASCII.GetString(rest.Slice(1, name))] = rest.Slice(1 + name + 4, (int)length).ToArray();
            rest = rest[(1 + name + 4 + (int)length)..];
        }
        return properties;
    }

    /// <summary>PING's answer: its context without its lifetime.</summary>
    public ZmtpCommand Pong() =>
        Data.Length < PingLifetime ? throw new ZmtpException("A PING is cut off.") : new ZmtpCommand("PONG", Data[PingLifetime..]);
}
