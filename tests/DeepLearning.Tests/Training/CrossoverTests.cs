namespace DeepLearning.Tests.Training;

public class CrossoverTests
{
    private static Crossover Of(params (int Width, double Cpu, double Card)[] times) =>
        new("cuda", "the CPU", [.. times.Select(t => new CrossoverPoint(64, t.Width, t.Cpu, t.Card))]);

    [Fact]
    public void ItLiesOnAStraightLineThroughTheLogarithms()
    {
        // Half as fast at one point and twice at the next: at their geometric mean.
        Crossover crossover = Of((8, 1, 8), (16, 2, 4), (64, 8, 4), (128, 32, 4));
        Assert.Equal(64 * 32, crossover.At, 1e-9);
        Assert.False(crossover.IsFasterAt(2047));
        Assert.True(crossover.IsFasterAt(2049));
        Assert.Equal("Below batch × width of about 2,000 (batch 64, layers 32 wide) the CPU is faster here than cuda.",
            crossover.ToString());
        // Four times nearer to one side.
        Assert.Equal(64 * 8 * Math.Pow(4, 0.2), Of((8, 1, 2), (32, 16, 1)).At, 1e-9);
    }

    [Fact]
    public void TheLastCrossingCounts() => Assert.Equal(64 * 32, Of((8, 2, 1), (16, 1, 2), (64, 2, 1)).At, 1e-9);

    [Fact]
    public void NeverAndAlwaysAreSaid()
    {
        Crossover never = Of((8, 1, 8), (2048, 4, 4)), always = Of((8, 8, 1), (16, 8, 1));
        Assert.Equal(double.PositiveInfinity, never.At);
        Assert.False(never.IsFasterAt(1e12));
        Assert.Equal(
            "Up to batch × width of 131,072 (batch 64, layers 2,048 wide), the largest measured, the CPU is faster here than cuda.",
            never.ToString());
        Assert.Equal(0, always.At);
        Assert.True(always.IsFasterAt(0));
        Assert.Equal("From batch × width of 512 (batch 64, layers 8 wide), the smallest measured, cuda is faster here than the CPU.",
            always.ToString());
    }

    [Fact]
    public void DevicesAreMeasuredFromSmallToLarge()
    {
        List<CrossoverPoint> told = [];
        Crossover crossover = Crossover.Measure(Device.Reference, batch: 4, widths: [4, 8], seconds: 30, progress: new Listener(told));
        Assert.Equal([16, 32], crossover.Points.Select(point => point.Size));
        Assert.Equal(crossover.Points, told);
        Assert.All(crossover.Points, point => Assert.True(point is { BaselineSeconds: > 0, DeviceSeconds: > 0 }));
        Assert.Equal(("reference", "the CPU"), (crossover.Device, crossover.Baseline));
        Assert.Equal("reference", Crossover.Measure(Device.Cpu, Device.Reference, widths: [2], seconds: 0.01).Baseline);
    }

    [Fact]
    public void NaiveLoopsNeverOvertakeTheCpu() =>
        Assert.Equal(double.PositiveInfinity, Crossover.Measure(Device.Reference, widths: [64, 128], seconds: 1).At);

    [Fact]
    public void TheFirstWidthIsMeasuredHoweverLittleTimeThereIs() =>
        Assert.Single(Crossover.Measure(Device.Reference, widths: [16, 32, 64], seconds: 1e-9).Points);

    [Fact]
    public void WrongArgumentsAndAStopAreErrors()
    {
        Assert.Contains("batch", Assert.Throws<ArgumentOutOfRangeException>(() => Crossover.Measure(Device.Reference, batch: 0)).Message);
        Assert.Contains("Widths", Assert.Throws<ArgumentException>(() => Crossover.Measure(Device.Reference, widths: [4, 0])).Message);
        Assert.Contains("Widths", Assert.Throws<ArgumentException>(() => Crossover.Measure(Device.Reference, widths: [])).Message);
        Assert.Throws<ArgumentException>(() => new Crossover("cuda", "the CPU", []));
        Interruption.Watch(new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => Crossover.Measure(Device.Reference, widths: [4]));
    }

    private sealed class Listener(List<CrossoverPoint> told) : IProgress<CrossoverPoint>
    {
        public void Report(CrossoverPoint value) => told.Add(value);
    }
}
