namespace DeepLearning.Course.Notebooks;

/// <summary>Finds notebooks on disk.</summary>
public static class NotebookFiles
{
    /// <summary>
    /// The notebook at <paramref name="path"/>, or all in that folder and below, in order of name; hidden folders are left out.
    /// </summary>
    /// <returns>Full path, and name relative to the folder that was asked for.</returns>
    public static IEnumerable<(string File, string Name)> Find(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full)) return [(full, Path.GetFileName(full))];
        if (!Directory.Exists(full)) return [];
        return Directory.EnumerateFiles(full, "*.ipynb", SearchOption.AllDirectories)
            .Select(file => (File: file, Name: Path.GetRelativePath(full, file)))
            .Where(found => !found.Name.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            .OrderBy(found => found.Name, StringComparer.Ordinal);
    }
}
