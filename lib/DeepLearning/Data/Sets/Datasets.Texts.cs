using System.Globalization;

namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>
    /// A small English text to learn language from: the whole of Lewis Carroll's "Alice's Adventures in Wonderland" (1865), 147 933
    /// characters, 69 different ones, lines ended by <c>\n</c>. In the public domain. <see cref="Vocabulary"/> makes tokens of it.
    /// </summary>
    public static string Text()
    {
        using StreamReader reader = EmbeddedTable.Open("wonderland.txt");
        return reader.ReadToEnd();
    }

    /// <summary>
    /// 2000 first names: the 1000 commonest of women and of men in the census of the United States of 1990, each sex by falling frequency.
    /// </summary>
    /// <remarks>Letters a to z, the first one capital. 79 names are in both lists. In the public domain.</remarks>
    public static IReadOnlyList<FirstName> Names()
    {
        using StreamReader reader = EmbeddedTable.Open("names.csv");
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .Select(fields => new FirstName(fields[0], fields[1], double.Parse(fields[2], CultureInfo.InvariantCulture)))];
    }
}

/// <summary>A first name of <see cref="Datasets.Names"/>.</summary>
/// <param name="Name">Such as Mary.</param>
/// <param name="Sex"><c>female</c> or <c>male</c>: of whose list the name is.</param>
/// <param name="Percent">How many of a hundred people of that sex have it.</param>
public sealed record FirstName(string Name, string Sex, double Percent);
