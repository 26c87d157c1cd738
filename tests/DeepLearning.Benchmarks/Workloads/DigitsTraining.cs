namespace DeepLearning.Benchmarks;

/// <summary>The UCI digits with a network of 64-64-10: ReLU, Adam, batches of 32 in an order that every epoch draws anew.</summary>
internal sealed class DigitsTraining
{
    private readonly Dataset _train, _test;
    private readonly DataLoader _batches;
    private readonly Sequential _model;
    private readonly Optimizer _optimizer;
    private readonly SparseCategoricalCrossEntropy _loss = new(fromLogits: true);

    public DigitsTraining(ulong seed)
    {
        Dataset digits = Datasets.Digits();
        (_train, _test) = digits.WithX(digits.X / 16).Split(0.8, new Generator(0));
        Generator generator = new(seed);
        _batches = new DataLoader(_train, batchSize: 32, shuffle: generator.Split());
        _model = new Sequential(new Dense(64, 64, generator), new Relu(), new Dense(64, 10, generator));
        _optimizer = new Adam(_model.Parameters);
    }

    public void Epoch()
    {
        foreach (int[] batch in _batches.Epoch())
        {
            using (Tensor.Scope())
            {
                (Tensor x, Tensor y) = _train.Batch(batch);
                _optimizer.ClearGradients();
                Tensor loss = _loss.Forward(_model.Forward(x), y);
                loss.Backward();
                _optimizer.Step();
            }
        }
    }

    /// <summary>On the fifth of the samples that was held out.</summary>
    public double Accuracy()
    {
        using IDisposable quiet = Tensor.NoGradient();
        return Tensor.Equal(_model.Forward(_test.X).ArgMax(), _test.Y).Mean().ToDouble();
    }
}
