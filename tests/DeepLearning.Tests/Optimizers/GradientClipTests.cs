namespace DeepLearning.Tests.Optimizers;

public class GradientClipTests
{
    private readonly Parameter _a = new("a", Tensor.From([1.0, 1]), isWeight: true), _b = new("b", Tensor.From([1.0]), isWeight: false),
        _idle = new("idle", Tensor.From([1.0]), isWeight: true);

    // g = (2, −3) for a and 6 for b: |g| = 7.
    private Parameter[] Gradients()
    {
        (_a * Tensor.From([2.0, -3])).Sum().Backward();
        (6 * _b).Sum().Backward();
        return [_a, _b, _idle];
    }

    [Fact]
    public void ByNormKeepsTheDirectionAndReturnsTheNormBefore()
    {
        Parameter[] all = Gradients();
        Assert.Equal(7, GradientClip.ByNorm(all, 3.5), 6);
        Assert.Equal(new[] { 1f, -1.5f }, _a.Gradient!.ToArray());
        Assert.Equal(new[] { 3f }, _b.Gradient!.ToArray());
        Assert.Equal(3.5, GradientClip.Norm(all), 6);
    }

    [Fact]
    public void AShortGradientIsLeftAlone()
    {
        Assert.Equal(7, GradientClip.ByNorm(Gradients(), 7.5), 6);
        Assert.Equal(new[] { 2f, -3f }, _a.Gradient!.ToArray());
    }

    [Fact]
    public void ByValueLimitsEachNumber()
    {
        GradientClip.ByValue(Gradients(), 2.5);
        Assert.Equal(new[] { 2f, -2.5f }, _a.Gradient!.ToArray());
        Assert.Equal(new[] { 2.5f }, _b.Gradient!.ToArray());
    }

    [Theory, InlineData(double.NaN, "NaN"), InlineData(double.PositiveInfinity, "too large")]
    public void AGradientThatIsNotFiniteIsNamed(double factor, string why)
    {
        (_b * factor).Sum().Backward();
        string message = Assert.Throws<ArithmeticException>(() => GradientClip.ByNorm(Gradients(), 1)).Message;
        Assert.Contains("'b' [1]", message);
        Assert.Contains(why, message);
    }

    [Fact]
    public void TheThresholdMustBePositive()
    {
        Assert.Contains("above 0, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => GradientClip.ByNorm(Gradients(), 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClip.ByValue(Gradients(), double.NaN));
    }
}
