namespace DeepLearning;

public sealed partial class Trainer
{
    private const int EvaluationBatch = 512;

    /// <summary>Loss and metrics on some data, the model in evaluation mode.</summary>
    /// <param name="data">What to measure on.</param>
    /// <param name="batchSize">Samples at a time, for memory only.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public Evaluation Evaluate(Dataset data, int batchSize = EvaluationBatch, CancellationToken cancellation = default)
    {
        RunningMeans means = new(Metrics, _lossIsSum);
        using IDisposable modes = Model.Evaluating(), quiet = Tensor.NoGradient();
        foreach (int[] batch in new DataLoader(data, batchSize).Epoch())
        {
            Interruption.Check(cancellation);
            using var _ = Tensor.Scope();
            var (x, y) = data.Batch(batch);
            Tensor target = y.To(ModelDevice), prediction = Model.Forward(x.To(ModelDevice));
            means.Add(_loss(prediction, target).ToDouble(), prediction, target);
        }
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
