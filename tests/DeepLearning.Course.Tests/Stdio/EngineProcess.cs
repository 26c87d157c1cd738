using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Stdio;

/// <summary><c>course serve</c> as an editor starts it, in a folder of its own.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-stdio-").FullName;
    private readonly Process _process;

    public EngineProcess()
    {
        var start = new ProcessStartInfo("dotnet",
            [typeof(DeepLearning.Course.Commands.ServeCommand).Assembly.Location, "serve", "--folder", _folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => { lock (Errors) Errors.AppendLine(line.Data); };
        _process.BeginErrorReadLine();
    }

    /// <summary>Every message received so far.</summary>
    public List<JsonObject> Received { get; } = [];

    /// <summary>What came on standard error.</summary>
    public StringBuilder Errors { get; } = new();

    public void Send(object message) => SendLine(JsonSerializer.Serialize(message));

    public void SendLine(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until a message of that type, and of that cell or id if given.</summary>
    public async Task<JsonObject> WaitForAsync(string type, string? cell = null, int? id = null)
    {
        while (true)
        {
            JsonObject message = await ReadAsync()
                ?? throw new InvalidOperationException($"The engine ended before a message '{type}' came. {Errors}");
            if ((string?)message["type"] == type && (cell is null || (string?)message["cell"] == cell)
                && (id is null || (int?)message["id"] == id))
                return message;
        }
    }

    public async Task<JsonObject> RunAsync(string cell, string code)
    {
        Send(new { type = "run", cell, code });
        return await WaitForAsync("done", cell);
    }

    public string StreamOf(string cell) =>
        string.Concat(Received.Where(m => (string?)m["type"] == "stream" && (string?)m["cell"] == cell).Select(m => (string?)m["text"]));

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Reads what is left, and returns the exit code.</summary>
    public async Task<int> WaitForEndAsync()
    {
        while (await ReadAsync() is not null) { }
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonObject?> ReadAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) is not { } line) return null;
        JsonObject message = JsonNode.Parse(line)!.AsObject();
        Received.Add(message);
        return message;
    }
}
