using System.Text;
using DeepLearning.Course.Jupyter;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>Frames, commands, signatures and connection files, without a network.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300_000)]
    public void AFrameReadsBackAsItWasWritten(int size)
    {
        byte[] body = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
        using var stream = new MemoryStream(ZmtpFrame.Encode([body, [7]]));
        var frame = ZmtpFrame.Read(stream);
        Assert.True(frame.HasMore);
        Assert.Equal(body, frame.Body);
        Assert.Equal((size > 255, false), ((frame.Flags & ZmtpFrame.Long) != 0, ZmtpFrame.Read(stream).HasMore));
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0 })]
    [InlineData(new byte[] { 5, 0 })]
    [InlineData(new byte[] { 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void AFrameThatBreaksTheRulesIsRefused(byte[] bytes) =>
        Assert.Throws<ZmtpException>(() => ZmtpFrame.Read(new MemoryStream(bytes)));

    [Fact]
    public void AFrameThatPromisesMuchAndHoldsLittleCostsLittle()
    {
        byte[] bytes = [2, 0, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EndOfStreamException>(() => ZmtpFrame.Read(new MemoryStream(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void PropertiesThatAreCutOffAreRefused()
    {
        byte[] whole = ZmtpCommand.Ready(("Socket-Type", "DEALER"u8.ToArray()), ("Identity", [1, 2])).Data;
        Assert.Equal([1, 2], new ZmtpCommand("READY", whole).Properties()["identity"]);
        for (int length = 1; length < whole.Length; length++)
        {
            if (length == 22) continue; // The end of the first property.
            Assert.Throws<ZmtpException>(() => new ZmtpCommand("READY", whole[..length]).Properties());
        }
    }

    [Fact]
    public void SubscriptionsMatchPrefixesAndAreCounted()
    {
        var subscriptions = new Subscriptions();
        Assert.False(subscriptions.Match([1]));
        subscriptions.Follow([1, 5]);
        subscriptions.Add([5]);
        subscriptions.Follow([0, 5]);
        Assert.True(subscriptions.Match([5, 6]));
        Assert.False(subscriptions.Match([6, 5]));
        subscriptions.Remove([5]);
        Assert.False(subscriptions.Match([5, 6]));
    }

    [Fact]
    public void MessagesAreSignedAsRFC2104Says()
    {
        // The well-known example of HMAC-SHA256, its text in two parts.
        var signer = new MessageSigner("key"u8.ToArray());
        byte[][] parts = ["The quick brown fox "u8.ToArray(), "jumps over the lazy dog"u8.ToArray()];
        Assert.Equal("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8", Encoding.ASCII.GetString(signer.Sign(parts)));
        Assert.True(signer.Verify(parts, signer.Sign(parts)));
        Assert.False(signer.Verify(parts, []));
        Assert.False(signer.Verify([parts[1], parts[0]], signer.Sign(parts)));
        Assert.Empty(new MessageSigner([]).Sign(parts));
    }

    [Theory]
    [InlineData("nothing", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"shell_port": 1, "control_port": 2, "stdin_port": 3, "iopub_port": 4}""", "hb_port")]
    [InlineData("""{"shell_port": 70000, "control_port": 2, "stdin_port": 3, "iopub_port": 4, "hb_port": 5}""", "shell_port")]
    [InlineData("""{"shell_port": 1, "control_port": 2, "stdin_port": 3, "iopub_port": 4, "hb_port": 5, "transport": "inproc"}""",
        "inproc")]
    [InlineData("""{"shell_port": 1, "control_port": 2, "stdin_port": 3, "iopub_port": 4, "hb_port": 5, "signature_scheme": "hmac-md5"}""",
        "hmac-md5")]
    public void AConnectionFileThatWillNotDoSaysWhy(string text, string why)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Contains(why, Assert.Throws<FormatException>(() => ConnectionFile.Read(path)).Message);
        File.Delete(path);
    }
}
