using System.Text;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Tests.Scripting;

/// <summary>Keeps what a cell produced, in order, and tells when a given text came.</summary>
internal sealed class RecordedOutput : IOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private TaskCompletionSource? _awaited;
    private string _awaitedText = "";

    public List<string> Events { get; } = [];

    public List<DisplayData> Displays { get; } = [];

    public List<DisplayData> Updates { get; } = [];

    public string Out
    {
        get
        {
            lock (_lock) return _out.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_lock) return _error.ToString();
        }
    }

    /// <summary>Completes as soon as <paramref name="text"/> was written to the console by the cell.</summary>
    public Task Shows(string text)
    {
        lock (_lock)
        {
            if (_out.ToString().Contains(text)) return Task.CompletedTask;
            _awaitedText = text;
            _awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _awaited.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public void Stream(StreamName name, string text)
    {
        lock (_lock)
        {
            (name == StreamName.Out ? _out : _error).Append(text);
            Events.Add($"{name}:{text}");
            if (_awaited is not null && _out.ToString().Contains(_awaitedText)) _awaited.TrySetResult();
        }
    }

    public void Display(DisplayData data)
    {
        Displays.Add(data);
        Events.Add($"display:{data.Bundle["text/plain"]}");
    }

    public void Update(DisplayData data)
    {
        Updates.Add(data);
        Events.Add($"update:{data.Bundle["text/plain"]}");
    }

    public void Clear(bool wait) => Events.Add($"clear:{wait}");
}
