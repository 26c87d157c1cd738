namespace DeepLearning.Course.Stdio;

/// <summary>Reads bytes line by line. Of a line longer than the limit it keeps just enough to tell.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private readonly byte[] _chunk = new byte[64 * 1024];
    private int _start, _end;

    /// <summary>The next line without its end; more than the limit if it was longer; null at the end of the stream.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_chunk));
                if (_end == 0) return line.Length > 0 ? line.ToArray() : null;
            }
            int newline = Array.IndexOf(_chunk, (byte)'\n', _start, _end - _start), until = newline < 0 ? _end : newline;
            line.Write(_chunk, _start, Math.Min(until - _start, (int)(limit + 1 - line.Length)));
            _start = newline < 0 ? _end : newline + 1;
            if (newline >= 0) return line.ToArray();
        }
    }
}
