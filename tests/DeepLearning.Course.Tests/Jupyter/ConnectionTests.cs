using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>Connections, their beginning and end, and what must not bring the kernel down.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void WorksOverFilesAsOverPorts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Jupyter uses the ipc transport on Unix only.");
        using var kernel = new RunningKernel("ipc");
        using KernelClient client = kernel.Connect();
        Assert.Equal("ok", (string?)client.Run("1 + 1").Reply["status"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EndsWhenAskedAndSaysWhetherToRestart(bool restart)
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        client.Execute("new Thread(() => Thread.Sleep(Timeout.Infinite)).Start(); while (true) { }");
        Received reply = client.Request("shutdown_request", new JsonObject { ["restart"] = restart }, client.Control);
        Assert.Equal(("shutdown_reply", restart), (reply.Type, (bool)reply.Content["restart"]!));
        Assert.True(kernel.Process.WaitForExit(TestPeer.Patience));
        Assert.Equal((0, ""), (kernel.Process.ExitCode, kernel.Complaints));
    }

    [Fact]
    public void ASignalInterruptsTheCellAndNotTheKernel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to one process.");
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        client.Execute("var before = 1; while (true) { }");
        while (client.Next() is not { Type: "execute_input" }) { }
        Thread.Sleep(500); // The cell compiles.
        for (int i = 0; i < 2; i++) Assert.Equal(0, Kill(kernel.Process.Id, 2));
        Assert.Equal("Interrupted", (string?)client.Receive(client.Shell).Content["ename"]);
        Assert.Equal("ok", (string?)client.Run("1").Reply["status"]);
    }

    [Fact]
    public void HeartbeatPingAndBothFormsOfSubscriptionAreAnswered()
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        using var heart = TestPeer.Connect(kernel.At("hb_port"), "REQ");
        heart.Send([], "ping"u8.ToArray());
        Assert.Equal("ping", Encoding.ASCII.GetString(heart.Receive()[1]));

        heart.Command("PING", [0, 10, .. "why"u8]);
        var pong = ZmtpCommand.Parse(ZmtpFrame.Read(heart.Stream).Body);
        Assert.Equal(("PONG", "why"), (pong.Name, Encoding.ASCII.GetString(pong.Data)));

        using var old = TestPeer.Connect(kernel.At("iopub_port"), "SUB", minor: 0);
        using var recent = TestPeer.Connect(kernel.At("iopub_port"), "SUB");
        old.Send([1, .. "kernel."u8]);
        recent.Command("SUBSCRIBE", [.. "kernel."u8]);
        // A message that matches nothing, then one of ours: each gets its first news from the same request at the latest.
        Assert.All([old, recent], peer =>
        {
            using var asking = new Timer(_ => { lock (client) client.Send(client.Shell, "kernel_info_request", []); }, null, 0, 50);
            Assert.Equal("status", client.Parse(peer.Receive()).Type);
        });
    }

    [Fact]
    public void AMessageWithAWrongSignatureIsDropped()
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        (byte[][] frames, string _) = client.Message("execute_request", new JsonObject { ["code"] = "var stolen = 1;" });
        frames[1][0] ^= 1;
        client.Shell.Send(frames);
        client.Shell.Send(frames[..1]);
        Assert.Equal("ok", (string?)client.Run("var mine = 1;").Reply["status"]);
        Assert.Equal("CS0103", (string?)client.Run("stolen").Reply["ename"]);
    }

    [Fact]
    public void PeersThatStopHalfWayOrSpeakOtherwiseDisturbNobody()
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        byte[][] beginnings = [[], [0xff], TestPeer.Greeting()[..40], TestPeer.Greeting(), [.. TestPeer.Greeting(), 4, 200, 5]];
        var silent = beginnings.Select(bytes =>
        {
            var peer = new TestPeer(kernel.At("shell_port"));
            peer.Stream.Write(bytes);
            return peer;
        }).ToList();

        byte[][] wrong =
        [
            [.. "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8], [.. TestPeer.Greeting()[..10], 1, .. new byte[53]],
            [.. TestPeer.Greeting()[..12], .. "CURVE"u8, .. new byte[47]], [.. TestPeer.Greeting(), .. TestPeer.ReadyCommand("PUB")],
        ];
        foreach (byte[] bytes in wrong)
        {
            using var peer = new TestPeer(kernel.At("shell_port"));
            peer.Stream.Write(bytes);
            Assert.True(peer.IsClosed());
        }
        Assert.Equal("ok", (string?)client.Run("1").Reply["status"]);
        foreach (TestPeer peer in silent) peer.Dispose();
    }

    [Fact]
    public void ASubscriberThatNeverReadsHoldsNobodyUp()
    {
        using var kernel = new RunningKernel();
        using KernelClient client = kernel.Connect();
        using var lazy = TestPeer.Connect(kernel.At("iopub_port"), "SUB");
        lazy.Send([1]);
        (JsonObject reply, List<Received> news) = client.Run("for (var i = 0; i < 40; i++) Console.Write(new string('x', 1 << 20));");
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(40 << 20, news.Where(n => n.Type == "stream").Sum(n => ((string)n.Content["text"]!).Length));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
