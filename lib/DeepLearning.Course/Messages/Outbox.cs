using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Messages;

/// <summary>
/// Messages on their way to the reader's program, in order. A cell may print faster than that can draw, so text for the same stream
/// is joined, and of several updates to one display only the last is sent, while a batch waits its turn.
/// </summary>
/// <param name="send">Sends the bytes of one message: JSON in UTF-8, on a single line.</param>
internal sealed class Outbox(Func<ReadOnlyMemory<byte>, CancellationToken, Task> send)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(15);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _filled = new(0);
    private List<Entry> _entries = [];

    public void Post(JsonObject message) => Add(new Entry(message));

    public void PostStream(string cell, string name, string text)
    {
        lock (_lock)
        {
            if (_entries is [.., { Text: { } waiting } last] && last.Is(cell, name))
            {
                waiting.Append(text);
                return;
            }
        }
        Add(new Entry(new JsonObject { ["type"] = "stream", ["cell"] = cell, ["name"] = name }) { Text = new StringBuilder(text) });
    }

    public void PostUpdate(string display, JsonObject data)
    {
        lock (_lock) _entries.RemoveAll(entry => entry.Updates == display);
        Add(new Entry(new JsonObject { ["type"] = "update", ["display"] = display, ["data"] = data }) { Updates = display });
    }

    /// <summary>Sends what is posted until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _filled.WaitAsync(cancellation);
            await SendWaitingAsync(cancellation);
            await Task.Delay(s_pause, cancellation);
        }
    }

    /// <summary>Sends what still waits; call it after <see cref="RunAsync"/> has ended.</summary>
    public async Task SendWaitingAsync(CancellationToken cancellation = default)
    {
        List<Entry> batch;
        lock (_lock) (batch, _entries) = (_entries, []);
        foreach (Entry entry in batch)
        {
            if (entry.Text is not null) entry.Message["text"] = entry.Text.ToString();
            await send(Encoding.UTF8.GetBytes(entry.Message.ToJsonString()), cancellation);
        }
    }

    private void Add(Entry entry)
    {
        lock (_lock) _entries.Add(entry);
        _filled.Release();
    }

    private sealed class Entry(JsonObject message)
    {
        public JsonObject Message => message;

        public StringBuilder? Text { get; init; }

        public string? Updates { get; init; }

        public bool Is(string cell, string name) => (string?)message["cell"] == cell && (string?)message["name"] == name;
    }
}
