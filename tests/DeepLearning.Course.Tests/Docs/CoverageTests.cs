using System.Text.RegularExpressions;
using DeepLearning.Plotting;

namespace DeepLearning.Course.Tests.Docs;

/// <summary>The table of what the syllabus needs and the library has names nothing that does not exist.</summary>
public partial class CoverageTests
{
    private static readonly string[] s_rows = [.. File.ReadLines(Path.Combine(Root(), "lib", "COVERAGE.md"))
        .Where(line => RowPattern().IsMatch(line))];

    [Fact]
    public void EveryRowOfTheSyllabusIsThere() => Assert.Equal(Enumerable.Range(1, 36), s_rows.Select(row => int.Parse(row[2..4])));

    [Fact]
    public void EveryNameExists()
    {
        string[] missing = [.. s_rows.SelectMany(row => NamePattern().Matches(row.Split('|')[3])).Select(match => match.Groups[1].Value)
            .Distinct().Where(name => !Exists(name))];
        Assert.True(missing.Length == 0, $"lib/COVERAGE.md names what the library does not have: {string.Join(", ", missing)}.");
    }

    private static bool Exists(string name)
    {
        string[] parts = name.Split('.');
        Type? type = Types().FirstOrDefault(type => type.Name == parts[0]);
        return type is not null && (parts.Length == 1 || type.GetMember(parts[1]).Length > 0);
    }

    private static IEnumerable<Type> Types() =>
        typeof(Tensor).Assembly.GetExportedTypes().Concat(typeof(Figure).Assembly.GetExportedTypes());

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeepLearning.Notebooks.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must lie in the course's folder.");
    }

    [GeneratedRegex(@"^\| \d\d \|")]
    private static partial Regex RowPattern();

    [GeneratedRegex("`([A-Za-z0-9.]+)`")]
    private static partial Regex NamePattern();
}
