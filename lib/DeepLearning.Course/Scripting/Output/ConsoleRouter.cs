using System.Runtime.ExceptionServices;
using System.Text;

namespace DeepLearning.Course.Scripting.Output;

/// <summary>Sends what a cell writes to the console to that cell's output, and leaves everybody else's console alone.</summary>
internal sealed class ConsoleRouter : TextWriter
{
    private static int s_installed;
    private readonly StreamName _name;
    private readonly TextWriter _original;

    private ConsoleRouter(StreamName name, TextWriter original)
    {
        (_name, _original) = (name, original);
        CoreNewLine = ['\n'];
    }

    /// <summary>Takes over the console of this process, once.</summary>
    public static void Install()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 1) return;
        Console.SetOut(new ConsoleRouter(StreamName.Out, Console.Out));
        Console.SetError(new ConsoleRouter(StreamName.Error, Console.Error));
        Console.SetIn(new ConsoleInput(Console.In));
        ConsoleProgress.IsLive = true;
        ExceptionHandling.SetUnhandledExceptionHandler(ReportFromThread);
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(ReadOnlySpan<char> text)
    {
        if (CellScope.Current is not { } scope) _original.Write(text);
        else scope.Channel?.Write(_name, text);
    }

    public override void Flush()
    {
        if (CellScope.Current is null) _original.Flush();
    }

    /// <summary>An exception nobody caught on a thread a cell started is told in the cell, and does not end the process.</summary>
    private static bool ReportFromThread(Exception exception)
    {
        if (CellScope.Current is not { } scope) return false;
        if (exception is not OperationCanceledException and not ThreadInterruptedException)
            scope.Channel?.Write(StreamName.Error, $"{exception.GetType().Name} on a thread of this cell: {exception.Message}\n");
        return true;
    }
}
