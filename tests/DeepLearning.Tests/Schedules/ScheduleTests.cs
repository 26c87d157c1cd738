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
    public void PiecewiseConstant() => AssertRates(new PiecewiseConstant([0.1, 0.01, 0.001], [2, 5]),
        0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001);

    [Fact] // lr_scheduler.ExponentialLR(o, gamma=math.exp(-0.2))
    public void ExponentialDecay() => AssertRates(new ExponentialDecay(0.1, 0.2),
        0.1, 0.0818730753078, 0.0670320046036, 0.0548811636094, 0.0449328964117);

    [Fact] // until(lr_scheduler.CosineAnnealingLR(o, 6, eta_min=0.01), 6)  # where PyTorch's rises again, ours stays
    public void CosineDecay() => AssertRates(new CosineDecay(0.1, 6, 0.01),
        0.1, 0.0939711431703, 0.0775, 0.055, 0.0325, 0.0160288568297, 0.01, 0.01, 0.01);

    [Fact] // lr_scheduler.LinearLR(o, start_factor=0.25, total_iters=3)
    public void WarmUp() => AssertRates(new WarmUp(4, 0.1), 0.025, 0.05, 0.075, 0.1, 0.1);

    [Fact]
    public void WarmUpThenAnother() => AssertRates(new WarmUp(2, new StepDecay(0.1, 0.5, 2)), 0.05, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025);

    [Fact] // lr_scheduler.OneCycleLR(o, 0.1, total_steps=20)
    public void OneCycle() => AssertRates(new OneCycle(0.1, 20),
        0.004, 0.01316718427, 0.03716718427, 0.06683281573, 0.09083281573, 0.1, 0.0987464006235, 0.0950484632013, 0.0890916177571,
        0.081174565395, 0.0716943001791, 0.0611262021936, 0.0500002, 0.0388741978064, 0.0283060998209, 0.018825834605, 0.0109087822429,
        0.00495193679865, 0.00125399937649, 4e-07);

    [Fact] // lr_scheduler.OneCycleLR(o, 0.2, total_steps=10, pct_start=0.45, anneal_strategy='linear', div_factor=10, final_div_factor=100)
    public void OneCycleLinear() => AssertRates(new OneCycle(0.2, 10, 0.45, 10, 100, linear: true),
        0.02, 0.0714285714286, 0.122857142857, 0.174285714286, 0.181836363636, 0.145509090909, 0.109181818182, 0.0728545454545,
        0.0365272727273, 0.0002);

    [Fact] // lr_scheduler.OneCycleLR(o, 0.1, total_steps=12, pct_start=0.4, three_phase=True)
    public void OneCycleInThreePhases() => AssertRates(new OneCycle(0.1, 12, 0.4, threePhase: true),
        0.004, 0.019490484562, 0.0559638085827, 0.089878744451, 0.0993453425633, 0.0782535115899, 0.0402166966172, 0.00978525994209,
        0.00386495796436, 0.00254747124755, 0.000795051254169, 4e-07);

    [Fact] // lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=4)
    public void Cyclic() => AssertRates(new Cyclic(0.01, 0.1, 4),
        0.01, 0.0325, 0.055, 0.0775, 0.1, 0.0775, 0.055, 0.0325, 0.01, 0.0325, 0.055, 0.0775, 0.1, 0.0775, 0.055, 0.0325, 0.01, 0.0325,
        0.055, 0.0775);

    [Fact] // lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=3, step_size_down=5, mode='triangular2')
    public void CyclicHalving() => AssertRates(new Cyclic(0.01, 0.1, 3, 5, CyclicMode.Triangular2),
        0.01, 0.04, 0.07, 0.1, 0.082, 0.064, 0.046, 0.028, 0.01, 0.025, 0.04, 0.055, 0.046, 0.037, 0.028, 0.019, 0.01, 0.0175, 0.025,
        0.0325, 0.028, 0.0235, 0.019, 0.0145, 0.01, 0.01375, 0.0175, 0.02125);

    [Fact] // lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=3, mode='exp_range', gamma=0.9)
    public void CyclicShrinking() => AssertRates(new Cyclic(0.01, 0.1, 3, mode: CyclicMode.ExpRange, gamma: 0.9),
        0.01, 0.037, 0.0586, 0.07561, 0.049366, 0.0277147, 0.01, 0.024348907, 0.0358280326, 0.04486784401, 0.030920706406,
        0.0194143178827, 0.01, 0.017625597485, 0.023726075473, 0.0285302018885);

    [Fact] // lr_scheduler.CosineAnnealingWarmRestarts(o, 5)
    public void CosineWarmRestarts() => AssertRates(new CosineWarmRestarts(0.1, 5),
        0.1, 0.0904508497187, 0.0654508497187, 0.0345491502813, 0.00954915028125, 0.1, 0.0904508497187, 0.0654508497187, 0.0345491502813,
        0.00954915028125, 0.1, 0.0904508497187, 0.0654508497187, 0.0345491502813, 0.00954915028125, 0.1);

    [Fact] // lr_scheduler.CosineAnnealingWarmRestarts(o, 3, T_mult=2, eta_min=0.01)
    public void CosineWarmRestartsOfGrowingLength() => AssertRates(new CosineWarmRestarts(0.1, 3, 2, 0.01),
        0.1, 0.0775, 0.0325, 0.1, 0.0939711431703, 0.0775, 0.055, 0.0325, 0.0160288568297, 0.1, 0.098466662183, 0.0939711431703,
        0.0868198051534, 0.0775, 0.0666468570296, 0.055, 0.0433531429704, 0.0325, 0.0231801948466, 0.0160288568297, 0.011533337817, 0.1,
        0.0996150187618, 0.098466662183);

    [Fact]
    public void AOneCycleIsOverAfterItsLastStep()
    {
        Assert.Equal(4e-7, new OneCycle(0.1, 20).Rate(1000), 1e-15);
        AssertRates(new OneCycle(0.1, 4, rise: 0), 0.1, 0.0750001, 0.0250003, 4e-7);
        AssertRates(new OneCycle(0.1, 1), 4e-7);
    }

    // The same numbers after thousands of steps as after a few.
    [Fact]
    public void CyclesGoOnForever()
    {
        Schedule cyclic = new Cyclic(0.01, 0.1, 3, 5), restarts = new CosineWarmRestarts(0.1, 7);
        for (int t = 0; t < 8; t++) Assert.Equal(cyclic.Rate(t), cyclic.Rate(t + 8_000_000), 1e-12);
        for (int t = 0; t < 7; t++) Assert.Equal(restarts.Rate(t), restarts.Rate(t + 7_000_000), 1e-12);
        Assert.Equal(0.1, new CosineWarmRestarts(0.1, 1, 2).Rate(int.MaxValue), 1e-12);
        Assert.Equal(1, new Cyclic(0, 1, int.MaxValue).Rate(int.MaxValue), 1e-12);
    }

    [Fact]
    public void PolynomialDecay() => AssertRates(new PolynomialDecay(0.1, alpha: 2, beta: 0.5),
        0.1, 0.1 / 2.25, 0.1 / 4, 0.1 / 6.25, 0.1 / 9);

    [Fact]
    public void InEpochs() => AssertRates(new ExponentialDecay(1, Math.Log(2)).InEpochs(3), 1, 1, 1, 0.5, 0.5, 0.5, 0.25);

    [Fact]
    public void WrongSettingsAreNamed()
    {
        Assert.Contains("one boundary fewer", Assert.Throws<ArgumentException>(() => new PiecewiseConstant([0.1, 0.2], [])).Message);
        Assert.Contains("increase", Assert.Throws<ArgumentException>(() => new PiecewiseConstant([1, 2, 3], [5, 5])).Message);
        Assert.Contains("initial must be 0 or more, got -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(-1, 1)).Message);
        Assert.Contains("every must be 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(1, 1, 0)).Message);
        Assert.Contains("steps", Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(0, 0.1)).Message);
        Assert.Contains("rise must be from 0 to 0.5, got 0.6",
            Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(1, 9, 0.6, threePhase: true)).Message);
        Assert.Contains("finalDivisor must be a finite number above 0, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(1, 9, finalDivisor: 0)).Message);
        Assert.Contains("maximum must be at least the minimum 0.2, got 0.1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Cyclic(0.2, 0.1)).Message);
        Assert.Contains("gamma must be above 0 and at most 1, got NaN",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Cyclic(0, 1, gamma: double.NaN)).Message);
        Assert.Contains("multiplier must be 1 or more, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => new CosineWarmRestarts(1, 5, 0)).Message);
        Assert.Contains("minimum must be a finite number of 0 or more, got NaN",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(minimum: double.NaN)).Message);
        Assert.Contains("pass what follows", Assert.Throws<ArgumentNullException>(() => new WarmUp(5, null!)).Message);
        Assert.Contains("got null", Assert.Throws<ArgumentNullException>(() => new PiecewiseConstant(null!, [])).Message);
        Assert.Contains("got null", Assert.Throws<ArgumentNullException>(() => new PiecewiseConstant([1], null!)).Message);
    }
}
