using System.Net;
using System.Net.Sockets;

namespace DeepLearning.Tests.Download;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 + i / 256))];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly LoopbackServer _server = new();

    public DownloaderTests() => _server.Files["a.bin"] = s_content;

    private static RemoteFile File => TinyFiles.Remote("a.bin", s_content);

    private string Part => Path.Combine(_folder, "a.bin.part");

    public void Dispose()
    {
        _server.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private DownloadOptions Options => new() { Folder = _folder, Progress = null };

    private string Get(RemoteFile? file = null, DownloadOptions? options = null, CancellationToken cancellation = default) =>
        new Downloader("test", [_server.Address], options ?? Options).Get(file ?? File, cancellation);

    [Fact]
    public void AFileComesOnceAndIsKept()
    {
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Equal([("a.bin", (long?)null)], _server.Requests);
        Assert.Equal(["a.bin"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void ProgressIsTold()
    {
        Reports reports = new();
        Get(options: Options with { Progress = reports });
        Assert.Equal(new DownloadProgress("a.bin", 0, s_content.Length), reports.All[0]);
        Assert.Equal(new DownloadProgress("a.bin", s_content.Length, s_content.Length), reports.All[^1]);
        Assert.Equal(reports.All.Select(r => r.Received).Order(), reports.All.Select(r => r.Received));
    }

    private sealed class Reports : IProgress<DownloadProgress>
    {
        public readonly List<DownloadProgress> All = [];
        public Action<DownloadProgress>? Then;

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            Then?.Invoke(value);
        }
    }

    [Fact]
    public void ABrokenConnectionIsResumedWithinACall()
    {
        _server.Cuts.Enqueue(100_000);
        _server.Cuts.Enqueue(50_000);
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Equal([("a.bin", null), ("a.bin", 100_000), ("a.bin", 150_000L)], _server.Requests);
    }

    [Fact]
    public void WhatArrivedIsKeptForTheNextCall()
    {
        _server.Cuts.Enqueue(100_000);
        _server.Cuts.Enqueue(0);
        IOException error = Assert.Throws<IOException>(() => Get());
        Assert.StartsWith($"Could not get a.bin: tried {_server.Address}a.bin (", error.Message);
        Assert.EndsWith($"; run again when there is a network (what has arrived is kept), or put the file into '{_folder}' by hand.",
            error.Message);
        Assert.Equal(s_content[..100_000], System.IO.File.ReadAllBytes(Part));
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "a.bin")));
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Equal(("a.bin", 100_000L), _server.Requests[^1]);
        Assert.False(System.IO.File.Exists(Part));
    }

    [Fact]
    public void AServerThatCannotResumeSendsItWhole()
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllBytes(Part, s_content[..1000]);
        _server.KnowsRanges = false;
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(1000)]
    [InlineData(400_000)]
    public void AnEarlierPartOfSomethingElseIsThrownAway(int length)
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllBytes(Part, new byte[length]);
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Null(_server.Requests[^1].From);
    }

    [Fact]
    public void AWholePartNeedsOnlyItsName()
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllBytes(Part, s_content);
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Get()));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void AnotherChecksumIsRefusedAndNothingStays()
    {
        IOException error = Assert.Throws<IOException>(() => Get(new("a.bin", new string('0', 32))));
        Assert.Contains($"what arrived has the MD5 {File.Md5}, expected {new string('0', 32)}, and was deleted", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AnotherFileInTheFolderIsRefusedAndStays()
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, "a.bin");
        System.IO.File.WriteAllText(path, "mine");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Get());
        Assert.StartsWith($"'{path}' is not the file expected: its MD5 is ", error.Message);
        Assert.Equal("mine", System.IO.File.ReadAllText(path));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed() =>
        Assert.Contains($"tried {_server.Address}b.bin (the server answered 404 Not Found)",
            Assert.Throws<IOException>(() => Get(new("b.bin", ""))).Message);

    [Fact]
    public void AddressesAreTriedInTurn()
    {
        using TcpListener nobody = new(IPAddress.Loopback, 0);
        nobody.Start();
        Uri silent = new($"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}");
        nobody.Stop();
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(new Downloader("test", [silent, _server.Address], Options).Get(File, default)));
        IOException error = Assert.Throws<IOException>(
            () => new Downloader("test", [silent, silent], Options with { Folder = _folder + "2" }).Get(File, default));
        Directory.Delete(_folder + "2", recursive: true);
        Assert.Contains($"tried {silent}a.bin (", error.Message);
        Assert.Contains($" and {silent}a.bin (", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AMirrorReplacesTheAddresses()
    {
        DownloadOptions options = Options with { Address = _server.Address };
        Assert.Equal(s_content,
            System.IO.File.ReadAllBytes(new Downloader("test", [new Uri("http://nowhere.invalid/")], options).Get(File, default)));
    }

    [Fact]
    public void CancellingKeepsWhatHasArrived()
    {
        using CancellationTokenSource stop = new();
        _server.Stalls = true;
        Reports reports = new() { Then = report => { if (report.Received > 0) stop.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => Get(options: Options with { Progress = reports }, cancellation: stop.Token));
        long arrived = new FileInfo(Part).Length;
        Assert.InRange(arrived, 1, s_content.Length / 2);
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "a.bin")));
    }

    [Fact]
    public void AServerThatFallsSilentIsGivenUp()
    {
        _server.Stalls = true;
        IOException error = Assert.Throws<IOException>(() => Get(options: Options with { Patience = TimeSpan.FromSeconds(0.3) }));
        Assert.Contains("nothing arrived for 0.3 seconds", error.Message);
        Assert.Equal(s_content[..150_000], System.IO.File.ReadAllBytes(Part));
    }
}
