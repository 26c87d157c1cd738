namespace DeepLearning.Benchmarks;

/// <summary>
/// A character model: a vector for each of 64 characters, an LSTM, and a dense layer that scores the next character at every time.
/// </summary>
internal static class CharLstm
{
    private const int Batch = 32, Times = 32, Characters = 64, Features = 64, Hidden = 128;

    /// <summary>The arithmetic of its matrix products: forward, and for both operands backward.</summary>
    public static double Flop => 3 * 2.0 * Batch * Times * (4 * Hidden * (Features + Hidden) + Hidden * Characters);

    /// <summary>A step with Adam and cross-entropy over all times of sequences of random characters.</summary>
    public static Action Step(int sequences = Batch, int times = Times)
    {
        Generator generator = new(0);
        Sequential model = new(new Embedding(Characters, Features, generator), new Lstm(Features, Hidden, generator),
            new Dense(Hidden, Characters, generator));
        return new TrainingStep(model, new Adam(model.Parameters), new SparseCategoricalCrossEntropy(fromLogits: true),
            TrainingStep.RandomTexts(generator, Characters, sequences, times)).Run;
    }
}
