using System.Globalization;

namespace DeepLearning.Tests.Explaining;

/// <summary>The worked numbers of the lecture notes, to every digit they are given with.</summary>
public class WorkedNumbersTests
{
    // The tolerance is half a unit of the last digit written.
    private static void Is(string expected, double actual)
    {
        string[] parts = expected.Split('.');
        double unit = Math.Pow(10, parts.Length == 1 ? 0 : -parts[1].Length);
        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), actual, 0.5000001 * unit);
    }

    private static void Values(Explanation e, params string[] nameValue)
    {
        foreach (string pair in nameValue) Is(pair.Split(' ')[1], e.Value(pair.Split(' ')[0]));
    }

    private static void Updates(Explanation e, params string[] nameValue)
    {
        foreach (string pair in nameValue) Is(pair.Split(' ')[1], e.Updated(pair.Split(' ')[0]));
    }

    [Fact]
    public void TwoTwoTwoNet()
    {
        Explanation e = WorkedNets.A();
        Values(e, "in_h1 0.3775", "in_h2 0.3925", "out_h1 0.593270", "out_h2 0.596884", "in_o1 1.105906", "in_o2 1.224921",
            "out_o1 0.751365", "out_o2 0.772928", "E 0.298371");
        Is("0.0821670", e.Gradient("w5"));
        Is("0.000438568", e.Gradient("w1"));
        Updates(e, "w5 0.3589165", "w6 0.4086662", "w7 0.5113013", "w8 0.5613701",
            "w1 0.1497807", "w2 0.1995614", "w3 0.2497511", "w4 0.2995023");
    }

    [Fact]
    public void TheNotesSlipInTheFirstNetIsItsFirstPathAlone()
    {
        IReadOnlyList<GradientPath> paths = WorkedNets.A().Paths("w1");
        Assert.Equal(2, paths.Count);
        Assert.Equal(["h1", "o1"], paths[0].Through);
        Assert.Equal(["h1", "o2"], paths[1].Through);
        Is("0.0006684", paths[0].Product);
        Is("0.1496658", 0.15 - 0.5 * paths[0].Product);
    }

    [Fact]
    public void ThreeTwoOneNetWithHalfTheSquaredError()
    {
        Explanation e = WorkedNets.B(new HalfSquaredError());
        Values(e, "in4 -0.7", "out4 0.331812", "in5 0.1", "out5 0.524979", "in6 -0.104540", "out6 0.473889", "θ4 -0.4", "w35 0.2", "x2 0");
        Updates(e, "w46 -0.2608288", "w56 -0.1380251", "w14 0.1921479", "w15 -0.3058879", "w24 0.4", "w25 0.1",
            "w34 -0.5078521", "w35 0.1941121", "θ6 0.2180522", "θ5 0.1941121", "θ4 -0.4078521");
    }

    [Fact]
    public void ThreeTwoOneNetWithTheSquaredError()
    {
        Explanation e = WorkedNets.B(new MeanSquaredError());
        Updates(e, "w46 -0.2216577");
        // The slip: out − (1 − out) in place of out·(1 − out), in three digits.
        double slope = 0.474 - (1 - 0.474), slip = -0.3 - 0.9 * (-1.052 * slope * 0.331);
        Assert.Equal(-0.31629, slip, 2e-5);
        Is("0.249318", e.Derivative("out6", "in6").Value);
    }

    [Fact]
    public void FourTwoOneNet()
    {
        Explanation squared = WorkedNets.C(new MeanSquaredError()), half = WorkedNets.C(new HalfSquaredError());
        Values(squared, "in5 0.4", "out5 0.598688", "in6 1", "out6 0.731059", "in7 -0.333395", "out7 0.417415");
        Is("0.3394", squared.Loss);
        Updates(squared, "w57 -0.1642915", "w67 0.3657139", "w07 -0.0733234");
        Is("0.169703", half.Loss);
        Updates(half, "w57 -0.2321458", "w67 0.2828569", "w07 -0.1866617");
        Values(half, "b5 0.2", "b6 0.1", "w45 0.1", "w16 0.1");
    }

    [Fact]
    public void ToyPass()
    {
        Explanation e = WorkedNets.D();
        Values(e, "in_h1.1 4", "in_h1.2 -2", "out_h1.1 0.98", "out_h1.2 0.12", "out_h2.1 0.86", "out_h2.2 0.11", "out_o1 0.62",
            "out_o2 0.83");
    }
}
