using DeepLearning.Course.Page;
using DeepLearning.Plotting;

namespace DeepLearning.Course.Book;

/// <summary>
/// The files every page shares, one copy of each: the course page's own, the book's, and what npm provides where this build has it.
/// </summary>
internal static class BookAssets
{
    /// <summary>The folder in the book.</summary>
    public const string Folder = "assets";

    private static readonly string[] s_shared = ["style.css", "output.css", "theme.js", "icon.svg"];

    private static readonly (string Name, string Path)[] s_provided = [("plotly", "plotly.min.js"), ("katex", "katex/katex.min.js")];

    /// <summary>What this build has of npm's; plots stay still and formulas stay TeX without it.</summary>
    public static IEnumerable<(string Name, string Path)> Vendor => s_provided.Where(part => FrontEnd.Present.Contains(part.Path));

    public static bool IsComplete => Vendor.Count() == s_provided.Length;

    public static void CopyTo(string site)
    {
        string assets = Directory.CreateDirectory(Path.Combine(site, Folder)).FullName;
        foreach (string name in s_shared) Copy(Path.Combine(FrontEnd.Folder, name), Path.Combine(assets, name));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "book")))
            Copy(file, Path.Combine(assets, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(assets, "figure.js"), HtmlFragment.Script);
        string vendor = Path.Combine(FrontEnd.Folder, "vendor");
        foreach (string part in Vendor.Select(part => part.Path.Split('/')[0]))
        {
            string source = Path.Combine(vendor, part);
            if (File.Exists(source)) Copy(source, Path.Combine(assets, part));
            else foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
                Copy(file, Path.Combine(assets, Path.GetRelativePath(vendor, file)));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
