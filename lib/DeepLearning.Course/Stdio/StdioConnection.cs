using System.Text.Json.Nodes;
using DeepLearning.Course.Messages;

namespace DeepLearning.Course.Stdio;

/// <summary>
/// A conversation over two streams: each message is JSON on a line of its own. It opens with <c>hello</c> and ends, the session with it,
/// when the input ends or the message <c>shutdown</c> comes.
/// </summary>
internal sealed class StdioConnection
{
    /// <summary>Raised when messages change their meaning, so that an extension and an engine of different versions notice.</summary>
    public const int Protocol = 1;

    private readonly LineReader _lines;
    private readonly Outbox _outbox;
    private readonly Conversation _conversation;
    private bool _ended;

    /// <param name="input">Read to its end.</param>
    /// <param name="output">Only messages are written to it.</param>
    /// <param name="folder">Where the notebook's relative paths start.</param>
    public StdioConnection(Stream input, Stream output, string folder)
    {
        _lines = new LineReader(input, Conversation.LargestMessage);
        _outbox = new Outbox((bytes, _) => WriteAsync(output, bytes));
        _outbox.Post(new JsonObject { ["type"] = "hello", ["protocol"] = Protocol });
        _conversation = new Conversation(_outbox, () => new StartedSession(folder));
    }

    /// <summary>Returns when the conversation has ended and all that was posted is written.</summary>
    public async Task RunAsync()
    {
        using var ending = new CancellationTokenSource();
        Task sending = _outbox.RunAsync(ending.Token);
        Task running = _conversation.RunCellsAsync(ending.Token);
        try
        {
            while (!_ended && await _lines.ReadAsync() is { } line) Receive(line);
        }
        catch (IOException)
        {
            // The other side is gone, which is an ordinary end.
        }
        _conversation.Interrupt();
        ending.Cancel();
        await Task.WhenAll(sending, running).ContinueWith(_ => { }, TaskScheduler.Default);
        await _conversation.DisposeAsync();
        try
        {
            await _outbox.SendWaitingAsync();
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }
    }

    private void Receive(byte[] line)
    {
        if (line.Length > Conversation.LargestMessage)
            _conversation.Problem($"a message may hold {Conversation.LargestMessage} bytes at most.");
        else if (!line.AsSpan().Trim(" \t\r"u8).IsEmpty) _conversation.Receive(line, Handle);
    }

    private bool Handle(string type, JsonObject message)
    {
        if (type != "shutdown") return false;
        return _ended = true;
    }

    private static async Task WriteAsync(Stream output, ReadOnlyMemory<byte> message)
    {
        await output.WriteAsync(new ReadOnlyMemory<byte>([.. message.Span, (byte)'\n']));
        await output.FlushAsync();
    }
}
