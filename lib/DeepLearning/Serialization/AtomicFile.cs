namespace DeepLearning;

/// <summary>Writes a file whole or not at all: beside it first, then in its place in one move.</summary>
internal static class AtomicFile
{
    /// <summary>If <paramref name="write"/> or the machine fails, what was at <paramref name="path"/> before is still there.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
