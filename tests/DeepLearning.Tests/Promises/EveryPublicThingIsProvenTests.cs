namespace DeepLearning.Tests.Promises;

/// <summary>
/// Every public layer, loss, penalty and operation has a row of PyTorch's numbers and one of central differences; every optimizer,
/// initializer and schedule has the first. Whoever adds one without rows finds its name here.
/// </summary>
public class EveryPublicThingIsProvenTests
{
    [Fact]
    public void EveryThingHasAGoldenRow() => NothingIn(Without(WithoutGoldenRow(), Exceptions.NoGoldenRow),
        "without a golden row: add one beside its like (tests/README.md), or a reason to Exceptions.NoGoldenRow");

    [Fact]
    public void EveryThingWithADerivativeHasAGradientRow() => NothingIn(Without(WithoutGradientRow(), Exceptions.NoGradientRow),
        "without a row that compares its gradient with differences: add one (tests/README.md), or a reason to Exceptions.NoGradientRow");

    [Fact]
    public void NoExceptionIsStale()
    {
        NothingIn(Stale(Exceptions.NoComputation, PublicThings.All), "in Exceptions.NoComputation, but not in the library");
        NothingIn(Stale(Exceptions.NoDerivative, PublicThings.All), "in Exceptions.NoDerivative, but not in the library");
        NothingIn(Stale(Exceptions.NoGoldenRow, WithoutGoldenRow()), "in Exceptions.NoGoldenRow, but not without one");
        NothingIn(Stale(Exceptions.NoGradientRow, WithoutGradientRow()), "in Exceptions.NoGradientRow, but not without one");
    }

    [Fact]
    public void ThereIsMuchToProve()
    {
        string[] names = [.. PublicThings.All.Select(thing => thing.Name)];
        Assert.True(names.Length > 220, $"There are only {names.Length} public things.");
        string[] some =
        [
            "Relu", "Huber", "Adam", "HeNormal", "StepDecay", "L1Penalty", "Tensor.op_Addition(Tensor, Double)",
            "GaussianDivergence.Sample(Tensor, Tensor, Generator)",
        ];
        Assert.Empty(some.Except(names));
    }

    // Some tests keep a tensor, but no row is about that. MaxNorm is compared with PyTorch, but not with differences.
    [Fact]
    public void WhatATestUsesInPassingIsNoRow()
    {
        Assert.False(Evidence.OfGradientRows.Has(typeof(MaxNorm)));
        Assert.True(Evidence.OfGoldenRows.Has(typeof(MaxNorm)));
        Assert.False(Evidence.OfGoldenRows.Has(typeof(Tensor).GetMethod(nameof(Tensor.Keep))!));
    }

    private static IEnumerable<PublicThing> WithoutGoldenRow() =>
        Without(PublicThings.All, Exceptions.NoComputation).Where(thing => !thing.IsIn(Evidence.OfGoldenRows));

    private static IEnumerable<PublicThing> WithoutGradientRow() =>
        Without(Without(PublicThings.All, Exceptions.NoComputation), Exceptions.NoDerivative)
            .Where(thing => thing.HasDerivative && !thing.IsIn(Evidence.OfGradientRows));

    private static IEnumerable<PublicThing> Without(IEnumerable<PublicThing> things, Dictionary<string, string> exceptions) =>
        things.Where(thing => !exceptions.ContainsKey(thing.Name) && !exceptions.ContainsKey(thing.ShortName));

    private static IEnumerable<string> Stale(Dictionary<string, string> exceptions, IEnumerable<PublicThing> needed) =>
        exceptions.Keys.Except(needed.SelectMany(thing => (string[])[thing.Name, thing.ShortName]));

    private static void NothingIn(IEnumerable<PublicThing> things, string what) => NothingIn(things.Select(thing => thing.Name), what);

    private static void NothingIn(IEnumerable<string> names, string what)
    {
        string[] found = [.. names];
        Assert.True(found.Length == 0, $"{string.Join("; ", found)}: {what}.");
    }
}
