using System.Collections.Concurrent;

namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Whole steps of training end with the numbers of the reference, the same ones each time, and nothing in them waits for the card.
/// </summary>
public abstract class TrainingTests(GpuKind kind)
{
    // Their own, so that no other test makes them wait.
    private static readonly ConcurrentDictionary<GpuKind, GpuDevice> s_devices = new();

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    private static readonly Dictionary<string, Func<Generator, Layer>> s_networks = new()
    {
        ["dense"] = g => new Sequential(new Dense(64, 24, g), new Relu(), new LayerNorm(24), new Dense(24, 10, g)),
        ["convolutions"] = g => new Sequential(new Reshape(1, 8, 8), new Conv2d(1, 4, 3, g, padding: 1, bias: false), new BatchNorm2d(4),
            new Relu(), new MaxPool2d(2), new Flatten(), new Dense(64, 10, g)),
        ["LSTM"] = g => new Sequential(new Reshape(8, 8), new Lstm(8, 6, g), new Flatten(), new Dropout(0.2, g), new Dense(48, 10, g)),
        ["GRU"] = g => new Sequential(new Reshape(8, 8), new Gru(8, 6, g), new Flatten(), new Dense(48, 10, g)),
        ["transformer"] = g => new Sequential(new Embedding(17, 8, g), new TransformerEncoderLayer(8, 2, 12, g, dropout: 0), new Flatten(),
            new Dense(512, 10, g)),
    };

    [Theory, MemberData(nameof(Networks))]
    public void AgreesWithTheReference(string network)
    {
        GpuDevice device = s_devices.GetOrAdd(kind, kind => Devices.New(kind));
        double[] expected = Train(Device.Reference, network), actual = Train(device, network);
        Golden.Close(expected, actual, 1e-4);
        Assert.Equal(actual, Train(device, network));
    }

    // The weights after two steps of 16 digits.
    private static double[] Train(Device device, string network)
    {
        using Device.DeviceSwitch _ = Device.Use(device);
        Dataset digits = Datasets.Digits();
        Layer model = s_networks[network](new Generator(7));
        Optimizer optimizer = new Momentum(model.Parameters, learningRate: 0.05);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        for (int step = 0; step < 2; step++)
        {
            using (Tensor.Scope())
            {
                (Tensor x, Tensor y) = digits.Batch([.. Enumerable.Range(16 * step, 16)]);
                optimizer.ClearGradients();
                Tensor input = (network == "transformer" ? x : x / 16).To(device), labels = y.To(device);
                int before = (device as GpuDevice)?.Waits ?? 0;
                loss.Forward(model.Forward(input), labels).Backward();
                optimizer.Step();
                Assert.Equal(before, (device as GpuDevice)?.Waits ?? 0);
            }
        }
        return [.. model.Parameters.SelectMany(p => p.ToDoubles())];
    }
}

public sealed class TrainingOnTheProcessor() : TrainingTests(GpuKind.Cpu);

public sealed class TrainingOnCuda() : TrainingTests(GpuKind.Cuda);

public sealed class TrainingOnOpenCL() : TrainingTests(GpuKind.OpenCL);
