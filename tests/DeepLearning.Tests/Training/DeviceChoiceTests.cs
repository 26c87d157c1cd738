using DeepLearning.Tests.Devices.Parity;

namespace DeepLearning.Tests.Training;

public sealed class DeviceChoiceTests : IDisposable
{
    private static readonly Device s_card = new Card();

    private readonly string _folder = Directory.CreateTempSubdirectory("crossover-test-").FullName;

    private sealed class Card : ComposedDevice
    {
        public override string Name => "card";

        public override bool IsAccelerator => true;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The card overtakes the CPU at batch × width of 64 × 32.
    private static readonly Crossover s_crossover = new("card", "the CPU", [new(64, 16, 2, 4), new(64, 64, 8, 4)]);

    private static Sequential Net(int width) =>
        new(new Dense(width, width, new Generator(1)), new Relu(), new Dense(width, width, new Generator(2)));

    private static DeviceChoice Choose(Layer model, int batch, Crossover? crossover = null, params int[] sample) =>
        DeviceChoice.Decide(model, batch, sample, () => s_card, _ => crossover ?? s_crossover);

    [Fact]
    public void WorkDecides()
    {
        DeviceChoice small = Choose(Net(31), 64), large = Choose(Net(33), 64);
        Assert.Same(Device.Cpu, small.Device);
        Assert.Equal(
            "The CPU: a step of this model at batch 64, samples of [31], is as much work as batch × width of about 2,000, and only from " +
            "about 2,000 on card is faster here.",
            small.Why);
        Assert.Same(s_card, large.Device);
        Assert.Equal(
            "card: a step of this model at batch 64, samples of [33], is as much work as batch × width of about 2,100, and from about " +
            "2,000 on it is faster here.",
            large.ToString());
    }

    [Fact]
    public void FourTimesTheBatchMakesUpForHalfTheWidth()
    {
        Assert.Same(s_card, Choose(Net(17), 256).Device);
        Assert.Same(Device.Cpu, Choose(Net(15), 256).Device);
    }

    [Fact]
    public void NeverAndAlwaysAreReasons()
    {
        Crossover never = new("card", "the CPU", [new(64, 16, 2, 4)]), always = new("card", "the CPU", [new(64, 16, 4, 2)]);
        Assert.EndsWith("and at no size measured, up to 1,024, card is faster here.", Choose(Net(2000), 64, never).Why);
        Assert.Same(Device.Cpu, Choose(Net(2000), 64, never).Device);
        Assert.EndsWith("and it is faster here at all sizes measured.", Choose(Net(1), 1, always).Why);
        Assert.Same(s_card, Choose(Net(1), 1, always).Device);
    }

    [Fact]
    public void WithoutACardItIsTheCpu()
    {
        DeviceChoice none = DeviceChoice.Decide(Net(2), 64, [], () => throw new NotSupportedException("None here."),
            _ => throw new InvalidOperationException());
        Assert.Equal((Device.Cpu, "None here."), (none.Device, none.Why));
        DeviceChoice standIn = DeviceChoice.Decide(Net(2), 64, [], () => Device.Reference,
            _ => throw new InvalidOperationException("not measured"));
        Assert.Equal((Device.Cpu, "The CPU: reference is reference."), (standIn.Device, standIn.Why));
        DeviceChoice broken = DeviceChoice.Decide(Net(2), 64, [], () => s_card,
            _ => throw new InvalidOperationException("It does not answer."));
        Assert.Equal((Device.Cpu, "It does not answer."), (broken.Device, broken.Why));
    }

    [Fact]
    public void HereItIsTheCpu()
    {
        // The tests are built without a GPU device.
        Assert.Same(Device.Cpu, Device.Best(Net(4), 64));
        Assert.Contains("course gpu enable", DeviceChoice.For(Net(4), 64, 4).Why);
    }

    [Fact]
    public void TheSampleIsFoundFromTheLayers()
    {
        Generator g = new(1);
        Assert.Equal([28], ModelWork.Of(new Sequential(new Dense(28, 3, g)), []).Sample!.Dims.ToArray());
        Assert.Equal([1, 28, 28], ModelWork.Of(LeNet(g), []).Sample!.Dims.ToArray());
        Assert.Equal([1, 8, 8], ModelWork.Of(new Sequential(new Reshape(1, 8, 8), new Conv2d(1, 4, 3, g), new Flatten(),
            new Dense(144, 10, g)), []).Sample!.Dims.ToArray());
        Assert.Equal([32], ModelWork.Of(new Sequential(new Embedding(5, 7, g), new Lstm(7, 3, g)), []).Sample!.Dims.ToArray());
        Assert.Equal([32, 3], ModelWork.Of(new Sequential(new Lstm(3, 4, g)), []).Sample!.Dims.ToArray());
        Assert.Equal([16, 3],
            ModelWork.Of(new Sequential(new Lstm(3, 4, g), new Flatten(), new Dense(64, 1, g)), []).Sample!.Dims.ToArray());
        Assert.Equal([2, 32], ModelWork.Of(new Sequential(new Conv1d(2, 4, 3, g)), []).Sample!.Dims.ToArray());
    }

