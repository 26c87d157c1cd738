using System.Collections;

namespace DeepLearning;

/// <summary>
/// Deals a data set in batches. Each walk through it is one epoch; with a generator every epoch has an order of its own, and the same seed
/// gives the same sequence of epochs. It can change the samples at random, and prepare batches ahead on a thread of its own; the numbers
/// are the same either way.
/// </summary>
/// <example><code>
/// var (train, test) = Datasets.Digits().Split(0.8, new Generator(1));
/// DataLoader loader = new(train, batchSize: 32, shuffle: new Generator(2));
/// foreach (var (x, y) in loader) Console.WriteLine($"{x.Shape} {y.Shape}");
/// </code></example>
public sealed class DataLoader : IEnumerable<(Tensor X, Tensor Y)>
{
    private readonly Generator? _shuffle;
    private readonly bool _dropLast;
    private readonly Augmentation? _augment;
    private readonly Generator? _random;
    private readonly int _prefetch;

    /// <param name="data">What to deal.</param>
    /// <param name="batchSize">Samples in a batch, ≥ 1; the last one of an epoch may be smaller.</param>
    /// <param name="shuffle">Draws the order of each epoch; null keeps the order of the data.</param>
    /// <param name="dropLast">Leave out a smaller last batch.</param>
    /// <param name="augment">Changes each batch; null leaves it as it is.</param>
    /// <param name="random">
    /// Draws the changes: one seed an epoch, from which each batch gets its own. Needed with <paramref name="augment"/>.
    /// </param>
    /// <param name="prefetch">How many batches may be prepared ahead on another thread, ≥ 0; 0 prepares each when it is asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> is below 1, or so large that dropLast leaves no batch, or prefetch is negative.
    /// </exception>
    /// <exception cref="ArgumentException">An augmentation has no generator.</exception>
    public DataLoader(Dataset data, int batchSize, Generator? shuffle = null, bool dropLast = false, Augmentation? augment = null,
        Generator? random = null, int prefetch = 0)
    {
        ArgumentCheck.NotNull(data);
        if (prefetch < 0)
            throw new ArgumentOutOfRangeException(nameof(prefetch), prefetch,
                $"prefetch is a number of batches, 0 or more; got {prefetch}.");
        if (augment is not null && random is null)
            throw new ArgumentException("An augmentation draws random numbers; give the loader a generator for them: random: new " +
                "Generator(seed).");
        if (batchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch needs at least 1 sample, got {batchSize}.");
        if (dropLast && batchSize > data.Count)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize,
                $"With dropLast, batches of {batchSize} leave none of '{data.Name}' with {data.Count} samples; use a batch size of " +
                    $"{data.Count} or less.");
        (Data, BatchSize, _shuffle, _dropLast) = (data, batchSize, shuffle, dropLast);
        (_augment, _random, _prefetch) = (augment, random, prefetch);
    }

    /// <summary>What is dealt.</summary>
    public Dataset Data { get; }

    /// <summary>Samples in a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>
    /// What it draws random numbers from: none if it keeps the order of the data and changes nothing. They move at the beginning of an
    /// epoch only.
    /// </summary>
    public IEnumerable<Generator> Generators => new[] { _shuffle, _augment is null ? null : _random }.OfType<Generator>();

    /// <summary>Batches in an epoch.</summary>
    public int Count => _dropLast ? Data.Count / BatchSize : (Data.Count + BatchSize - 1) / BatchSize;

    /// <summary>The sample indices of each batch of the next epoch.</summary>
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
    public IEnumerator<(Tensor X, Tensor Y)> GetEnumerator() => Batches().Select(batch => batch()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The batches of the next epoch; each, when called, gives its tensors to the scope that is open then.</summary>
    internal IEnumerable<Func<(Tensor X, Tensor Y)>> Batches()
    {
        int[][] batches = [.. Epoch()];
        ulong seed = _augment is null ? 0 : _random!.Split().Seed;
        IEnumerable<Func<(Tensor X, Tensor Y)>> prepare =
            batches.Select((samples, b) => (Func<(Tensor X, Tensor Y)>)(() => Prepare(samples, seed + (ulong)b)));
        // Data on a card is dealt by the card, which runs ahead by itself; its work comes from one thread at a time.
        bool onHost = Data.X.Device == Device.Cpu || Data.X.Device == Device.Reference;
        return _prefetch == 0 || !onHost ? prepare : Prefetch.Run(prepare, _prefetch);
    }

    private (Tensor X, Tensor Y) Prepare(int[] samples, ulong seed)
    {
        (Tensor x, Tensor y) = Data.Batch(samples);
        return _augment?.Apply(x, y, new Generator(seed)) ?? (x, y);
    }
}
