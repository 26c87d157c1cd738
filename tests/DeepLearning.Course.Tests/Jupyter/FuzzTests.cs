using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>Ten thousand messages a kernel must survive: random bytes, real messages damaged, and well-signed nonsense.</summary>
public sealed class FuzzTests
{
    private const int Count = 10_000;
    private static readonly string[] s_ports = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"];
    private static readonly string[] s_types =
        ["kernel_info_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_open", "comm_msg",
            "comm_info_request", "input_reply", "no_such_request", ""];

    private readonly Random _random = new(20260117);

    [Fact]
    public void TheKernelLivesOn()
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        Assert.Equal("ok", (string?)client.Run("var kept = 5;").Reply["status"]);
        Func<KernelClient, byte[]>[] makers = [RandomBytes, RandomFrames, DamagedMessage, SignedNonsense];
        TestPeer? peer = null;
        for (int i = 0; i < Count; i++)
        {
            // Some follow others on a connection, as long as the kernel keeps it; some come before any handshake.
            if (peer is null || _random.Next(4) == 0)
            {
                peer?.Dispose();
                string port = s_ports[_random.Next(s_ports.Length)];
                string type = port == "iopub_port" ? "SUB" : port == "hb_port" ? "REQ" : "DEALER";
                peer = _random.Next(10) == 0
                    ? new TestPeer(kernel.At(port))
                    : TestPeer.Connect(kernel.At(port), type, "fuzz", (byte)_random.Next(2));
            }
            try
            {
                peer.Stream.Write(makers[_random.Next(makers.Length)](client));
            }
            catch (IOException)
            {
                peer.Dispose();
                peer = null;
            }
        }
        peer?.Dispose();
        Assert.False(kernel.Process.HasExited, kernel.Complaints);
        Assert.Equal("kernel_info_reply", client.Request("kernel_info_request", []).Type);
        client.Drain();
        (JsonObject reply, List<Received> news) = client.Run("kept * 2");
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal("10", (string?)news.Single(n => n.Type == "execute_result").Content["data"]!["text/plain"]);
        Assert.Equal("", kernel.Complaints);
    }

    private byte[] RandomBytes(KernelClient client)
    {
        byte[] bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] RandomFrames(KernelClient client)
    {
        byte[][] frames = Enumerable.Range(0, _random.Next(1, 9)).Select(_ => RandomBytes(client)).ToArray();
        return _random.Next(3) == 0 ? ZmtpFrame.EncodeCommand(frames[0]) : ZmtpFrame.Encode(frames);
    }

    /// <summary>Bytes changed, cut out or cut off, before or after it became frames.</summary>
    private byte[] DamagedMessage(KernelClient client)
    {
        (byte[][] frames, string _) = client.Message("execute_request", new JsonObject { ["code"] = "kept = 0;", ["silent"] = false });
        int at = _random.Next(frames.Length);
        if (_random.Next(2) == 0) frames[at] = Damage(frames[at]);
        else if (_random.Next(2) == 0) frames = [.. frames[..at], .. frames[(at + 1)..]];
        else return Damage(ZmtpFrame.Encode(frames));
        return ZmtpFrame.Encode(frames);
    }

    private byte[] Damage(byte[] bytes)
    {
        if (bytes.Length == 0) return [1];
        int at = _random.Next(bytes.Length);
        if (_random.Next(2) == 0) return bytes[..at];
        bytes[at] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    private byte[] SignedNonsense(KernelClient client)
    {
        var content = new JsonObject();
        foreach (string name in new[] { "code", "cursor_pos", "hist_access_type", "n", "pattern", "session", "start", "comm_id", "value" })
            if (_random.Next(2) == 0) content[name] = Value();
        return ZmtpFrame.Encode(client.Message(s_types[_random.Next(s_types.Length)], content).Frames);
    }

    private JsonNode? Value() => _random.Next(9) switch
    {
        0 => null,
        1 => _random.Next(int.MinValue, int.MaxValue),
        2 => _random.NextDouble() * 1e300,
        3 => new JsonArray(1, "x", null),
        4 => new JsonObject { ["code"] = 1 },
        5 => "tail",
        6 => "search",
        7 => "[*" + new string('?', _random.Next(50)),
        _ => "var x = \ud83d\ude42 + (" + (char)_random.Next(32, 0xd000),
    };
}
