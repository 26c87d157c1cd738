using System.Runtime.CompilerServices;

namespace DeepLearning.Tests.Sources;

/// <summary>
/// No line of code is longer than <c>max_line_length</c> in .editorconfig. What stands in a text of several lines may be.
/// </summary>
public class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void NoLineIsLongerThanTheEditorsSettingSays()
    {
        string root = Root();
        string[] tooLong = [.. new[] { "lib", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/node_modules/"))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => TooLong(File.ReadAllLines(Path.Combine(root, file))).Select(line => $"{file}:{line}"))];
        Assert.True(tooLong.Length == 0, $"Lines of more than {Longest} characters:\n{string.Join("\n", tooLong)}");
    }

    [Fact]
    public void ALongLineIsFoundAndALongTextIsNot()
    {
        string wide = new('x', Longest + 1), quotes = "\"\"\"";
        Assert.Equal([2], TooLong(["short", wide, wide[1..]]));
        Assert.Equal([5], TooLong([$"string text = {quotes}", wide, $"{quotes};", $"string line = {quotes}one{quotes};", wide]));
    }

    // The numbers of the lines, from 1. A raw text begins where three quotes stand alone in a line and ends at the next three.
    private static IEnumerable<int> TooLong(string[] lines)
    {
        bool inText = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!inText && lines[i].Length > Longest) yield return i + 1;
            if (lines[i].Split("\"\"\"").Length % 2 == 0) inText = !inText;
        }
    }

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
