namespace DeepLearning.Course.Page;

/// <summary>The folder the page shows; turns the paths a browser sends into files inside it, and refuses all others.</summary>
internal sealed class NotebookFolder(string root)
{
    private static readonly string[] s_pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The full path of an existing notebook, or null.</summary>
    public string? Notebook(string? path) => Inside(path, ".ipynb");

    /// <summary>The full path of an existing picture, or null.</summary>
    public string? Picture(string? path) => Inside(path, s_pictures);

    /// <summary>
    /// The course's notebooks: <c>notebooks/</c> in this folder or one above it, else above the program itself; null if there is none.
    /// </summary>
    public static string? Find(string start)
    {
        foreach (string from in new[] { start, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
            {
                string notebooks = Path.Combine(folder.FullName, "notebooks");
                if (Directory.Exists(notebooks)) return notebooks;
            }
        }
        return null;
    }

    private string? Inside(string? path, params string[] extensions)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0') || path.Contains('\\') || Path.IsPathRooted(path)) return null;
        if (path.Split('/').Any(part => part.StartsWith('.'))) return null;
        if (!extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) return null;
        string full = Path.GetFullPath(Path.Combine(Root, path));
        if (!full.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
        return File.Exists(full) ? full : null;
    }
}
