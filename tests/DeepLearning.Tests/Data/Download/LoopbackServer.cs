using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeepLearning.Tests.Download;

/// <summary>A small web server on this machine that serves files by name, whole or in pieces, and can misbehave on request.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public LoopbackServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>For each request in turn, after how many bytes of the answer the connection is cut.</summary>
    public Queue<int> Cuts { get; } = [];

    public bool KnowsRanges { get; set; } = true;

    /// <summary>Announces an answer and then sends nothing more of it than half.</summary>
    public bool Stalls { get; set; }

    /// <summary>Every request: the file, and from which byte on it was asked for.</summary>
    public List<(string File, long? From)> Requests { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/set/");

    public void Dispose()
    {
        _stop.Cancel();
        _serving.Wait();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try { await Answer(client.GetStream()); }
                catch (IOException) { }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string file = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1]["/set/".Length..];
        long? from = null;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'));
        }
        Requests.Add((file, from));
        if (!Files.TryGetValue(file, out byte[]? content))
        {
            await Send(stream, "404 Not Found", "Content-Length: 0");
            return;
        }
        if (!KnowsRanges) from = null;
        if (from >= content.Length)
        {
            await Send(stream, "416 Range Not Satisfiable", "Content-Length: 0");
            return;
        }
        byte[] body = content[(int)(from ?? 0)..];
        await Send(stream, from is null ? "200 OK" : "206 Partial Content",
            $"Content-Length: {body.Length}" +
                (from is null ? "" : $"\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}"));
        int count = Cuts.Count > 0 ? Math.Min(Cuts.Dequeue(), body.Length) : Stalls ? body.Length / 2 : body.Length;
        await stream.WriteAsync(body.AsMemory(0, count));
        await stream.FlushAsync();
        if (Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private static async Task Send(NetworkStream stream, string status, string headers) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nConnection: close\r\n\r\n"));
}
