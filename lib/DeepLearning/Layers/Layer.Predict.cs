namespace DeepLearning;

public abstract partial class Layer
{
    /// <summary>
    /// The output for some samples as the finished model gives it: in evaluation mode and without a graph. Afterwards this layer and each
    /// within it is in the mode it was in before.
    /// </summary>
    /// <param name="x">What <see cref="Forward"/> takes, such as [N, …]; it is brought to the device of the parameters.</param>
    /// <param name="batchSize">How many samples to compute at a time, for memory only, ≥ 1; null, the default, for all at once.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>What <see cref="Forward"/> gives, such as [N, out].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">Batches are asked for, and x has no samples.</exception>
    /// <example><code>
    /// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dropout(0.5, new Generator(2)),
    ///     new Dense(8, 3, new Generator(3)));
    /// Tensor x = Tensor.Normal(new Generator(4), 0, 1, 10, 4);
    /// Tensor classes = model.Predict(x).ArgMax();      // nothing is dropped
    /// </code></example>
    public Tensor Predict(Tensor x, int? batchSize = null, CancellationToken cancellation = default)
    {
        ArgumentCheck.NotNull(x);
        using IDisposable modes = Evaluating(), quiet = Tensor.NoGradient();
        Device device = Parameters.FirstOrDefault()?.Device ?? x.Device;
        if (batchSize is not { } size) return Forward(x.To(device));
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), size, $"A batch needs at least 1 sample, got {size}.");
        if (x.Rank == 0 || x.Shape[0] == 0)
            throw new ArgumentException($"Predict needs samples [N, …] with N of 1 or more, got {x.Shape}.");
        List<Tensor> parts = [];
        for (int start = 0; start < x.Shape[0]; start += size)
        {
            Interruption.Check(cancellation);
            using TensorScope _ = Tensor.Scope();
            Tensor samples = x.Slice(0, start, Math.Min(size, x.Shape[0] - start));
            parts.Add(Forward(samples.To(device)).Keep());
        }
        if (parts.Count == 1) return parts[0];
        Tensor all = Tensor.Concatenate(0, parts.ToArray());
        foreach (Tensor part in parts) part.Dispose();
        return all;
    }
}
