namespace DeepLearning;

/// <summary>
/// Samples to learn from: features <see cref="X"/> and targets <see cref="Y"/>, row i of both being sample i, with names for people.
/// </summary>
/// <remarks>
/// Targets of a classification are labels: y: [N], whole numbers 0 … C − 1. <see cref="OneHot"/> gives y: [N, C] for a softmax with one
/// output a class, <see cref="Column"/> gives y: [N, 1] for a single sigmoid output. A regression has no <see cref="Classes"/> and any y:
/// [N, …].
/// </remarks>
/// <example><code>
/// Dataset iris = Datasets.Iris();
/// var (train, test) = iris.Split(0.8, new Generator(1));
/// </code></example>
public sealed partial class Dataset
{
    private readonly int[]? _labels;

    /// <param name="x">Features, [N, …] with N ≥ 1.</param>
    /// <param name="y">Targets, [N, …].</param>
    /// <param name="classes">A name for each class, in the order of the labels; none for a regression.</param>
    /// <param name="features">A name for each column of a matrix x; may be left out.</param>
    /// <exception cref="ArgumentException">
    /// No samples, counts that differ, names that do not match the columns, or targets that are not labels of the classes.
    /// </exception>
    public Dataset(Tensor x, Tensor y, IReadOnlyList<string>? classes = null, IReadOnlyList<string>? features = null)
    {
        ArgumentCheck.NotNull(x);
        ArgumentCheck.NotNull(y);
        if (x.Rank == 0 || y.Rank == 0)
            throw new ArgumentException($"A data set needs one row per sample in x and y, got shapes {x.Shape} and {y.Shape}.");
        if (x.Shape[0] == 0) throw new ArgumentException($"A data set needs at least one sample, got x of shape {x.Shape}.");
        if (x.Shape[0] != y.Shape[0])
            throw new ArgumentException($"x has {x.Shape[0]} samples and y has {y.Shape[0]}; every row of x needs its target.");
        (X, Y, Classes, Features) = (x, y, classes ?? [], features ?? []);
        if (Features.Count > 0 && (x.Rank != 2 || x.Shape[1] != Features.Count))
            throw new ArgumentException($"{Features.Count} feature names need x of shape [N, {Features.Count}], got {x.Shape}.");
        if (Classes.Count > 0) _labels = LabelsOf(y, Classes.Count);
    }

    /// <summary>Features, [N, …].</summary>
    public Tensor X { get; }

    /// <summary>Targets, [N, …].</summary>
    public Tensor Y { get; }

    /// <summary>N, the number of samples.</summary>
    public int Count => X.Shape[0];

    /// <summary>The names of the classes in the order of the labels; empty for a regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The names of the columns of <see cref="X"/>; empty where they have none, such as pixels.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>A short name, for messages and titles.</summary>
    public string Name { get; init; } = "data";

    /// <summary>What a sample is, in a sentence or two.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where it is from, and its licence.</summary>
    public string Source { get; init; } = "";

    /// <summary>The class of every sample.</summary>
    /// <exception cref="InvalidOperationException">This is a regression.</exception>
    public IReadOnlyList<int> Labels => _labels
        ?? throw new InvalidOperationException($"'{Name}' has no classes, so its targets {Y.Shape} are not labels.");

    /// <summary>The samples with the given indices, in that order; an index may come twice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Dataset Subset(params int[] indices)
    {
        (Tensor x, Tensor y) = Batch(indices);
        return With(x, y, Features);
    }

    /// <summary>Features and targets of the samples with the given indices.</summary>
    /// <inheritdoc cref="Subset" path="/exception"/>
    public (Tensor X, Tensor Y) Batch(int[] indices)
    {
        ArgumentCheck.NotNull(indices);
        foreach (int i in indices)
        {
            if ((uint)i >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), i,
                    $"Sample {i} does not exist; '{Name}' has samples 0 to {Count - 1}.");
        }
        return (X.Rows(indices), Y.Rows(indices));
    }

    /// <summary>The same targets with other features, such as scaled or reshaped ones.</summary>
    /// <param name="x">[N, …]</param>
    public Dataset WithX(Tensor x) => With(x, Y, x.Rank == 2 && x.Shape[1] == Features.Count ? Features : []);

    /// <summary>The same data on another device.</summary>
    public Dataset To(Device device) => With(X.To(device), Y.To(device), Features);

    /// <summary>Targets as rows with a single 1, y: [N] → [N, C].</summary>
    /// <exception cref="InvalidOperationException">This is a regression.</exception>
    public Dataset OneHot() => With(X, Tensor.OneHot(Column().Y.Reshape(Count), Classes.Count), Features);

    /// <summary>Labels as a column, y: [N] → [N, 1], to compare with a single output.</summary>
    /// <exception cref="InvalidOperationException">This is a regression.</exception>
    public Dataset Column()
    {
        using IDisposable _ = Device.Use(Y.Device);
        return With(X, Tensor.From([.. Labels], Count, 1), Features);
    }

    /// <summary>How many samples each class has.</summary>
    /// <exception cref="InvalidOperationException">This is a regression.</exception>
    public int[] CountByClass()
    {
        int[] counts = new int[Classes.Count];
        foreach (int label in Labels) counts[label]++;
        return counts;
    }

    /// <summary>Name, size and classes in a line.</summary>
    public override string ToString() =>
        $"{Name}: {Count} samples, x {X.Shape}, y {Y.Shape}" + (Classes.Count > 0 ? $", classes {string.Join(", ", Classes)}" : "");

    private Dataset With(Tensor x, Tensor y, IReadOnlyList<string> features) =>
        new(x, y, Classes, features) { Name = Name, Description = Description, Source = Source };

    private static int[] LabelsOf(Tensor y, int classes)
    {
        bool oneHot = y.Rank == 2 && y.Shape[1] == classes && classes > 1;
        if (!oneHot && y.Count != y.Shape[0])
            throw new ArgumentException($"With {classes} classes, y must be labels [N] or [N, 1] or rows [N, {classes}], got {y.Shape}.");
        double[] values = y.ToDoubles();
        int[] labels = new int[y.Shape[0]];
        for (int i = 0; i < labels.Length; i++)
        {
            double label = oneHot ? LargestIn(values.AsSpan(i * classes, classes)) : values[i];
            if (label != Math.Floor(label) || label < 0 || label >= classes)
                throw new ArgumentException($"Label {i} must be a whole number from 0 to {classes - 1}, got {label}.");
            labels[i] = (int)label;
        }
        return labels;
    }

    private static int LargestIn(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[best]) best = i;
        }
        return best;
    }
}
