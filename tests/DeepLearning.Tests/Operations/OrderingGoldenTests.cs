namespace DeepLearning.Tests.Operations;

/// <summary>Running sums, sorting, and choosing by index. See <see cref="Golden"/> for a, b, l and how the rows were made.</summary>
public class OrderingGoldenTests
{
    private static readonly Dictionary<string, GoldenRow> s_rows = new()
    {
        // a.cumsum(-1)
        ["cumulative sum"] = new((a, b) => a.CumulativeSum(),
            [0.5, -0.7, 1.3, -0.3, 0.5, -2], [1.124155469, 0.1241554693, -0.4161468365, -1.359973932, -0.3699814354, 0.2836621855]),
        // a.cumsum(0)
        ["cumulative sum of axis 0"] = new((a, b) => a.CumulativeSum(0),
            [0.5, -1.2, 2, 0.2, -0.4, -0.5], [0.0100075034, -0.113341315, -0.1324846511, -0.9899924966, -0.6536436209, 0.2836621855]),
        // a.sort(-1)[0]
        ["sort"] = new((a, b) => a.Sort().Values,
            [-1.2, 0.5, 2, -2.5, -0.3, 0.8], [0.5403023059, 1, -0.4161468365, -0.6536436209, 0.2836621855, -0.9899924966]),
        // a.sort(0, descending=True)[0]
        ["sort of axis 0, descending"] = new((a, b) => a.Sort(0, descending: true).Values,
            [0.5, 0.8, 2, -0.3, -1.2, -2.5], [1, -0.6536436209, -0.4161468365, -0.9899924966, 0.5403023059, 0.2836621855]),
        // a.sort(1)[1]
        ["places of a sort"] = new((a, b) => a.Sort(1).Index,
            [1, 0, 2, 2, 0, 1]),
        // a.clamp(-1, 0.7).reshape(6).sort(dim=0, stable=True)[1]
        ["argsort among equals"] = new((a, b) => a.Clamp(-1, 0.7).Reshape(6).ArgSort(),
            [1, 5, 3, 0, 2, 4]),
        // a.sign().reshape(6).sort(dim=0, descending=True, stable=True)[1]
        ["argsort among equals, descending"] = new((a, b) => a.Sign().Reshape(6).ArgSort(0, descending: true),
            [0, 2, 4, 1, 3, 5]),
        // a.topk(2, 1)[0]
        ["top k"] = new((a, b) => a.TopK(2).Values,
            [2, 0.5, 0.8, -0.3], [0.5403023059, 0, 1, -0.9899924966, -0.4161468365, 0]),
        // a.topk(2, 1)[1]
        ["places of the top k"] = new((a, b) => a.TopK(2).Index,
            [2, 0, 1, 0]),
        // a.topk(1, 0, largest=False)[0]
        ["smallest k of axis 0"] = new((a, b) => a.TopK(1, 0, largest: false).Values,
            [-0.3, -1.2, -2.5], [0, 0.5403023059, 0, 1, 0, -0.4161468365]),
        // a.gather(1, T([[2, 2], [0, 1]]))
        ["gather along the last axis"] = new((a, b) => a.Gather(-1, Tensor.From([2, 2, 0, 1], 2, 2)),
            [2, 2, -0.3, 0.8], [0, 0, 1.540302306, -0.4161468365, -0.9899924966, 0]),
        // a.gather(0, T([[1, 0, 1]]))
        ["gather along axis 0"] = new((a, b) => a.Gather(0, Tensor.From([1, 0, 1], 1, 3)),
            [-0.3, -1.2, -2.5], [0, 0.5403023059, 0, 1, 0, -0.4161468365]),
        // a.gather(1, T([[2, 2]]))
        ["gather fewer rows"] = new((a, b) => a.Gather(1, Tensor.From([2, 2], 1, 2)),
            [2, 2], [0, 0, 1.540302306, 0, 0, 0]),
        // torch.zeros(2, 4).scatter_add(1, T([[3, 0, 3], [1, 1, 1]]), a)
        ["scatter add along the last axis"] = new((a, b) => a.ScatterAdd(1, Tensor.From([3, 0, 3, 1, 1, 1], 2, 3), 4),
            [-1.2, 0, 0, 2.5, 0, -2, 0, 0], [-0.9899924966, 1, -0.9899924966, 0.2836621855, 0.2836621855, 0.2836621855]),
        // torch.zeros(3, 3).scatter_add(0, T([[2, 0, 2], [2, 1, 1]]), a)
        ["scatter add along axis 0"] = new((a, b) => a.ScatterAdd(0, Tensor.From([2, 0, 2, 2, 1, 1], 2, 3), 3),
            [0, -1.2, 0, 0, 0.8, -2.5, 0.2, 0, 2], [0.9601702867, 0.5403023059, -0.1455000338, 0.9601702867, -0.6536436209, 0.2836621855]),
        // a.gather(1, l[:, None])[:, 0]
        ["pick"] = new((a, b) => a.Pick(Golden.L()),
            [2, -0.3], [0, 0, 1, 0.5403023059, 0, 0]),
        // F.one_hot(l, 4)
        ["one-hot"] = new((a, b) => Tensor.OneHot(Golden.L(), 4),
            [0, 0, 1, 0, 1, 0, 0, 0]),
        // a.argmax(1, keepdim=True)
        ["argmax keeping axes"] = new((a, b) => a.ArgMax(1, keepAxes: true),
            [2, 1]),
        // a.argmax()
        ["argmax of all"] = new((a, b) => a.ArgMax([0, 1]),
            [2]),
        // a.reshape(2, 3, 1).transpose(0, 1).reshape(3, 2).argmin(1)
        ["argmin of two axes that are apart"] = new((a, b) => a.Reshape(2, 3, 1).ArgMin([0, 2]),
            [1, 0, 1]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);
}
