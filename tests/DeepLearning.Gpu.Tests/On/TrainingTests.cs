namespace DeepLearning.Tests.Gpu;

/// <summary>Whole steps of training end with the numbers of the reference, and the same ones each time.</summary>
public class TrainingTests
{
    public static TheoryData<string> Networks => [.. s_networks.Keys];

    private static readonly Dictionary<string, Func<Generator, Layer>> s_networks = new()
    {
        ["dense"] = g => new Sequential(new Dense(64, 24, g), new Relu(), new LayerNorm(24), new Dense(24, 10, g)),
        ["convolutions"] = g => new Sequential(new Reshape(1, 8, 8), new Conv2d(1, 4, 3, g, padding: 1, bias: false), new BatchNorm2d(4), new Relu(), new MaxPool2d(2),
            new Flatten(), new Dense(64, 10, g)),
    };

    [Theory, MemberData(nameof(Networks))]
    public void AgreesWithTheReference(string network)
    {
        double[] expected = Train(Device.Reference, network), actual = Train(Devices.Processor, network);
        Golden.Close(expected, actual, 1e-4);
        Assert.Equal(actual, Train(Devices.Processor, network));
    }

    // The weights after four steps of 16 digits.
    private static double[] Train(Device device, string network)
    {
        using var _ = Device.Use(device);
        Dataset digits = Datasets.Digits();
        Layer model = s_networks[network](new Generator(7));
        Optimizer optimizer = new Adam(model.Parameters, learningRate: 0.01);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        for (int step = 0; step < 4; step++)
        {
            using (Tensor.Scope())
            {
                var (x, y) = digits.Batch([.. Enumerable.Range(16 * step, 16)]);
                optimizer.ClearGradients();
                loss.Forward(model.Forward((x / 16).To(device)), y.To(device)).Backward();
                optimizer.Step();
            }
        }
        return [.. model.Parameters.SelectMany(p => p.ToDoubles())];
    }
}
