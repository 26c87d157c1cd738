using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepLearning;

/// <summary>
/// Writes numbers as one does on a board: a short decimal as it is (0.15), anything else rounded to a number of digits after the point, to
/// more where it begins with zeros (0.000438568), and to a power of ten where it is tiny or huge.
/// </summary>
/// <param name="Digits">How many digits after the point.</param>
internal sealed record NumberFormat(int Digits)
{
    public string Write(double value, bool latex = false)
    {
        double size = Math.Abs(value);
        string text;
        if (size != 0 && (size < 1e-9 || size >= 1e9)) text = Power(value, latex);
        else if (Rounded(value, Digits) == value || Math.Abs(Rounded(value, Digits) - value) < 1e-12 * Math.Max(1, size))
            text = Rounded(value, Digits).ToString("0.##########", CultureInfo.InvariantCulture);
        else text = value.ToString("F" + Math.Min(15, Digits + LeadingZeros(size)), CultureInfo.InvariantCulture);
        if (text == "-0") text = "0";
        return latex ? text : text.Replace('-', '−');
    }

    private static double Rounded(double value, int digits) => Math.Round(value, Math.Min(digits, 15));

    private static int LeadingZeros(double size) => size >= 0.1 ? 0 : (int)Math.Floor(-Math.Log10(size));

    private string Power(double value, bool latex)
    {
        string[] parts = value.ToString("e" + Digits, CultureInfo.InvariantCulture).Split('e');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return latex ? $"{parts[0]} \\times 10^{{{exponent}}}" : $"{parts[0]}e{exponent}";
    }
}

/// <summary>Names such as <c>in_h1</c>, <c>w5</c> or <c>θ4[2]</c> in LaTeX.</summary>
internal static partial class SymbolLatex
{
    private static readonly Dictionary<string, string> s_greek = new()
    {
        ["θ"] = "\\theta", ["α"] = "\\alpha", ["β"] = "\\beta", ["γ"] = "\\gamma", ["δ"] = "\\delta", ["σ"] = "\\sigma",
    };

    [GeneratedRegex(@"^(?<stem>\p{L}+?)(?<prime>')?(_(?<of>[^\[']+)|(?<index>[\d.,]+))?(?<prime2>')?(\[(?<sample>\d+)\])?$")]
    private static partial Regex Parts();

    public static string Derivative(string of, string with) => $"\\frac{{\\partial {Of(of)}}}{{\\partial {Of(with)}}}";

    public static string Of(string name)
    {
        Match match = Parts().Match(name);
        if (!match.Success) return $"\\text{{{name.Replace("_", "\\_")}}}";
        string stem = match.Groups["stem"].Value;
        string text = s_greek.TryGetValue(stem, out string? letter) ? letter : stem.Length == 1 ? stem : $"\\mathrm{{{stem}}}";
        if (match.Groups["of"].Success) text += $"_{{{Of(match.Groups["of"].Value)}}}";
        if (match.Groups["index"].Success) text += $"_{{{match.Groups["index"].Value}}}";
        string above = match.Groups["sample"].Success ? $"({match.Groups["sample"].Value})" : "";
        if (match.Groups["prime"].Success || match.Groups["prime2"].Success) above = "\\prime" + above;
        return above == "" ? text : $"{text}^{{{above}}}";
    }
}
