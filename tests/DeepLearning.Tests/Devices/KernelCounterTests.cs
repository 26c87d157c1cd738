namespace DeepLearning.Tests.Devices;

public class KernelCounterTests
{
    [Fact]
    public void AStepIsTheSameAndItsKernelsAreCounted()
    {
        KernelCounter counter = new(Device.Cpu);
        Assert.Equal(Step(Device.Cpu), Step(counter));
        // The running means of batch normalization and the optimizer.
        Assert.Equal(2, counter.Counts["Update"]);
        Assert.Equal(1, counter.Counts["CrossEntropy"]);
        Assert.Equal(counter.Counts.Values.Sum(), counter.Total);
        counter.Clear();
        Assert.Equal(0, counter.Total);
        Assert.Equal("cpu, counted", counter.Name);
    }

    [Fact]
    public void TensorsAreOnItAndNotOnTheDeviceInside()
    {
        KernelCounter counter = new(Device.Cpu);
        Tensor x = Tensor.From([1, 2], 2).To(counter);
        Assert.Same(counter, (x + x).Device);
        Assert.Equal(1, counter.Counts["Binary"]);
        using (Device.Use(counter))
        using (Tensor.Scope()) _ = Tensor.Ones(1000);
        Assert.Same(Device.Cpu, Tensor.Ones(1000).Device);          // a block given back is the other device's again
    }

    [Fact]
    public void NoKernelIsForgotten()
    {
        string[] own = ["Upload", "Download", "Free"];
        Assert.All(typeof(Device).GetMethods().Where(m => m.IsVirtual && m.ReturnType == typeof(void) && !own.Contains(m.Name)), kernel =>
            Assert.True(typeof(KernelCounter).GetMethod(kernel.Name,
                [.. kernel.GetParameters().Select(p => p.ParameterType)])!.DeclaringType == typeof(KernelCounter),
                $"KernelCounter must count {kernel.Name}: give it its line in KernelCounter.Kernels.cs."));
    }

    private static double[] Step(Device device)
    {
        using Device.DeviceSwitch _ = Device.Use(device);
        Generator g = new(1);
        Sequential model = new(new Conv2d(1, 2, 3, g), new BatchNorm2d(2), new Relu(), new Flatten(), new Dense(72, 10, g));
        Adam optimizer = new(model.Parameters);
        using (Tensor.Scope())
        {
            new SparseCategoricalCrossEntropy(fromLogits: true)
                .Forward(model.Forward(Tensor.Normal(g, 0, 1, 4, 1, 8, 8)), Tensor.From([1, 0, 3, 2], 4)).Backward();
            optimizer.Step();
        }
        return [.. model.Parameters.SelectMany(p => p.ToDoubles())];
    }
}
