namespace DeepLearning.Tests.Teaching;

public class ClaimTests
{
    [Fact]
    public void ATrueClaimIsShownWithATick() => Assert.Equal("✓ 2 is even", Claim.That("2 is even", 2 % 2 == 0));

    [Fact]
    public void AFalseClaimStopsTheLesson() =>
        Assert.Equal("✗ not so: 3 is even", Assert.Throws<ClaimException>(() => Claim.That("3 is even", 3 % 2 == 0)).Message);

    [Fact]
    public void NumbersAreComparedWithinTheTolerance()
    {
        Assert.Equal("✓ E = 0.5, expected 0.50001, difference 1.0e-05", Claim.Equal("E", 0.5, 0.50001, 2e-5));
        Assert.Throws<ClaimException>(() => Claim.Equal("E", 0.5, 0.50001, 1e-6));
    }

    [Theory, InlineData(double.NaN, 1), InlineData(1, double.NaN), InlineData(double.NaN, double.NaN)]
    public void NaNEqualsNothing(double actual, double expected) =>
        Assert.Throws<ClaimException>(() => Claim.Equal("x", actual, expected, 1));
}
