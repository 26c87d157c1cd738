using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Course.Book;

/// <summary>Writes executed lessons as a static site that opens from a folder, with no server and no network.</summary>
internal static class BookWriter
{
    private const string Figures = "figures";

    /// <param name="lessons">All of the book.</param>
    /// <param name="folder">An empty folder.</param>
    public static void Write(IEnumerable<BookLesson> lessons, string folder)
    {
        IReadOnlyList<BookLesson> ordered = BookLesson.InOrder(lessons);
        Dictionary<string, string> pages = ordered.ToDictionary(lesson => $"{lesson.Name}.ipynb", lesson => lesson.Page);
        var frame = new BookPages(ordered, Nonce(ordered));
        var index = new SearchIndex();
        Directory.CreateDirectory(Path.Combine(folder, Figures));
        for (int at = 0; at < ordered.Count; at++)
        {
            var body = new LessonBody(ordered[at], pages.GetValueOrDefault);
            foreach ((string name, string json) in body.Figures)
                File.WriteAllText(Path.Combine(folder, Figures, $"{name}.js"),
                    $"window.bookFigure({System.Text.Json.JsonSerializer.Serialize(name)}, {json});\n");
            File.WriteAllText(Path.Combine(folder, $"{ordered[at].Name}.html"), frame.Lesson(at, body));
            index.Add(ordered[at], body.Sections);
        }
        File.WriteAllText(Path.Combine(folder, "index.html"), frame.Contents());
        BookAssets.CopyTo(folder);
        File.WriteAllText(Path.Combine(folder, BookAssets.Folder, "search-index.js"), index.ToScript());
    }

    /// <summary>Made from all the lessons hold, so that none of them can hold it.</summary>
    private static string Nonce(IEnumerable<BookLesson> lessons)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (BookLesson lesson in lessons) hash.AppendData(Encoding.UTF8.GetBytes(lesson.Notebook.ToJson()));
        return Convert.ToHexString(hash.GetHashAndReset())[..32].ToLowerInvariant();
    }
}
