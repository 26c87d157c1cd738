using System.Text;
using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Release;

/// <summary>
/// Takes the solution out of a code cell: what stands between <c>// BEGIN SOLUTION</c> and <c>// END SOLUTION</c> becomes
/// <c>// your code here</c> and the lines given as <c>// STUB: …</c> in between.
/// </summary>
internal static partial class SolutionMarks
{
    public const string Placeholder = "// your code here";

    /// <param name="code">The solved cell.</param>
    /// <param name="cell">What errors call it.</param>
    /// <returns>The student's cell; the same text if nothing is marked.</returns>
    /// <exception cref="NotebookException">The marks do not fit together.</exception>
    public static string TakeOut(string code, string cell)
    {
        var text = new StringBuilder();
        bool inside = false;
        foreach ((string line, int number) in code.Split('\n').Select((line, i) => (line, i + 1)))
        {
            Match mark = Mark().Match(line);
            switch (mark.Groups["word"].Value)
            {
                case "BEGIN SOLUTION" when !inside:
                    text.Append(mark.Groups["indent"].Value).Append(Placeholder).Append('\n');
                    inside = true;
                    break;
                case "END SOLUTION" when inside: inside = false; break;
                case "STUB:" when inside:
                    text.Append((mark.Groups["indent"].Value + mark.Groups["rest"].Value).TrimEnd()).Append('\n');
                    break;
                case "" when inside: break;
                case "": text.Append(line).Append('\n'); break;
                case var word:
                    string expected = word == "BEGIN SOLUTION"
                        ? "the one before has no // END SOLUTION"
                        : "there is no // BEGIN SOLUTION before it";
                    throw new NotebookException($"{cell}, line {number}: // {word} out of place; {expected}.");
            }
        }
        if (inside) throw new NotebookException($"{cell}: a // BEGIN SOLUTION has no // END SOLUTION.");
        return text.ToString(0, text.Length - 1);
    }

    [GeneratedRegex(@"^(?<indent>\s*)//\s*(?:(?<word>BEGIN SOLUTION|END SOLUTION)\s*$|(?<word>STUB:) ?(?<rest>.*))")]
    private static partial Regex Mark();
}
