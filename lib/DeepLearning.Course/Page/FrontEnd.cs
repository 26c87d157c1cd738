namespace DeepLearning.Course.Page;

/// <summary>
/// The files the browser loads, beside the program; those under <c>vendor/</c> are there only if npm was when this was built.
/// </summary>
internal static class FrontEnd
{
    private static readonly (string Name, string Path)[] s_vendor = [("plotly.js", "plotly.min.js"), ("KaTeX", "katex/katex.min.js"),
        ("CodeMirror", "codemirror.js")];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Paths below <c>vendor/</c> of what is there.</summary>
    public static string[] Present => [.. s_vendor.Where(IsThere).Select(part => part.Path)];

    /// <summary>Names of what is not there.</summary>
    public static string[] Missing => [.. s_vendor.Where(part => !IsThere(part)).Select(part => part.Name)];

    public static bool IsComplete => Missing.Length == 0;

    private static bool IsThere((string Name, string Path) part) => File.Exists(Path.Combine(Folder, "vendor", part.Path));
}
