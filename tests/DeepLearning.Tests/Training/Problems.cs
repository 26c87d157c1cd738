namespace DeepLearning.Tests.Training;

/// <summary>Small trainings that tests share.</summary>
internal static class Problems
{
    public static Dataset Blobs(int count = 150) => Datasets.Blobs(count, new Generator(3), noise: 0.5);

    public static Sequential Net(ulong seed = 1) =>
        new(new Dense(2, 8, new Generator(seed)), new Tanh(), new Dense(8, 3, new Generator(seed + 100)));

    public static Trainer Quiet(Layer model, Callback[]? callbacks = null, double rate = 0.05, Schedule? schedule = null,
        Metric[]? metrics = null) =>
        new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, rate))
        {
            Metrics = metrics ?? [Metric.Accuracy], Callbacks = callbacks ?? [], Schedule = schedule, Progress = null,
        };

    public static DataLoader Batches(Dataset data, ulong seed = 7) => new(data, 32, new Generator(seed));

    public static float[] Weights(Layer model) => [.. model.Parameters.SelectMany(p => p.ToArray())];
}
