using System.Globalization;

namespace DeepLearning;

/// <summary>How a model does on some data.</summary>
/// <param name="Loss">The mean over the samples, weighed as the loss weighs them.</param>
/// <param name="Metrics">By name.</param>
/// <example><code>
/// Dataset iris = Datasets.Iris();
/// var model = new Dense(4, 3, new Generator(1));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Metrics = [Metric.Accuracy] };
/// Evaluation result = trainer.Evaluate(iris);
/// Console.WriteLine($"{result.Loss} {result["accuracy"]}");
/// </code></example>
public sealed record Evaluation(double Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>One of the metrics.</summary>
    public double this[string metric] => Metrics.TryGetValue(metric, out double value)
        ? value
        : throw new ArgumentException($"'{metric}' was not measured; add it to the trainer's Metrics, which are: " +
            $"{string.Join(", ", Metrics.Keys)}.");

    /// <summary>Such as <c>loss 0.312  accuracy 0.88</c>.</summary>
    public override string ToString() => string.Join("  ",
        Metrics.Prepend(KeyValuePair.Create("loss", Loss)).Select(m => string.Create(CultureInfo.InvariantCulture,
            $"{m.Key} {m.Value:G4}")));
}
