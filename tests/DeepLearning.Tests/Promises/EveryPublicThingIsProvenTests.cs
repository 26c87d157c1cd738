namespace DeepLearning.Tests.Promises;

/// <summary>
/// Every public layer, loss, penalty and operation has a row of PyTorch's numbers and one of central differences; every optimizer, initializer and
/// schedule has the first. Whoever adds one without rows finds its name here.
/// </summary>
public class EveryPublicThingIsProvenTests
{
    [Fact]
    public void EveryThingHasAGoldenRow() => NothingIn(Unproven(Evidence.OfGoldenRows, Exceptions.NoGoldenRow, _ => true),
        "have no golden row: add one beside its like (tests/README.md says how), or a reason to Exceptions.NoGoldenRow");

    [Fact]
    public void EveryThingWithADerivativeHasAGradientRow() => NothingIn(Unproven(Evidence.OfGradientRows, Exceptions.NoGradientRow, PublicThings.HasGradient),
        "have no row that compares their gradient with differences: add one (tests/README.md says how), or a reason to Exceptions.NoGradientRow");

    [Fact]
    public void NoExceptionIsStale()
    {
        NothingIn(Stale(Exceptions.NoGoldenRow, Unproven(Evidence.OfGoldenRows, [], _ => true)), "need no exception from golden rows any more");
        NothingIn(Stale(Exceptions.NoGradientRow, Unproven(Evidence.OfGradientRows, [], PublicThings.HasGradient)), "need no exception from gradient rows any more");
    }

    [Fact]
    public void ThereIsMuchToProve()
    {
        Assert.True(PublicThings.Types.Count() > 90);
        Assert.True(PublicThings.Operations.Count() > 120);
        Assert.Contains(typeof(Relu), PublicThings.Types);
        Assert.Contains(typeof(GaussianDivergence), PublicThings.Types);
        Assert.Contains(PublicThings.Operations, operation => operation.Name == "op_Addition");
    }

    private static IEnumerable<string> Unproven(Evidence evidence, Dictionary<string, string> exceptions, Func<Type, bool> asked) =>
        PublicThings.Types.Where(type => asked(type) && !evidence.Has(type)).Select(type => type.Name)
            .Concat(PublicThings.Operations.Where(method => !evidence.Has(method)).Select(PublicThings.NameOf))
            .Where(name => !exceptions.ContainsKey(name) && !exceptions.ContainsKey(name.Split('(')[0]));

    private static IEnumerable<string> Stale(Dictionary<string, string> exceptions, IEnumerable<string> unproven)
    {
        HashSet<string> needed = [.. unproven.SelectMany(name => (string[])[name, name.Split('(')[0]])];
        return exceptions.Keys.Where(name => !needed.Contains(name));
    }

    private static void NothingIn(IEnumerable<string> names, string what) => Assert.True(!names.Any(), $"{string.Join(", ", names)} {what}.");
}
