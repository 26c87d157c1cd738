namespace DeepLearning.Tests.Operations;

/// <summary>Sums, means and extremes. See <see cref="Golden"/> for a, b and how the rows were made.</summary>
public class ReductionGoldenTests
{
    private static readonly Dictionary<string, GoldenRow> s_rows = new()
    {
        // a.sum()
        ["sum"] = new((a, b) => a.Sum(),
            [-0.7], [1, 1, 1, 1, 1, 1]),
        // a.sum(0)
        ["sum of axis 0"] = new((a, b) => a.Sum(0),
            [0.2, -0.4, -0.5], [1, 0.5403023059, -0.4161468365, 1, 0.5403023059, -0.4161468365]),
        // a.sum(-1)
        ["sum of the last axis"] = new((a, b) => a.Sum(-1),
            [1.3, -2], [1, 1, 1, 0.5403023059, 0.5403023059, 0.5403023059]),
        // a.sum(1, keepdim=True)
        ["sum keeping axes"] = new((a, b) => a.Sum(1, keepAxes: true),
            [1.3, -2], [1, 1, 1, 0.5403023059, 0.5403023059, 0.5403023059]),
        // a.reshape(1, 3, 2).sum([0, 2])
        ["sum of two axes"] = new((a, b) => a.Reshape(1, 3, 2).Sum([0, 2]),
            [-0.7, 1.7, -1.7], [1, 1, 0.5403023059, 0.5403023059, -0.4161468365, -0.4161468365]),
        // a.mean()
        ["mean"] = new((a, b) => a.Mean(),
            [-0.1166666667], [0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667]),
        // a.mean(0)
        ["mean of an axis"] = new((a, b) => a.Mean(0),
            [0.1, -0.2, -0.25], [0.5, 0.2701511529, -0.2080734183, 0.5, 0.2701511529, -0.2080734183]),
        // a.mean([0, 1], keepdim=True)
        ["mean keeping axes"] = new((a, b) => a.Mean([0, 1], keepAxes: true),
            [-0.1166666667], [0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667]),
        // a.var(unbiased=False)
        ["variance"] = new((a, b) => a.Variance(),
            [2.098055556], [0.2055555556, -0.3611111111, 0.7055555556, -0.06111111111, 0.3055555556, -0.7944444444]),
        // a.var(1, unbiased=True)
        ["variance of an axis, corrected"] = new((a, b) => a.Variance([1], correction: 1),
            [2.563333333, 2.823333333], [0.06666666667, -1.633333333, 1.566666667, 0.1981108455, 0.7924433819, -0.9905542274]),
        // a.var(0, unbiased=False, keepdim=True)
        ["variance keeping axes"] = new((a, b) => a.Variance([0], keepAxes: true),
            [0.16, 1, 5.0625], [0.4, -0.5403023059, -0.9363303822, -0.4, 0.5403023059, 0.9363303822]),
        // a.std(unbiased=False)
        ["std"] = new((a, b) => a.Std(),
            [1.448466622], [0.07095626244, -0.1246528935, 0.2435525765, -0.02109510505, 0.1054755252, -0.2742363656]),
        // a.std(1)
        ["std of an axis, corrected"] = new((a, b) => a.Std(1, correction: 1),
            [1.601041328, 1.680277755], [0.0208197832, -0.5100846883, 0.4892649051, 0.05895181464, 0.2358072586, -0.2947590732]),
        // a.std(0, unbiased=False, keepdim=True)
        ["std keeping axes"] = new((a, b) => a.Std([0], keepAxes: true),
            [0.4, 1, 2.25], [0.5, -0.2701511529, -0.2080734183, -0.5, 0.2701511529, 0.2080734183]),
        // a.var(1, unbiased=False)
        ["variance of an axis"] = new((a, b) => a.Variance(1),
            [1.708888889, 1.882222222], [0.04444444444, -1.088888889, 1.044444444, 0.132073897, 0.528295588, -0.6603694849]),
        // (a * b).median()
        ["median"] = new((a, b) => (a * b).Median(),
            [-0.48], [0, 0.4, -0, -0, 0, 0], [0, -1.2, 0, -0, 0, -0]),
        // a.median(0)[0]
        ["median of an axis"] = new((a, b) => a.Median(0).Values,
            [-0.3, -1.2, -2.5], [0, 0.5403023059, 0, 1, 0, -0.4161468365]),
        // a.median(1, keepdim=True)[0]
        ["median keeping the axis"] = new((a, b) => a.Median(1, keepAxes: true).Values,
            [0.5, -0.3], [1, 0, 0, 0.5403023059, 0, 0]),
        // a.median(1)[1] * 1.0
        ["place of the median"] = new((a, b) => a.Median(1).Index,
            [0, 0]),
        // a.amax()
        ["max"] = new((a, b) => a.Max(),
            [2], [0, 0, 1, 0, 0, 0]),
        // a.amax(1)
        ["max of an axis"] = new((a, b) => a.Max(1),
            [2, 0.8], [0, 0, 1, 0, 0.5403023059, 0]),
        // a.amax(0, keepdim=True)
        ["max keeping axes"] = new((a, b) => a.Max([0], keepAxes: true),
            [0.5, 0.8, 2], [1, 0, -0.4161468365, 0, 0.5403023059, 0]),
        // a.amin()
        ["min"] = new((a, b) => a.Min(),
            [-2.5], [0, 0, 0, 0, 0, 1]),
        // a.amin(0)
        ["min of an axis"] = new((a, b) => a.Min(0),
            [-0.3, -1.2, -2.5], [0, 0.5403023059, 0, 1, 0, -0.4161468365]),
        // a.clamp(-1, 0.7).amax()
        ["max among equals"] = new((a, b) => a.Clamp(-1, 0.7).Max(),
            [0.7], [0, 0, 0, 0, 0, 0]),
        // a.argmax(-1)
        ["argmax"] = new((a, b) => a.ArgMax(),
            [2, 1]),
        // a.argmax(0)
        ["argmax of axis 0"] = new((a, b) => a.ArgMax(0),
            [0, 1, 0]),
        // a.argmin(1)
        ["argmin"] = new((a, b) => a.ArgMin(1),
            [1, 2]),
        // a.norm()
        ["norm"] = new((a, b) => a.Norm(),
            [3.559494346], [0.1404693901, -0.3371265363, 0.5618775606, -0.08428163408, 0.2247510242, -0.7023469507]),
        // a.logsumexp(-1)
        ["logsumexp"] = new((a, b) => a.LogSumExp(),
            [2.234196137, 1.114631345], [0.1765420589, 0.03225132546, 0.7912066157, 0.1313016652, 0.3944520015, 0.0145486392]),
        // a.logsumexp(0, keepdim=True)
        ["logsumexp of axis 0"] = new((a, b) => a.LogSumExp(0, keepAxes: true),
            [0.8711006659, 0.926928011, 2.011047745],
            [0.6899744811, 0.06440561363, -0.4115746551, 0.3100255189, 0.4758966922, -0.004572181419]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);
}
