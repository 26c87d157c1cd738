namespace DeepLearning;

/// <summary>Where a data set that is not shipped comes from and goes to.</summary>
/// <example><code>
/// DownloadOptions options = new() { Folder = "data", Limit = 1000 };
/// Console.WriteLine(options.Patience);      // Datasets.Mnist(options) would download
/// </code></example>
public sealed record DownloadOptions
{
    /// <summary>
    /// Where the files are kept, so that they come over the network only once; a folder of the user's local application data unless given.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// A mirror: the folder that holds the files under their names. Null means the set's own addresses, one after the other.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Read only so many samples of each part, the first ones; null reads all.</summary>
    public int? Limit { get; init; }

    /// <summary>How long nothing may arrive before an address is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who is told how it goes; a <see cref="DownloadLog"/> unless set, null for nobody.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; } = new DownloadLog();
}

/// <summary>How far a download is.</summary>
/// <param name="File">What is downloaded.</param>
/// <param name="Received">Bytes that are here, those of an earlier attempt among them.</param>
/// <param name="Total">Bytes in all, if the server said so.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total);

/// <summary>Writes a line at the beginning of a download, at each quarter, and at the end.</summary>
public sealed class DownloadLog : IProgress<DownloadProgress>
{
    private (string File, long Quarter) _last;

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        long quarter = value.Total is > 0 and var total ? 4 * value.Received / total : 0;
        if (_last == (value.File, quarter)) return;
        _last = (value.File, quarter);
        Console.WriteLine($"{value.File}: {value.Received / 1e6:F1} MB" + (value.Total is { } all ? $" of {all / 1e6:F1} MB" : ""));
    }
}
