namespace DeepLearning.Course.Scripting.Output;

/// <summary>
/// Carries what cells produce to the running cell's <see cref="IOutput"/>: in order, one call at a time, text in batches.
/// A cell's thread only ever appends here, so stopping it never stops the host's code half way.
/// </summary>
internal sealed class OutputChannel
{
    private const int MaxPendingChars = 1 << 20;
    private static readonly TimeSpan s_batchTime = TimeSpan.FromMilliseconds(20);

    private readonly Lock _sending = new();
    private readonly object _pendingLock = new();
    private readonly Timer _timer;
    private List<object> _pending = [];
    private int _pendingChars;
    private IOutput? _output;

    public OutputChannel()
    {
        using (ExecutionContext.SuppressFlow()) _timer = new Timer(_ => Send(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>From now on output goes to <paramref name="output"/>, starting with what came while no cell ran.</summary>
    public void Attach(IOutput output)
    {
        lock (_sending) _output = output;
    }

    /// <summary>Sends everything, then holds what comes until the next cell.</summary>
    public void Detach()
    {
        Send();
        lock (_sending) _output = null;
    }

    public void Write(StreamName name, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        lock (_pendingLock)
        {
            if (_pendingChars > MaxPendingChars && _output is null) return;
            while (_pendingChars > MaxPendingChars && _output is not null) Monitor.Wait(_pendingLock, s_batchTime);
            if (_pending.Count == 0 || _pending[^1] is not StreamText last || last.Name != name) _pending.Add(last = new StreamText(name));
            last.Text.Append(text);
            _pendingChars += text.Length;
            _timer.Change(s_batchTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Display(DisplayData data) => Post((IOutput output) => output.Display(data));

    public void Update(DisplayData data) => Post((IOutput output) => output.Update(data));

    public void Clear(bool wait) => Post((IOutput output) => output.Clear(wait));

    /// <summary>Asks for a line of text, after all that was written before.</summary>
    public Task<string?> AskAsync()
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(output =>
        {
            if (output is IInput input) input.Ask(answer);
            else
                answer.SetException(new InvalidOperationException(
                    "The cell asks for input, and here is nobody to ask; put the value into the code instead."));
        });
        return answer.Task;
    }

    private void Post(Action<IOutput> call)
    {
        lock (_pendingLock)
        {
            _pending.Add(call);
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Send()
    {
        lock (_sending)
        {
            if (_output is null) return;
            List<object> items;
            lock (_pendingLock)
            {
                items = _pending;
                _pending = [];
                _pendingChars = 0;
                Monitor.PulseAll(_pendingLock);
            }
            foreach (object item in items) Send(item, _output);
        }
    }

    private static void Send(object item, IOutput output)
    {
        try
        {
            if (item is StreamText stream) output.Stream(stream.Name, stream.Text.ToString());
            else ((Action<IOutput>)item)(output);
        }
        catch (Exception)
        {
            // A reader that went away must not fail the cell.
        }
    }

    private sealed class StreamText(StreamName name)
    {
        public StreamName Name { get; } = name;

        public System.Text.StringBuilder Text { get; } = new();
    }
}
