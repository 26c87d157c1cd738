namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>Two parts in random order: one to learn from, and the rest to test on.</summary>
    /// <param name="train">The share to learn from, in (0, 1).</param>
    /// <param name="generator">Deals the samples.</param>
    /// <param name="stratified">
    /// Cut every class by itself, so that each keeps its share in all parts, to less than one sample. Without classes it makes no
    /// difference.
    /// </param>
    /// <exception cref="ArgumentException">A share is outside (0, 1), or a part (of a class, if stratified) would be empty.</exception>
    public (Dataset Train, Dataset Test) Split(double train, Generator generator, bool stratified = true)
    {
        CheckShare(train, nameof(train));
        Dataset[] parts = Deal([train], generator, stratified);
        return (parts[0], parts[1]);
    }

    /// <summary>Three parts in random order: one to learn from, one to choose with, and the rest to test on.</summary>
    /// <param name="train">The share to learn from, in (0, 1).</param>
    /// <param name="validation">The share to choose with, in (0, 1); both together below 1.</param>
    /// <param name="generator">Deals the samples.</param>
    /// <param name="stratified">Cut every class by itself; see <see cref="Split(double, Generator, bool)"/>.</param>
    /// <inheritdoc cref="Split(double, Generator, bool)" path="/exception"/>
    public (Dataset Train, Dataset Validation, Dataset Test) Split(double train, double validation, Generator generator,
        bool stratified = true)
    {
        CheckShare(train, nameof(train));
        CheckShare(validation, nameof(validation));
        if (train + validation >= 1)
            throw new ArgumentException($"train {train} and validation {validation} must sum to less than 1, so that samples are left to " +
                "test on.");
        Dataset[] parts = Deal([train, train + validation], generator, stratified);
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>Walks through the samples in random order; how many of its class came before decides the part a sample goes to.</summary>
    private Dataset[] Deal(double[] bounds, Generator generator, bool stratified)
    {
        ArgumentCheck.NotNull(generator);
        bool byClass = stratified && _labels is not null;
        int[] sizes = byClass ? CountByClass() : [Count];
        int[][] ends = [.. sizes.Select(size => (int[])[.. bounds.Select(b => (int)Math.Round(b * size, MidpointRounding.AwayFromZero)),
            size])];
        for (int c = 0; c < sizes.Length; c++) CheckParts(ends[c], sizes[c], byClass ? Classes[c] : null);

        List<int>[] parts = [.. Enumerable.Range(0, bounds.Length + 1).Select(_ => new List<int>())];
        int[] seen = new int[sizes.Length];
        foreach (int i in generator.Permutation(Count))
        {
            int c = byClass ? _labels![i] : 0;
            int part = Array.FindIndex(ends[c], end => seen[c] < end);
            parts[part].Add(i);
            seen[c]++;
        }
        return [.. parts.Select(part => Subset([.. part]))];
    }

    private void CheckParts(int[] ends, int size, string? className)
    {
        if (size == 0) return;
        int start = 0;
        foreach (int end in ends)
        {
            if (end == start)
                throw new ArgumentException(className is null
                    ? $"{size} samples of '{Name}' are too few for this split: a part would be empty."
                    : $"Class '{className}' of '{Name}' has {size} samples, too few for each part to get one; use stratified: false or " +
                        "other shares.");
            start = end;
        }
    }

    private static void CheckShare(double share, string name)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(name, share, $"{name} must be a share between 0 and 1, got {share}.");
    }
}
