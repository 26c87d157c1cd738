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
        InEvaluationMode(() =>
        {
            foreach (int[] batch in new DataLoader(data, batchSize).Epoch())
            {
                CheckStop(cancellation);
                using var _ = Tensor.Scope();
                var (x, y) = data.Batch(batch);
                Tensor target = y.To(ModelDevice), prediction = Model.Forward(x.To(ModelDevice));
                means.Add(_loss(prediction, target).ToDouble(), prediction, target);
            }
        });
        return new Evaluation(means.Loss, means.Metrics);
    }

    /// <summary>The model's output for many samples, in evaluation mode and in batches.</summary>
    /// <param name="x">[N, …], N ≥ 1.</param>
    /// <param name="batchSize">Samples at a time, for memory only.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[N, …]</returns>
    public Tensor Predict(Tensor x, int batchSize = EvaluationBatch, CancellationToken cancellation = default)
    {
        if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch needs at least 1 sample, got {batchSize}.");
        if (x.Rank == 0 || x.Shape[0] == 0) throw new ArgumentException($"Predict needs samples [N, …] with N of 1 or more, got {x.Shape}.");
        List<Tensor> parts = [];
        InEvaluationMode(() =>
        {
            for (int start = 0; start < x.Shape[0]; start += batchSize)
            {
                CheckStop(cancellation);
                using var _ = Tensor.Scope();
                Tensor samples = x.Slice(0, start, Math.Min(batchSize, x.Shape[0] - start));
                parts.Add(Model.Forward(samples.To(ModelDevice)).Keep());
            }
        });
        if (parts.Count == 1) return parts[0];
        Tensor all = Tensor.Concatenate(0, parts.ToArray());
        foreach (Tensor part in parts) part.Dispose();
        return all;
    }

    private void InEvaluationMode(Action action)
    {
        using IDisposable modes = Model.Evaluating(), quiet = Tensor.NoGradient();
        action();
    }
}
