namespace DeepLearning.Tests.Schedules;

/// <summary>Against torch.optim.lr_scheduler (1.13.1) where it has the schedule, and against the notes' formula.</summary>
public class ScheduleTests
{
    private static void AssertRates(Schedule schedule, params double[] expected)
    {
        for (int t = 0; t < expected.Length; t++) Assert.Equal(expected[t], schedule.Rate(t), 1e-12);
    }

    [Fact] // lr_scheduler.StepLR(o, 3, gamma=0.5)
    public void StepDecay() => AssertRates(new StepDecay(0.1, 0.5, 3), 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025);

    [Fact] // lr_scheduler.MultiStepLR(o, [2, 5], gamma=0.1)
    public void PiecewiseConstant() => AssertRates(new PiecewiseConstant([0.1, 0.01, 0.001], [2, 5]), 0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001);

    [Fact] // lr_scheduler.ExponentialLR(o, gamma=math.exp(-0.2))
    public void ExponentialDecay() => AssertRates(new ExponentialDecay(0.1, 0.2), 0.1, 0.0818730753078, 0.0670320046036, 0.0548811636094, 0.0449328964117);

    [Fact] // until(lr_scheduler.CosineAnnealingLR(o, 6, eta_min=0.01), 6)  # where PyTorch's rises again, ours stays
    public void CosineDecay() => AssertRates(new CosineDecay(0.1, 6, 0.01), 0.1, 0.0939711431703, 0.0775, 0.055, 0.0325, 0.0160288568297, 0.01, 0.01, 0.01);

    [Fact] // lr_scheduler.LinearLR(o, start_factor=0.25, total_iters=3)
    public void WarmUp() => AssertRates(new WarmUp(4, 0.1), 0.025, 0.05, 0.075, 0.1, 0.1);

    [Fact]
    public void WarmUpThenAnother() => AssertRates(new WarmUp(2, new StepDecay(0.1, 0.5, 2)), 0.05, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025);

    [Fact]
    public void PolynomialDecay() => AssertRates(new PolynomialDecay(0.1, alpha: 2, beta: 0.5), 0.1, 0.1 / 2.25, 0.1 / 4, 0.1 / 6.25, 0.1 / 9);

    [Fact]
    public void InEpochs() => AssertRates(new ExponentialDecay(1, Math.Log(2)).InEpochs(3), 1, 1, 1, 0.5, 0.5, 0.5, 0.25);

    [Fact]
    public void WrongSettingsAreNamed()
    {
        Assert.Contains("one boundary fewer", Assert.Throws<ArgumentException>(() => new PiecewiseConstant([0.1, 0.2], [])).Message);
        Assert.Contains("increase", Assert.Throws<ArgumentException>(() => new PiecewiseConstant([1, 2, 3], [5, 5])).Message);
        Assert.Contains("initial must be 0 or more, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(-1, 1)).Message);
        Assert.Contains("every must be 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(1, 1, 0)).Message);
        Assert.Contains("steps", Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(0, 0.1)).Message);
    }
}
