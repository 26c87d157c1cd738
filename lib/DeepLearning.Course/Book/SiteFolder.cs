namespace DeepLearning.Course.Book;

/// <summary>Puts a site where it was asked for: whole, or not at all.</summary>
internal static class SiteFolder
{
    /// <summary>What the book's first page says of itself; a folder whose first page says so may be replaced.</summary>
    public const string Mark = "DeepLearning.Course book";

    /// <summary>Why nothing may be written there; null if it may.</summary>
    public static string? Refusal(string path)
    {
        string full = Path.GetFullPath(path), first = Path.Combine(full, "index.html");
        if (File.Exists(full)) return $"'{path}' is a file; name a folder for the book.";
        if (!Directory.Exists(full) || !Directory.EnumerateFileSystemEntries(full).Any()) return null;
        return File.Exists(first) && File.ReadAllText(first).Contains($"content=\"{Mark}\"", StringComparison.Ordinal)
            ? null
            : $"'{path}' holds something that is not a book of this course; name another folder, or empty it.";
    }

    /// <param name="path">The site's folder; an older book there is replaced.</param>
    /// <param name="write">Fills the folder it is given.</param>
    public static void Replace(string path, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string parent = Path.GetDirectoryName(target)
            ?? throw new IOException($"'{path}' is no folder to write a book to; name one in it.");
        string mark = Guid.NewGuid().ToString("N")[..8], fresh = Path.Combine(parent, $".book-{mark}"),
            old = Path.Combine(parent, $".book-{mark}-old");
        try
        {
            Directory.CreateDirectory(fresh);
            write(fresh);
            if (Directory.Exists(target)) Directory.Move(target, old);
            try
            {
                Directory.Move(fresh, target);
            }
            catch when (Directory.Exists(old))
            {
                Directory.Move(old, target);
                throw;
            }
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        }
    }
}
