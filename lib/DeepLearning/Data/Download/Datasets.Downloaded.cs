namespace DeepLearning;

public static partial class Datasets
{
    // The checksums are those that torchvision (MNIST), the set's own repository (Fashion-MNIST) and the set's own page (CIFAR-10) state.
    private static readonly RemoteFile[] s_mnistFiles =
    [
        new("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        new("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
        new("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
        new("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
    ];

    private static readonly RemoteFile[] s_fashionFiles =
    [
        new("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        new("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        new("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
        new("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
    ];

    private static readonly RemoteFile s_cifarFile = new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530");

    /// <summary>
    /// MNIST: 60 000 handwritten digits to learn from and 10 000 to test on, 28 × 28, downloaded on first use (12 MB) and kept.
    /// </summary>
    /// <remarks>
    /// x: [N, 1, 28, 28] from 0 (paper) to 1 (ink); y: [N]. In the memory 47 million numbers; <see cref="DownloadOptions.Limit"/> reads
    /// fewer.
    /// </remarks>
    /// <param name="options">Folder, mirror, limit, progress.</param>
    /// <param name="cancellation">Stops the download; what has arrived is kept, and the next call goes on from there.</param>
    /// <exception cref="IOException">The files cannot be had; the message says what was tried and where to put them by hand.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or another one.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public static (Dataset Train, Dataset Test) Mnist(DownloadOptions? options = null, CancellationToken cancellation = default) =>
        ReadMnist("mnist", s_mnistFiles, ["https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/"],
            options, cancellation, Numbered(10),
            "Handwritten digits of about 500 writers, 28 × 28 pixels.",
            "Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits, from data of NIST.");

    /// <summary>
    /// Fashion-MNIST: pictures of ten kinds of clothes in the form of MNIST, which they are meant to replace: harder. Downloaded on first
    /// use (31 MB) and kept.
    /// </summary>
    /// <inheritdoc cref="Mnist"/>
    public static (Dataset Train, Dataset Test) FashionMnist(DownloadOptions? options = null, CancellationToken cancellation = default) =>
        ReadMnist("fashion-mnist", s_fashionFiles,
            ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
            options, cancellation,
            ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
            "Clothes, 28 × 28 pixels, from 0 (background) to 1.",
            "H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, 2017; " +
                "MIT licence.");

    /// <summary>
    /// CIFAR-10: 50 000 colour photographs of ten kinds to learn from and 10 000 to test on, 32 × 32, downloaded on first use (170 MB) and
    /// kept.
    /// </summary>
    /// <remarks>
    /// x: [N, 3, 32, 32], red, green and blue from 0 to 1; y: [N]. In the memory 184 million numbers (0.7 GB);
    /// <see cref="DownloadOptions.Limit"/> reads fewer.
    /// </remarks>
    /// <inheritdoc cref="Mnist" path="/param"/>
    /// <inheritdoc cref="Mnist" path="/exception"/>
    public static (Dataset Train, Dataset Test) Cifar10(DownloadOptions? options = null, CancellationToken cancellation = default) =>
        ReadCifar(s_cifarFile, options, cancellation);

    internal static (Dataset Train, Dataset Test) ReadCifar(RemoteFile file, DownloadOptions? options, CancellationToken cancellation)
    {
        DownloadOptions chosen = CheckLimit(options);
        ((float[] X, int[] Y) train, (float[] X, int[] Y) test) = CifarArchive.Read(
            new Downloader("cifar-10", [new Uri("https://www.cs.toronto.edu/~kriz/")], chosen).Get(file, cancellation), chosen.Limit);
        return (Make(train), Make(test));

        static Dataset Make((float[] X, int[] Y) part) =>
            new(Tensor.From(part.X, part.Y.Length, 3, 32, 32), Tensor.From(part.Y, part.Y.Length),
            ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"])
        {
            Name = "CIFAR-10",
            Description = "Colour photographs, 32 × 32 pixels.",
            Source = "A. Krizhevsky, Learning multiple layers of features from tiny images, 2009.",
        };
    }

    internal static (Dataset Train, Dataset Test) ReadMnist(string set, RemoteFile[] files, string[] homes, DownloadOptions? options,
        CancellationToken cancellation, string[] classes, string description, string source)
    {
        DownloadOptions chosen = CheckLimit(options);
        Downloader downloader = new(set, [.. homes.Select(home => new Uri(home))], chosen);
        string[] paths = [.. files.Select(file => downloader.Get(file, cancellation))];
        return (Make(paths[0], paths[1]), Make(paths[2], paths[3]));

        Dataset Make(string images, string labels)
        {
            (int[] shape, byte[] pixels) = IdxFile.ReadBytes(images, 3, chosen.Limit);
            (int[] count, byte[] numbers) = IdxFile.ReadBytes(labels, 1, chosen.Limit);
            if (count[0] != shape[0])
                throw new InvalidDataException($"'{images}' has {shape[0]} images and '{labels}' {count[0]} labels; delete both and " +
                    "run again.");
            return new(Tensor.From(Array.ConvertAll(pixels, pixel => pixel / 255f), shape[0], 1, shape[1], shape[2]),
                Tensor.From(Array.ConvertAll(numbers, number => (int)number), count[0]), classes)
            {
                Name = set,
                Description = description,
                Source = source,
            };
        }
    }

    private static DownloadOptions CheckLimit(DownloadOptions? options) => options is { Limit: < 1 }
        ? throw new ArgumentOutOfRangeException(nameof(options), options.Limit,
            $"Limit is a number of samples, 1 or more; got {options.Limit}.")
        : options ?? new();
}
