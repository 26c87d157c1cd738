namespace DeepLearning.Tests.Losses;

/// <summary>
/// Cross-entropies with label smoothing, class weights and targets whose sums are not exactly 1. See <see cref="Golden"/> for the inputs
/// and how the rows were made; besides,
/// <code>
/// w = T([0.5, 2.0, 1.5])                                             # class weights
/// t = T([[0.333, 0.333, 0.333], [0.1, 0.7, 0.2003]])                 # nearly distributions
/// </code>
/// </summary>
public class SmoothedLossGoldenTests
{
    private static readonly Dictionary<string, LossRow> s_rows = new()
    {
        // F.cross_entropy(a, l, label_smoothing=0.1, reduction='none')
        ["SparseCategoricalCrossEntropy smoothed, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, labelSmoothing: 0.1), Golden.A, Golden.L,
            [0.3908628038, 1.451298012], [0.1432087255, -0.001082007876, -0.1421267177, -0.3729804869, 0.3764419246, -0.00346143766]),
        // F.cross_entropy(a, l, label_smoothing=0.1, reduction='mean')
        ["SparseCategoricalCrossEntropy smoothed, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, labelSmoothing: 0.1), Golden.A, Golden.L,
            [0.9210804077], [0.07160436277, -0.000541003938, -0.07106335883, -0.3451590738, 0.3483623154, -0.003203241614]),
        // F.cross_entropy(a, l, label_smoothing=0.1, reduction='sum')
        ["SparseCategoricalCrossEntropy smoothed, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, labelSmoothing: 0.1), Golden.A, Golden.L,
            [1.842160815], [0.1432087255, -0.001082007876, -0.1421267177, -0.6903181476, 0.6967246309, -0.006406483227]),
        // F.cross_entropy(a, l, weight=w, label_smoothing=0.1, reduction='none')
        ["SparseCategoricalCrossEntropy smoothed and weighted, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], labelSmoothing: 0.1), Golden.A, Golden.L,
            [0.5857242701, 0.8618682846], [0.245204054, -0.01882720057, -0.2263768534, -0.175548438, 0.1940768471, -0.01852840909]),
        // F.cross_entropy(a, l, weight=w, label_smoothing=0.1, reduction='mean')
        ["SparseCategoricalCrossEntropy smoothed and weighted, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], labelSmoothing: 0.1), Golden.A, Golden.L,
            [0.7237962773], [0.122602027, -0.009413600286, -0.1131884267, -0.1624539042, 0.1796002396, -0.01714633539]),
        // F.cross_entropy(a, l, weight=w, label_smoothing=0.1, reduction='sum')
        ["SparseCategoricalCrossEntropy smoothed and weighted, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], labelSmoothing: 0.1), Golden.A, Golden.L,
            [1.447592555], [0.245204054, -0.01882720057, -0.2263768534, -0.3249078083, 0.3592004791, -0.03429267077]),
        // F.cross_entropy(a, l, ignore_index=2, label_smoothing=0.3, reduction='none')
        ["SparseCategoricalCrossEntropy smoothed with padding, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, ignoreLabel: 2, labelSmoothing: 0.3), Golden.A, Golden.L,
            [0, 1.524631345], [0, 0, 0, -0.3009401795, 0.3404217709, -0.03948159138]),
        // F.cross_entropy(a, l, ignore_index=2, label_smoothing=0.3, reduction='mean')
        ["SparseCategoricalCrossEntropy smoothed with padding, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, ignoreLabel: 2, labelSmoothing: 0.3), Golden.A, Golden.L,
            [1.524631345], [0, 0, 0, -0.5569848143, 0.6300579642, -0.07307314989]),
        // F.cross_entropy(a, l, ignore_index=2, label_smoothing=0.3, reduction='sum')
        ["SparseCategoricalCrossEntropy smoothed with padding, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, ignoreLabel: 2, labelSmoothing: 0.3), Golden.A, Golden.L,
            [1.524631345], [0, 0, 0, -0.5569848143, 0.6300579642, -0.07307314989]),
        // F.cross_entropy(a, l, weight=w, ignore_index=2, label_smoothing=0.3, reduction='none')
        ["SparseCategoricalCrossEntropy smoothed and weighted with padding, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], 2, 0.3), Golden.A, Golden.L,
            [0, 1.170973509], [0, 0, 0, -0.1176446735, 0.1877785399, -0.07013386648]),
        // F.cross_entropy(a, l, weight=w, ignore_index=2, label_smoothing=0.3, reduction='mean')
        ["SparseCategoricalCrossEntropy smoothed and weighted with padding, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], 2, 0.3), Golden.A, Golden.L,
            [2.341947017], [0, 0, 0, -0.4354772214, 0.6950869463, -0.2596097248]),
        // F.cross_entropy(a, l, weight=w, ignore_index=2, label_smoothing=0.3, reduction='sum')
        ["SparseCategoricalCrossEntropy smoothed and weighted with padding, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], 2, 0.3), Golden.A, Golden.L,
            [1.170973509], [0, 0, 0, -0.2177386107, 0.3475434731, -0.1298048624]),
        // -((0.9 * F.one_hot(l, 3) + 0.1 / 3) * q.log()).sum(-1)
        ["SparseCategoricalCrossEntropy from probabilities, smoothed, none"] = new(
            new SparseCategoricalCrossEntropy(false, Reduction.None, labelSmoothing: 0.1), Golden.Q, Golden.L,
            [1.200460787, 0.5936558454], [-0.1666666667, -0.06666666667, -3.111111111, -0.8404702536, -0.06003358954, -0.1801007686]),
        // (-((0.9 * F.one_hot(l, 3) + 0.1 / 3) * q.log()).sum(-1)).mean()
        ["SparseCategoricalCrossEntropy from probabilities, smoothed, mean"] = new(
            new SparseCategoricalCrossEntropy(false, Reduction.Mean, labelSmoothing: 0.1), Golden.Q, Golden.L,
            [0.8970583163], [-0.08333333333, -0.03333333333, -1.555555556, -0.7777777778, -0.05555555556, -0.1666666667]),
        // (-((0.9 * F.one_hot(l, 3) + 0.1 / 3) * q.log()).sum(-1)).sum()
        ["SparseCategoricalCrossEntropy from probabilities, smoothed, sum"] = new(
            new SparseCategoricalCrossEntropy(false, Reduction.Sum, labelSmoothing: 0.1), Golden.Q, Golden.L,
            [1.794116633], [-0.1666666667, -0.06666666667, -3.111111111, -1.555555556, -0.1111111111, -0.3333333333]),
        // F.cross_entropy(a, d, label_smoothing=0.1, reduction='none')
        ["CategoricalCrossEntropy smoothed, none"] = new(
            new CategoricalCrossEntropy(true, Reduction.None, labelSmoothing: 0.1), Golden.A, Golden.D,
            [2.541862804, 0.4612980117], [0.05320872553, -0.6310820079, 0.5778732823, 0.1132915883, -0.1098301507, -0.00346143766]),
        // F.cross_entropy(a, d, label_smoothing=0.1, reduction='mean')
        ["CategoricalCrossEntropy smoothed, mean"] = new(
            new CategoricalCrossEntropy(true, Reduction.Mean, labelSmoothing: 0.1), Golden.A, Golden.D,
            [1.501580408], [0.02660436277, -0.3155410039, 0.2889366412, 0.1048409262, -0.1016376846, -0.003203241614]),
        // F.cross_entropy(a, d, label_smoothing=0.1, reduction='sum')
        ["CategoricalCrossEntropy smoothed, sum"] = new(
            new CategoricalCrossEntropy(true, Reduction.Sum, labelSmoothing: 0.1), Golden.A, Golden.D,
            [3.003160815], [0.05320872553, -0.6310820079, 0.5778732823, 0.2096818524, -0.2032753691, -0.006406483227]),
        // F.cross_entropy(a, d, weight=w, reduction='none')
        ["CategoricalCrossEntropy weighted, none"] = new(
            new CategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5]), Golden.A, Golden.D,
            [4.96484324, 0.62926269], [0.258948603, -1.34356018, 1.084611577, 0.2626033304, -0.2917006088, 0.0290972784]),
        // F.cross_entropy(a, d, weight=w, reduction='mean')
        ["CategoricalCrossEntropy weighted, mean"] = new(
            new CategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5]), Golden.A, Golden.D,
            [2.797052965], [0.1294743015, -0.6717800902, 0.5423057887, 0.2430151857, -0.2699420358, 0.02692685011]),
        // F.cross_entropy(a, d, weight=w, reduction='sum')
        ["CategoricalCrossEntropy weighted, sum"] = new(new CategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5]), Golden.A, Golden.D,
            [5.59410593], [0.258948603, -1.34356018, 1.084611577, 0.4860303714, -0.5398840716, 0.05385370021]),
        // F.cross_entropy(a, d, weight=w, label_smoothing=0.1, reduction='none')
        ["CategoricalCrossEntropy smoothed and weighted, none"] = new(
            new CategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], 0.1), Golden.A, Golden.D,
            [4.737918401, 0.7916206003], [0.2399260172, -1.271570652, 1.031644635, 0.2448448476, -0.2459571014, 0.00111225383]),
        // F.cross_entropy(a, d, weight=w, label_smoothing=0.1, reduction='mean')
        ["CategoricalCrossEntropy smoothed and weighted, mean"] = new(
            new CategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], 0.1), Golden.A, Golden.D,
            [2.764769501], [0.1199630086, -0.6357853262, 0.5158223176, 0.2265813462, -0.2276106346, 0.001029288436]),
        // F.cross_entropy(a, d, weight=w, label_smoothing=0.1, reduction='sum')
        ["CategoricalCrossEntropy smoothed and weighted, sum"] = new(
            new CategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], 0.1), Golden.A, Golden.D,
            [5.529539001], [0.2399260172, -1.271570652, 1.031644635, 0.4531626924, -0.4552212692, 0.002058576871]),
        // -(w * (0.9 * d + 0.1 / 3) * q.log()).sum(-1)
        ["CategoricalCrossEntropy from probabilities, smoothed and weighted, none"] = new(
            new CategoricalCrossEntropy(false, Reduction.None, [0.5, 2, 1.5], 0.1), Golden.Q, Golden.D,
            [1.404095228, 2.371058916], [-0.3083333333, -2.653333333, -1.066666667, -0.01500839739, -3.361881014, -0.2701511529]),
        // (-(w * (0.9 * d + 0.1 / 3) * q.log()).sum(-1)).mean()
        ["CategoricalCrossEntropy from probabilities, smoothed and weighted, mean"] = new(
            new CategoricalCrossEntropy(false, Reduction.Mean, [0.5, 2, 1.5], 0.1), Golden.Q, Golden.D,
            [1.887577072], [-0.1541666667, -1.326666667, -0.5333333333, -0.01388888889, -3.111111111, -0.25]),
        // (-(w * (0.9 * d + 0.1 / 3) * q.log()).sum(-1)).sum()
        ["CategoricalCrossEntropy from probabilities, smoothed and weighted, sum"] = new(
            new CategoricalCrossEntropy(false, Reduction.Sum, [0.5, 2, 1.5], 0.1), Golden.Q, Golden.D,
            [3.775154145], [-0.3083333333, -2.653333333, -1.066666667, -0.02777777778, -6.222222222, -0.5]),
        // F.cross_entropy(a, t, reduction='none')
        ["CategoricalCrossEntropy of sums that are not 1, none"] = new(
            new CategoricalCrossEntropy(true, Reduction.None), Golden.A, NotQuite,
            [1.799061941, 1.085715734], [-0.1566344832, -0.3007809259, 0.4574154091, 0.07731082511, 0.01635872296, -0.09366954807]),
        // F.cross_entropy(a, t, reduction='mean')
        ["CategoricalCrossEntropy of sums that are not 1, mean"] = new(
            new CategoricalCrossEntropy(true, Reduction.Mean), Golden.A, NotQuite,
            [1.442388838], [-0.0783172416, -0.1503904629, 0.2287077045, 0.07154404513, 0.01513849079, -0.08668253592]),
        // F.cross_entropy(a, t, reduction='sum')
        ["CategoricalCrossEntropy of sums that are not 1, sum"] = new(new CategoricalCrossEntropy(true, Reduction.Sum), Golden.A, NotQuite,
            [2.884777675], [-0.1566344832, -0.3007809259, 0.4574154091, 0.1430880903, 0.03027698158, -0.1733650718]),
        // F.kl_div(a.log_softmax(-1), t, reduction='none').sum(-1)
        ["KlDivergence of sums that are not 1, none"] = new(new KlDivergence(true, Reduction.None), Golden.A, NotQuite,
            [0.7005487648, 0.2837145754], [-0.1566344832, -0.3007809259, 0.4574154091, 0.07731082511, 0.01635872296, -0.09366954807]),
        // F.kl_div(a.log_softmax(-1), t, reduction='batchmean')
        ["KlDivergence of sums that are not 1, mean"] = new(new KlDivergence(true, Reduction.Mean), Golden.A, NotQuite,
            [0.4921316701], [-0.0783172416, -0.1503904629, 0.2287077045, 0.07154404513, 0.01513849079, -0.08668253592]),
        // F.kl_div(a.log_softmax(-1), t, reduction='sum')
        ["KlDivergence of sums that are not 1, sum"] = new(new KlDivergence(true, Reduction.Sum), Golden.A, NotQuite,
            [0.9842633402], [-0.1566344832, -0.3007809259, 0.4574154091, 0.1430880903, 0.03027698158, -0.1733650718]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);

    private static Tensor NotQuite() => Tensor.From([0.333, 0.333, 0.333, 0.1, 0.7, 0.2003], 2, 3);
}
