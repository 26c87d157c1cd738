namespace DeepLearning.Course.Jupyter.Installation;

/// <summary>Where Jupyter keeps kernels.</summary>
internal static class JupyterFolders
{
    /// <summary>This user's kernels, or those of a Python environment or system at <paramref name="prefix"/>.</summary>
    public static string Kernels(string? prefix) =>
        Path.Combine(prefix is null ? UserData() : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels");

    /// <summary>
    /// All folders in which a Jupyter started by this user looks for kernels, as far as they are known without asking Python.
    /// </summary>
    public static IEnumerable<string> Searched()
    {
        string[] system = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter")]
            : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
        string[] environments = [.. new[] { "VIRTUAL_ENV", "CONDA_PREFIX" }.Select(Environment.GetEnvironmentVariable).OfType<string>()
            .Select(prefix => Path.Combine(prefix, "share", "jupyter"))];
        string[] named = (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return named.Append(UserData()).Concat(environments).Concat(system).Select(data => Path.Combine(data, "kernels"));
    }

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named) return named;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        string data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg
            : Path.Combine(home, ".local", "share");
        return Path.Combine(data, "jupyter");
    }
}
