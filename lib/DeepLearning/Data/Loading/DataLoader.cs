using System.Collections;

namespace DeepLearning;

/// <summary>
/// Deals a data set in batches. Each walk through it is one epoch; with a generator every epoch has an order of its own, and the same seed gives
/// the same sequence of epochs.
/// </summary>
/// <example><code>
/// DataLoader loader = new(train, batchSize: 32, shuffle: new Generator(1));
/// foreach (var (x, y) in loader) …
/// </code></example>
public sealed class DataLoader : IEnumerable<(Tensor X, Tensor Y)>
{
    private readonly Generator? _shuffle;
    private readonly bool _dropLast;

    /// <param name="data">What to deal.</param>
    /// <param name="batchSize">Samples in a batch, ≥ 1; the last one of an epoch may be smaller.</param>
    /// <param name="shuffle">Draws the order of each epoch; null keeps the order of the data.</param>
    /// <param name="dropLast">Leave out a smaller last batch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or so large that dropLast leaves no batch.</exception>
    public DataLoader(Dataset data, int batchSize, Generator? shuffle = null, bool dropLast = false)
    {
        if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch needs at least 1 sample, got {batchSize}.");
        if (dropLast && batchSize > data.Count)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize,
                $"With dropLast, batches of {batchSize} leave none of '{data.Name}' with {data.Count} samples; use a batch size of {data.Count} or less.");
        (Data, BatchSize, _shuffle, _dropLast) = (data, batchSize, shuffle, dropLast);
    }

    /// <summary>What is dealt.</summary>
    public Dataset Data { get; }

    /// <summary>Samples in a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>What it draws random numbers from: none if it keeps the order of the data.</summary>
    public IEnumerable<Generator> Generators => _shuffle is null ? [] : [_shuffle];

    /// <summary>Batches in an epoch.</summary>
    public int Count => _dropLast ? Data.Count / BatchSize : (Data.Count + BatchSize - 1) / BatchSize;

    /// <summary>The sample indices of each batch of the next epoch; a training loop copies them with <see cref="Dataset.Batch"/> inside its scope.</summary>
    public IEnumerable<int[]> Epoch()
    {
        int[] order = _shuffle?.Permutation(Data.Count) ?? [.. Enumerable.Range(0, Data.Count)];
        for (int b = 0; b < Count; b++)
        {
            int start = b * BatchSize;
            yield return order[start..Math.Min(start + BatchSize, order.Length)];
        }
    }

    /// <summary>The batches of the next epoch.</summary>
    public IEnumerator<(Tensor X, Tensor Y)> GetEnumerator() => Epoch().Select(Data.Batch).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
