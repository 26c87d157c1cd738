using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>A message the kernel sent.</summary>
internal sealed record Received(string Type, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string? ParentId => (string?)Parent["msg_id"];
}

/// <summary>A front end: speaks the protocol itself and checks every signature that comes back.</summary>
internal sealed class KernelClient : IDisposable
{
    private readonly byte[] _key;
    private readonly BlockingCollection<Received> _iopub = [];
    private readonly TestPeer _iopubPeer;

    public KernelClient(RunningKernel kernel, string identity, string key)
    {
        _key = Encoding.UTF8.GetBytes(key);
        Shell = TestPeer.Connect(kernel.At("shell_port"), "DEALER", identity);
        Control = TestPeer.Connect(kernel.At("control_port"), "DEALER", identity);
        Stdin = TestPeer.Connect(kernel.At("stdin_port"), "DEALER", identity);
        _iopubPeer = TestPeer.Connect(kernel.At("iopub_port"), "SUB", identity);
        _iopubPeer.Send([1]);
        new Thread(Listen) { IsBackground = true }.Start();
        // Asks until its subscription has arrived, as front ends do.
        while (_iopub.Count == 0)
        {
            Request("kernel_info_request", []);
            Thread.Sleep(5);
        }
        Drain();
    }

    public TestPeer Shell { get; }

    public TestPeer Control { get; }

    public TestPeer Stdin { get; }

    /// <summary>The frames of a signed message, and its id.</summary>
    public (byte[][] Frames, string Id) Message(string type, JsonObject content)
    {
        string id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id, ["session"] = "tests", ["username"] = "tests", ["msg_type"] = type, ["version"] = "5.3",
            ["date"] = "2026-01-01T00:00:00Z",
        };
        byte[][] parts = [Bytes(header), Bytes([]), Bytes([]), Bytes(content)];
        return (["<IDS|MSG>"u8.ToArray(), Sign(parts), .. parts], id);
    }

    /// <returns>Its id.</returns>
    public string Send(TestPeer peer, string type, JsonObject content)
    {
        (byte[][] frames, string id) = Message(type, content);
        peer.Send(frames);
        return id;
    }

    public Received Receive(TestPeer peer) => Parse(peer.Receive());

    /// <summary>Asks on the shell socket, or another, and waits for the answer.</summary>
    public Received Request(string type, JsonObject content, TestPeer? peer = null)
    {
        string id = Send(peer ?? Shell, type, content);
        Received reply = Receive(peer ?? Shell);
        Assert.Equal(id, reply.ParentId);
        return reply;
    }

    public string Execute(string code, Action<JsonObject>? with = null)
    {
        var content = new JsonObject
        {
            ["code"] = code, ["silent"] = false, ["store_history"] = true, ["user_expressions"] = new JsonObject(), ["allow_stdin"] = true,
            ["stop_on_error"] = true,
        };
        with?.Invoke(content);
        return Send(Shell, "execute_request", content);
    }

    /// <summary>Runs a cell to its end: the answer, and what was published meanwhile, from busy to idle.</summary>
    public (JsonObject Reply, List<Received> News) Run(string code, Action<JsonObject>? with = null)
    {
        string id = Execute(code, with);
        Received reply = Receive(Shell);
        Assert.Equal(id, reply.ParentId);
        return (reply.Content, NewsOf(id));
    }

    /// <summary>What is published about the request <paramref name="id"/>, from busy to idle.</summary>
    public List<Received> NewsOf(string id)
    {
        var news = new List<Received>();
        do
        {
            Received next = Next();
            if (next.ParentId == id) news.Add(next);
        }
        while (news is [] || (string?)news[^1].Content["execution_state"] != "idle");
        Assert.Equal("busy", (string?)news[0].Content["execution_state"]);
        return news;
    }

    public Received Next() =>
        _iopub.TryTake(out Received? next, TestPeer.Patience) ? next : throw new TimeoutException("The kernel published nothing.");

    /// <summary>Forgets what has come so far.</summary>
    public void Drain()
    {
        string id = Send(Shell, "kernel_info_request", []);
        while (Receive(Shell).ParentId != id) { }
        NewsOf(id);
    }

    public Received Parse(byte[][] frames)
    {
        int at = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        Assert.Equal(at + 6, frames.Length);
        Assert.Equal(Encoding.ASCII.GetString(Sign(frames[(at + 2)..])), Encoding.ASCII.GetString(frames[at + 1]));
        JsonObject header = JsonNode.Parse(frames[at + 2])!.AsObject();
        return new Received((string)header["msg_type"]!, header, JsonNode.Parse(frames[at + 3])!.AsObject(),
            JsonNode.Parse(frames[at + 5])!.AsObject());
    }

    public void Dispose()
    {
        foreach (TestPeer peer in new[] { Shell, Control, Stdin, _iopubPeer }) peer.Dispose();
    }

    private void Listen()
    {
        try
        {
            while (true) _iopub.Add(Parse(_iopubPeer.Receive()[..]));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or EndOfStreamException)
        {
            // The test is over.
        }
    }

    private byte[] Sign(IEnumerable<byte[]> parts) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_key, parts.SelectMany(part => part).ToArray())));

    private static byte[] Bytes(JsonObject node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
