using System.Globalization;

namespace DeepLearning.Tests.Gpu;

/// <summary>
/// A whole training, as a student would write it but for the device: LeNet for images of 8 × 8 on the digits. On the device it reads as
/// many of the held-out fifth as on the CPU, up to a few that rounding decides.
/// </summary>
public abstract class LeNetTests(GpuDevice device, ITestOutputHelper output)
{
    private static readonly Lazy<double> s_onCpu = new(() => Accuracy(Device.Cpu));

    [Fact]
    public void ReachesTheAccuracyOfTheCpu()
    {
        double here = Accuracy(device);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LeNet on digits: {device.Name} {here:P2}, cpu {s_onCpu.Value:P2}"));
        Assert.True(s_onCpu.Value > 0.96, $"{s_onCpu.Value:P2} on the CPU");
        Assert.InRange(here, s_onCpu.Value - 0.012, 1);
    }

    private static double Accuracy(Device device)
    {
        const int Epochs = 6;
        const double Rate = 0.006;
        Dataset digits = Datasets.Digits(images: true);
        (Dataset train, Dataset test) = digits.WithX(digits.X / 16).Split(0.8, new Generator(1));
        Generator generator = new(2);
        Sequential model = new(
            new Conv2d(1, 6, 5, generator, padding: 2), new Relu(), new MaxPool2d(2),
            new Conv2d(6, 16, 3, generator, padding: 1), new Relu(), new MaxPool2d(2), new Flatten(),
            new Dense(64, 120, generator), new Relu(), new Dense(120, 84, generator), new Relu(), new Dense(84, 10, generator));
        model.To(device);
        DataLoader loader = new(train, 32, new Generator(3));
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, Rate))
        {
            Metrics = [Metric.Accuracy], Progress = null, Schedule = new CosineDecay(Rate, Epochs * loader.Count),
        };
        trainer.Fit(loader, Epochs);
        return trainer.Evaluate(test)["accuracy"];
    }
}

public sealed class LeNetOnCuda(ITestOutputHelper output) : LeNetTests(Devices.Cuda, output);

public sealed class LeNetOnOpenCL(ITestOutputHelper output) : LeNetTests(Devices.OpenCL, output);

public sealed class LeNetOnTheProcessor(ITestOutputHelper output) : LeNetTests(Devices.Processor, output);
