namespace DeepLearning.Benchmarks;

/// <summary>
/// One step of training as everybody writes it: clear the gradients, loss, backward pass, step; in turn on each of a few batches.
/// </summary>
internal sealed class TrainingStep(Layer model, Optimizer optimizer, Loss loss, (Tensor X, Tensor Y)[] batches)
{
    private int _next;

    public void Run()
    {
        (Tensor x, Tensor y) = batches[_next++ % batches.Length];
        using (Tensor.Scope())
        {
            optimizer.ClearGradients();
            Tensor value = loss.Forward(model.Forward(x), y);
            value.Backward();
            optimizer.Step();
        }
    }

    /// <summary>Random inputs in [0, 1) and labels.</summary>
    public static (Tensor X, Tensor Y)[] RandomBatches(Generator generator, int batch, int classes, params int[] sample) =>
        [.. Enumerable.Range(0, 16).Select(_ => (Tensor.Uniform(generator, 0, 1, [batch, .. sample]),
            Tensor.From([.. Enumerable.Range(0, batch).Select(_ => generator.Integer(classes))])))];

    /// <summary>Sequences of random characters, and as many to be foretold.</summary>
    public static (Tensor X, Tensor Y)[] RandomTexts(Generator generator, int characters, int sequences, int times)
    {
        return [.. Enumerable.Range(0, 16).Select(_ => (Text(), Text()))];

        Tensor Text() =>
            Tensor.From([.. Enumerable.Range(0, sequences * times).Select(_ => generator.Integer(characters))], sequences, times);
    }
}
