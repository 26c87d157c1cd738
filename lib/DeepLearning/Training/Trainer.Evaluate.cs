namespace DeepLearning;

public sealed partial class Trainer
{
    private const int EvaluationBatch = 512;

    /// <summary>
    /// Loss and metrics on some data, the model in evaluation mode. The loss is the mean over all terms, weighed as the loss weighs them:
    /// it does not depend on the size of the batches. A loss given as a function is the mean over batches, weighed by their samples.
    /// </summary>
    /// <param name="data">What to measure on.</param>
    /// <param name="batchSize">Samples at a time, for memory only.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">Nothing in the data counts, since all labels are ignored.</exception>
    public Evaluation Evaluate(Dataset data, int batchSize = EvaluationBatch, CancellationToken cancellation = default)
    {
        ArgumentCheck.NotNull(data);
        RunningMeans means = new(Metrics, LossIsSum);
        using IDisposable modes = Model.Evaluating(), quiet = Tensor.NoGradient();
        foreach (int[] batch in new DataLoader(data, batchSize).Epoch())
        {
            Interruption.Check(cancellation);
            using TensorScope _ = Tensor.Scope();
            (Tensor x, Tensor y) = data.Batch(batch);
            Tensor target = y.To(ModelDevice), prediction = Model.Forward(x.To(ModelDevice));
            if (LossIsSum || _known?.PassesOver(target) != true) means.AddLoss(LossOf(prediction, target, out double weight).ToDouble(),
                weight);
            means.AddMetrics(prediction, target);
        }
        if (means.IsEmpty)
            throw new ArgumentException($"Nothing in '{data.Name}' counts, since all its labels are ignored or of weight 0, so there is " +
                "no mean loss; " +
                "check the labels against the loss's ignoreLabel and classWeights.");
        return new Evaluation(means.Loss, means.Metrics);
    }

    /// <summary>The model's output for many samples, in evaluation mode and in batches.</summary>
    /// <param name="x">[N, …], N ≥ 1.</param>
    /// <param name="batchSize">Samples at a time, for memory only.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[N, …]</returns>
    public Tensor Predict(Tensor x, int batchSize = EvaluationBatch, CancellationToken cancellation = default) =>
        Model.Predict(x, batchSize, cancellation);
}
