namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>
    /// The copy task: remember some symbols for a while, then write them down. What to remember is gone when it is asked for.
    /// </summary>
    /// <remarks>
    /// Tokens are 0 (blank), 1 … symbols, and symbols + 1 (go). A sequence is <paramref name="length"/> random symbols,
    /// <paramref name="blanks"/> blanks, go, and length − 1 blanks: T = 2·length + blanks tokens in all. The target is blank until go; from
    /// there on it is the symbols in their order. x: [count, T, symbols + 2], each token as a row with a single 1; y: [count, T], labels 0
    /// … symbols. To know the symbols by chance is 1/symbols. Source: Hochreiter and Schmidhuber, "Long short-term memory", 1997, in the
    /// form of Arjovsky, Shah and Bengio 2016.
    /// </remarks>
    /// <param name="count">Sequences, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="blanks">How long they must be remembered, ≥ 0.</param>
    /// <param name="length">How many symbols must be remembered, ≥ 1.</param>
    /// <param name="symbols">How many symbols there are, ≥ 2.</param>
    public static Dataset CopyTask(int count, Generator generator, int blanks = 50, int length = 5, int symbols = 8)
    {
        ArgumentCheck.NotNull(generator);
        CheckCount(count, 1);
        if (blanks < 0 || length < 1 || symbols < 2)
            throw new ArgumentException($"The copy task needs 0 or more blanks, a length of 1 or more and 2 or more symbols, got " +
                $"{blanks}, {length} and {symbols}.");
        int times = 2 * length + blanks, go = length + blanks, tokens = symbols + 2;
        float[] x = new float[count * times * tokens];
        int[] y = new int[count * times];
        for (int n = 0; n < count; n++)
        for (int t = 0; t < times; t++)
        {
            int token = t < length ? 1 + generator.Integer(symbols) : t == go ? symbols + 1 : 0;
            x[(n * times + t) * tokens + token] = 1;
            if (t < length) y[n * times + go + t] = token;
        }
        return new(Tensor.From(x, count, times, tokens), Tensor.From(y, count, times))
        {
            Name = "copy task",
            Description = $"Sequences of {length} symbols to be written down again after {blanks} blanks.",
            Source = Synthetic,
        };
    }
}
