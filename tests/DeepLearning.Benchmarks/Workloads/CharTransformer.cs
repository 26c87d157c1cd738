namespace DeepLearning.Benchmarks;

/// <summary>
/// A character model: vectors for 64 characters and for their places, two blocks of a transformer, and a dense layer that scores the next
/// character at every time.
/// </summary>
internal static class CharTransformer
{
    private const int Characters = 64, Features = 128, Heads = 4, Hidden = 256;

    /// <summary>A step with Adam and cross-entropy over all times of sequences of random characters; dropout as usual.</summary>
    public static Action Step(int sequences, int times)
    {
        Generator generator = new(0);
        Sequential model = new(new Embedding(Characters, Features, generator), new LearnedPositions(times, Features, generator),
            new TransformerEncoder(layers: 2, Features, Heads, Hidden, generator), new Dense(Features, Characters, generator));
        return new TrainingStep(model, new Adam(model.Parameters), new SparseCategoricalCrossEntropy(fromLogits: true),
            TrainingStep.RandomTexts(generator, Characters, sequences, times)).Run;
    }
}
