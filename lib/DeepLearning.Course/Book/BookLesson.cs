using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Book;

/// <summary>One executed lesson, as the book names it.</summary>
internal sealed class BookLesson
{
    /// <param name="notebook">With its outputs.</param>
    /// <param name="file">Where it was read from.</param>
    public BookLesson(Notebook notebook, string file)
    {
        string[] texts = [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source)];
        (Notebook, Folder, Name) = (notebook, Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
        Number = LessonList.NumberOf(file);
        Group = LessonList.GroupOf(Number);
        Title = LessonList.TitleOf(texts) ?? Name;
        Question = LessonList.QuestionOf(texts);
    }

    public Notebook Notebook { get; }

    /// <summary>Where pictures the text refers to lie.</summary>
    public string Folder { get; }

    /// <summary>The file's name without its ending; the page's name too.</summary>
    public string Name { get; }

    /// <summary>The page's address in the book.</summary>
    public string Page => Uri.EscapeDataString(Name) + ".html";

    public int? Number { get; }

    public string Group { get; }

    public string Title { get; }

    public string? Question { get; }

    /// <summary>As the syllabus has them; notebooks without a number come last.</summary>
    public static IReadOnlyList<BookLesson> InOrder(IEnumerable<BookLesson> lessons) =>
        [.. lessons.OrderBy(lesson => lesson.Number ?? int.MaxValue).ThenBy(lesson => lesson.Name, StringComparer.Ordinal)];
}
