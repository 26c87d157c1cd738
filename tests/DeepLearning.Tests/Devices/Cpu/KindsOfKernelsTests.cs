using System.Text.RegularExpressions;

namespace DeepLearning.Tests.Devices.Cpu;

/// <summary>
/// The CPU's kernels are static classes by kind, a folder each; which kind may use which is said here, and in <see cref="CpuDevice"/>.
/// </summary>
public class KindsOfKernelsTests
{
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Normalization"] = ["Axes"], // sums
        ["Recurrent"] = ["MatMul"],
    };

    [Fact]
    public void AKindUsesOnlyTheKindsItMay()
    {
        Dictionary<string, string> kindOf = [];
        foreach (string file in Sources()) kindOf[Path.GetFileNameWithoutExtension(file)] = Kind(file);
        Assert.True(kindOf.Count > 30, $"Found only {kindOf.Count} files.");
        List<string> found = [];
        foreach (string file in Sources())
        {
            string code = Regex.Replace(File.ReadAllText(file), "//.*", ""), kind = Kind(file);
            foreach ((string name, string other) in kindOf)
            {
                bool may = other == kind || other == "Shared" || s_mayUse.GetValueOrDefault(kind, []).Contains(other);
                if (!may && Regex.IsMatch(code, $@"\b{name}\b")) found.Add($"{kind}/{Path.GetFileName(file)} uses {name} of {other}");
            }
        }
        Assert.Empty(found);
    }

    // The device itself calls them all. A kernel that stands beside it is a kind of its own.
    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith("CpuDevice", StringComparison.Ordinal));

    private static string Kind(string file) => Path.GetRelativePath(Root(), Path.GetDirectoryName(file)!) is var folder && folder != "."
        ? folder
        : Path.GetFileNameWithoutExtension(file);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeepLearning.Notebooks.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "lib", "DeepLearning", "Devices", "Cpu");
    }
}
