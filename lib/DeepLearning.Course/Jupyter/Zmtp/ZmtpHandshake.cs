using System.Text;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>What two ends tell each other before messages flow: the greeting of ZMTP 3.0 with the mechanism NULL, then READY.</summary>
/// <param name="SocketType">The peer's kind of socket.</param>
/// <param name="Identity">What the peer calls itself; often empty.</param>
internal sealed record ZmtpHandshake(string SocketType, byte[] Identity)
{
    private const int GreetingSize = 64, SignatureSize = 10, MechanismAt = 12, MechanismSize = 20, LargestCommand = 4096;

    /// <summary>Version 3.0: a peer then subscribes by messages, though commands are understood too.</summary>
    private static readonly byte[] s_greeting = MakeGreeting();

    /// <param name="stream">A new connection.</param>
    /// <param name="own">This end's kind of socket.</param>
    /// <param name="welcome">The kinds it talks to.</param>
    /// <exception cref="ZmtpException">The peer speaks something else, or is a socket that does not go with this one.</exception>
    public static ZmtpHandshake Perform(Stream stream, string own, params string[] welcome)
    {
        stream.Write(s_greeting);
        byte[] theirs = new byte[GreetingSize];
        stream.ReadExactly(theirs, 0, SignatureSize);
        if (theirs[0] != 0xff || (theirs[9] & 1) != 1) throw new ZmtpException("The peer's greeting is not ZMTP's.");
        stream.ReadExactly(theirs, SignatureSize, GreetingSize - SignatureSize);
        if (theirs[SignatureSize] < 3) throw new ZmtpException($"The peer speaks ZMTP {theirs[SignatureSize]}; 3 or later is needed.");
        string mechanism = Encoding.ASCII.GetString(theirs, MechanismAt, MechanismSize).TrimEnd('\0');
        if (mechanism != "NULL") throw new ZmtpException("The peer wants a security mechanism other than NULL.");

        var ready = ZmtpCommand.Ready(("Socket-Type", Encoding.ASCII.GetBytes(own)), ("Identity", []));
        stream.Write(ZmtpFrame.EncodeCommand(ready.ToBytes()));
        var frame = ZmtpFrame.Read(stream, LargestCommand);
        ZmtpCommand command = frame.IsCommand
            ? ZmtpCommand.Parse(frame.Body)
            : throw new ZmtpException("The peer sent a message before READY.");
        if (command.Name != "READY") throw new ZmtpException($"The peer sent {command.Name} instead of READY.");
        Dictionary<string, byte[]> properties = command.Properties();
        string type = properties.TryGetValue("Socket-Type", out byte[]? name) ? Encoding.ASCII.GetString(name) : "";
        if (!welcome.Contains(type)) throw new ZmtpException($"A {own} socket does not talk to a socket of type '{type}'.");
        return new ZmtpHandshake(type, properties.GetValueOrDefault("Identity") ?? []);
    }

    private static byte[] MakeGreeting()
    {
        byte[] greeting = new byte[GreetingSize];
        (greeting[0], greeting[8], greeting[9], greeting[SignatureSize]) = (0xff, 1, 0x7f, 3);
        "NULL"u8.CopyTo(greeting.AsSpan(MechanismAt));
        return greeting;
    }
}
