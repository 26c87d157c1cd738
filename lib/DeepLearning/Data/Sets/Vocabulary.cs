namespace DeepLearning;

/// <summary>
/// The characters of a text, numbered: turns text into tokens and back, and into samples that ask for the next character.
/// </summary>
/// <example><code>
/// string text = Datasets.Text();
/// Vocabulary vocabulary = new(text);
/// Dataset windows = vocabulary.Windows(text, length: 64);     // x, y: [N, 64]
/// </code></example>
public sealed class Vocabulary
{
    private readonly Dictionary<char, int> _tokens;

    /// <param name="text">Whose characters it knows, numbered in the order of their code.</param>
    /// <exception cref="ArgumentException">No characters.</exception>
    public Vocabulary(string text)
    {
        ArgumentCheck.NotNull(text);
        Characters = [.. text.Distinct().Order()];
        if (Characters.Count == 0) throw new ArgumentException("A vocabulary needs a text with at least 1 character.");
        _tokens = Enumerable.Range(0, Characters.Count).ToDictionary(token => Characters[token]);
    }

    /// <summary>The character of each token.</summary>
    public IReadOnlyList<char> Characters { get; }

    /// <summary>V, the number of tokens.</summary>
    public int Count => Characters.Count;

    /// <summary>The token of a character.</summary>
    /// <exception cref="ArgumentException">The vocabulary does not know it.</exception>
    public int this[char character] => _tokens.TryGetValue(character, out int token) ? token
        : throw new ArgumentException($"The vocabulary of {Count} characters does not know {Show(character)}.");

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="ArgumentException">A character is not known.</exception>
    public int[] Encode(string text) => [.. text.Select(character => this[character])];

    /// <summary>The text of some tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(IEnumerable<int> tokens) => string.Concat(tokens.Select(token => (uint)token < (uint)Count ? Characters[token]
        : throw new ArgumentOutOfRangeException(nameof(tokens), token, $"Token {token} does not exist; the tokens are 0 to {Count - 1}.")));

    /// <summary>The text of a tensor of tokens, all its axes in a row.</summary>
    /// <inheritdoc cref="Decode(IEnumerable{int})" path="/exception"/>
    public string Decode(Tensor tokens) => Decode(tokens.ToArray().Select(token => (int)token));

    /// <summary>Pieces of a text, each with the character that follows every one of its characters.</summary>
    /// <param name="text">At least <paramref name="length"/> + 1 characters, all known.</param>
    /// <param name="length">T, characters in a piece, ≥ 1.</param>
    /// <param name="stride">
    /// From the beginning of a piece to the next, ≥ 1; <paramref name="length"/> unless given, so that pieces do not overlap.
    /// </param>
    /// <returns>x: [N, T] tokens, y: [N, T] the tokens one place later; N = ⌊(characters − 1 − T)/stride⌋ + 1.</returns>
    /// <exception cref="ArgumentException">The text is too short or has a character that is not known.</exception>
    public Dataset Windows(string text, int length, int? stride = null)
    {
        int step = stride ?? length;
        if (length < 1 || step < 1)
            throw new ArgumentException($"A window needs a length and a stride of 1 or more, got {length} and {step}.");
        if (text.Length <= length)
            throw new ArgumentException($"Windows of {length} characters need a text of {length + 1} or more, got {text.Length}.");
        int[] tokens = Encode(text);
        int count = (tokens.Length - 1 - length) / step + 1;
        return Pieces(count, length, (n, t) => (tokens[n * step + t], tokens[n * step + t + 1]), "text");
    }

    /// <summary>Words, such as names, each from its beginning to its end, which <paramref name="end"/> marks.</summary>
    /// <param name="words">1 or more; none may hold <paramref name="end"/>.</param>
    /// <param name="end">What stands before each word, after it, and in the rest of its row; must be known.</param>
    /// <returns>x: [N, T] and y: [N, T] with T = longest word + 1: for "Ann", x = end A n n end …, y = A n n end end ….</returns>
    /// <exception cref="ArgumentException">No words, or a character that is not known, or a word that holds the mark.</exception>
    public Dataset Words(IEnumerable<string> words, char end = '\n')
    {
        string[] all = [.. words];
        if (all.Length == 0) throw new ArgumentException("Expected at least 1 word, got none.");
        if (all.FirstOrDefault(word => word.Contains(end)) is { } wrong)
            throw new ArgumentException($"The word '{wrong.Replace("\n", "\\n", StringComparison.Ordinal)}' holds {Show(end)}, which " +
                "marks the end; choose another mark.");
        int mark = this[end];
        int[][] tokens = [.. all.Select(Encode)];
        return Pieces(all.Length, tokens.Max(word => word.Length) + 1, (n, t) =>
            (t > 0 && t <= tokens[n].Length ? tokens[n][t - 1] : mark, t < tokens[n].Length ? tokens[n][t] : mark), "words");
    }

    private static Dataset Pieces(int count, int length, Func<int, int, (int Now, int Next)> at, string name)
    {
        int[] x = new int[count * length], y = new int[count * length];
        for (int n = 0; n < count; n++)
        for (int t = 0; t < length; t++)
            (x[n * length + t], y[n * length + t]) = at(n, t);
        return new(Tensor.From(x, count, length), Tensor.From(y, count, length))
        {
            Name = name,
            Description = "Tokens, and the tokens that follow them.",
        };
    }

    private static string Show(char character) =>
        char.IsControl(character) ? $"the character with code {(int)character}" : $"'{character}'";
}