    private static Sequential LeNet(Generator g) => new(new Conv2d(1, 6, 5, g, padding: 2), new Relu(), new MaxPool2d(2),
        new Conv2d(6, 16, 5, g), new Relu(), new MaxPool2d(2), new Flatten(), new Dense(400, 120, g), new Relu(), new Dense(120, 84, g),
        new Relu(), new Dense(84, 10, g));

    [Fact]
    public void EveryProductIsAStep()
    {
        Generator g = new(1);
        Assert.Equal(5, ModelWork.Of(LeNet(g), [1, 28, 28]).Steps);
        Assert.Equal(LeNet(g).Summary(1, 28, 28).MultiplyAdds, ModelWork.Of(LeNet(g), []).MultiplyAdds);
        Assert.Equal(11, ModelWork.Of(new Sequential(new Lstm(3, 4, g), new Dense(4, 1, g)), [10, 3]).Steps);
        Dense twice = new(4, 4, g);
        Assert.Equal(2, ModelWork.Of(new Sequential(twice, twice), [4]).Steps);
    }

    [Fact]
    public void OfAModelThatTakesNoSampleTheParametersAreCounted()
    {
        Lambda other = new(x => throw new ArgumentException("two inputs"));
        ModelWork work = ModelWork.Of(new Sequential(new Dense(3, 4, new Generator(1)), other), []);
        Assert.Equal((null, 12L, 1L), (work.Sample, work.MultiplyAdds, work.Steps));
        Assert.Contains("of which only the parameters could be counted",
            Choose(new Sequential(new Dense(3, 4, new Generator(1)), other), 64).Why);
        Assert.Equal(0, ModelWork.Of(new Relu(), []).Steps);
        Assert.Contains("about 0,", Choose(new Relu(), 64).Why);
        Assert.Throws<ArgumentException>(() => Choose(Net(4), 64, null, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Choose(Net(4), 0));
    }

    [Fact]
    public void WhatWasMeasuredIsKept()
    {
        Assert.Null(CrossoverFile.Read(_folder, s_card));
        CrossoverFile.Write(_folder, s_card, s_crossover);
        Crossover kept = CrossoverFile.Read(_folder, s_card)!;
        Assert.Equal(s_crossover.Points, kept.Points);
        Assert.Equal(s_crossover.ToString(), kept.ToString());
        Assert.Null(CrossoverFile.Read(_folder, Device.Reference));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Key\":")]
    [InlineData("[1, 2]")]
    [InlineData(
        "{\"Key\":\"another machine\",\"Device\":\"card\",\"Baseline\":\"the CPU\",\"Points\":[{\"Batch\":64,\"Width\":8," +
        "\"BaselineSeconds\":1,\"DeviceSeconds\":1}]}")]
    public void ADamagedFileOrOneOfAnotherMachineIsNone(string content)
    {
        File.WriteAllText(CrossoverFile.PathOf(_folder, s_card), content);
        Assert.Null(CrossoverFile.Read(_folder, s_card));
    }

    [Fact]
    public void TimesThatCannotBeAreNone()
    {
        CrossoverFile.Write(_folder, s_card, new Crossover("card", "the CPU", [new(64, 8, 0, 1)]));
        Assert.Null(CrossoverFile.Read(_folder, s_card));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsNoError()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        CrossoverFile.Write(file, s_card, s_crossover);
        Assert.Null(CrossoverFile.Read(file, s_card));
    }

    [Fact]
    public void ItIsMeasuredOnce()
    {
        Card card = new();
        Crossover first = Crossover.Of(card, _folder), second = Crossover.Of(card, _folder), elsewhere = Crossover.Of(new Card(), _folder);
        Assert.Same(first, second);
        Assert.NotSame(first, elsewhere);
        Assert.Equal(first.Points, elsewhere.Points);
        Assert.NotEqual(first.Points, Crossover.Of(card, _folder, anew: true).Points);
    }
}
