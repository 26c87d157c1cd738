namespace DeepLearning.Course.Interactive;

/// <summary>Text that is already in the format it is to be shown in.</summary>
/// <param name="Text">The text, not encoded any further.</param>
/// <param name="MimeType">Its format, such as <c>text/html</c>.</param>
public sealed record Formatted(string Text, string MimeType)
{
    public override string ToString() => Text;
}
