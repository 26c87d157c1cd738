using System.Text;

namespace DeepLearning.Course.Book;

/// <summary>What stands between one heading and the next, for the search.</summary>
/// <param name="Heading">The heading's words.</param>
/// <param name="Anchor">Where on the page it is.</param>
internal sealed record BookSection(string Heading, string Anchor)
{
    public StringBuilder Text { get; } = new();

    public StringBuilder Code { get; } = new();
}
