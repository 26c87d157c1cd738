namespace DeepLearning.Tests.Penalties;

/// <summary>A penalty on the weights a and b, and its gradients for both.</summary>
public sealed record PenaltyRow(Penalty Penalty, double[] Output, params double[][] Gradients);

/// <summary>See <see cref="Golden"/> for a, b and how the rows were made.</summary>
public class PenaltyGoldenTests
{
    private static readonly Dictionary<string, PenaltyRow> s_rows = new()
    {
        // 0.3 * (a.abs().sum() + b.abs().sum())
        ["L1Penalty"] = new(new L1Penalty(0.3),
            [3.72],
            [0.3, -0.3, 0.3, -0.3, 0.3, -0.3],
            [0.3, 0.3, -0.3, -0.3, 0.3, 0.3]),
        // 0.3 / 2 * ((a ** 2).sum() + (b ** 2).sum())
        ["L2Penalty"] = new(new L2Penalty(0.3),
            [2.667],
            [0.15, -0.36, 0.6, -0.09, 0.24, -0.75],
            [0.45, 0.12, -0.21, -0.33, 0.24, 0.18]),
        // 0.3 * (a.abs().sum() + b.abs().sum()) + 0.7 / 2 * ((a ** 2).sum() + (b ** 2).sum())
        ["ElasticNet"] = new(new ElasticNet(0.3, 0.7),
            [9.943],
            [0.65, -1.14, 1.7, -0.51, 0.86, -2.05],
            [1.35, 0.58, -0.79, -1.07, 0.86, 0.72]),
    };

    private static readonly Dictionary<string, GoldenRow> s_limits = new()
    {
        // a.detach() / a.detach().norm(dim=1, keepdim=True).clamp(min=2.5) * 2.5  # the second row is the longer
        ["MaxNorm"] = new((a, _) => Limited(new MaxNorm(2.5), a.Detach()), [0.5, -1.2, 2, -0.2838791865, 0.7570111641, -2.365659888]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device)
    {
        PenaltyRow row = s_rows[name];
        Golden.Check(device, () =>
        {
            Parameter[] weights = [new("a", Golden.A(), isWeight: true), new("b", Golden.B(), isWeight: true)];
            return (row.Penalty.Value(weights), weights);
        }, row.Output, row.Gradients);
    }

    public static TheoryData<string, string> Limits => Golden.Cases(s_limits.Keys);

    [Theory, MemberData(nameof(Limits))]
    public void LimitsAsPyTorch(string name, string device) => Golden.Check(device, s_limits[name]);

    private static Tensor Limited(Penalty penalty, Tensor values)
    {
        Parameter weights = new("weight", values, isWeight: true);
        Sgd optimizer = new([weights], 0);
        optimizer.Step(() => weights.Sum());
        penalty.AfterStep(optimizer);
        return weights.Detach();
    }
}
