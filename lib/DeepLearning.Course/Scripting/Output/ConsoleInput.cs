namespace DeepLearning.Course.Scripting.Output;

/// <summary>Lets a cell read lines from whoever runs it; everybody else reads the process's own console.</summary>
internal sealed class ConsoleInput(TextReader original) : TextReader
{
    private string _rest = "";

    public override string? ReadLine()
    {
        if (CellScope.Current is not { } scope) return original.ReadLine();
        if (_rest != "")
        {
            (string line, _rest) = (_rest.TrimEnd('\n'), "");
            return line;
        }
        return scope.Channel?.AskAsync().GetAwaiter().GetResult();
    }

    public override int Peek() => CellScope.Current is null ? original.Peek() : _rest == "" ? -1 : _rest[0];

    public override int Read()
    {
        if (CellScope.Current is null) return original.Read();
        if (_rest == "" && ReadLine() is { } line) _rest = line + "\n";
        if (_rest == "") return -1;
        char first = _rest[0];
        _rest = _rest[1..];
        return first;
    }
}
