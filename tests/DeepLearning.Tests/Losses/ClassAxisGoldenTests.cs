namespace DeepLearning.Tests.Losses;

/// <summary>
/// Losses whose classes are along axis 1, with a term for each position. See <see cref="Golden"/> for how the rows were made; the inputs
/// are
/// <code>
/// x = T([[[0.5, -1.2], [2.0, -0.3], [0.8, -2.5]], [[1.5, 0.4], [-0.7, -1.1], [0.8, 0.6]]], requires_grad=True)   # scores [N, C, T]
/// r = x.detach().log_softmax(1).requires_grad_()                     # logarithms of probabilities
/// m = T([[2, 0], [1, 2]])                                            # labels [N, T]
/// k = T([[2, -1], [1, -1]])                                          # the same with padding
/// e = T([[[0.1, 0.0], [0.7, 1.0], [0.2, 0.0]], [[0.2, 0.5], [0.5, 0.25], [0.3, 0.25]]])                          # distributions
/// w = T([0.5, 2.0, 1.5])                                             # class weights
/// </code>
/// </summary>
public class ClassAxisGoldenTests
{
    private static readonly Dictionary<string, LossRow> s_rows = new()
    {
        // F.cross_entropy(x, m, reduction='none')
        ["SparseCategoricalCrossEntropy along axis 1, none"] = new(new SparseCategoricalCrossEntropy(true, Reduction.None, axis: 1), X, M,
            [1.621551277, 1.31698043, 2.674610789, 0.6938540692],
            [0.1463797104, -0.3955320015, 0.6560283482, 0.3560774909, -0.8024080587, 0.03945451062, -0.2588962447, -0.4049822726,
                0.387460315, -0.09036375933, -0.1285640703, 0.4953460319]),
        // F.cross_entropy(x, m, reduction='mean')
        ["SparseCategoricalCrossEntropy along axis 1, mean"] = new(new SparseCategoricalCrossEntropy(true, Reduction.Mean, axis: 1), X, M,
            [1.576749141],
            [0.0365949276, -0.1830142113, 0.1640070871, 0.1647584542, -0.2006020147, 0.0182557571, 0.155531787, 0.1022690258,
                -0.2327665868, 0.0228193041, 0.07723479972, -0.1250883299]),
        // F.cross_entropy(x, m, reduction='sum')
        ["SparseCategoricalCrossEntropy along axis 1, sum"] = new(new SparseCategoricalCrossEntropy(true, Reduction.Sum, axis: 1), X, M,
            [6.306996566],
            [0.1463797104, -0.7320568453, 0.6560283482, 0.6590338169, -0.8024080587, 0.07302302838, 0.6221271482, 0.4090761031,
                -0.9310663471, 0.09127721639, 0.3089391989, -0.5003533194]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, reduction='none')
        ["SparseCategoricalCrossEntropy along axis 1, weighted with padding, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], -1, axis: 1), X, K,
            [2.432326916, 0, 5.349221578, 0],
            [0.2195695656, 0, 0.9840425224, 0, -1.203612088, 0, -0.5177924893, 0, 0.7749206299, 0, -0.2571281406, 0]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, reduction='mean')
        ["SparseCategoricalCrossEntropy along axis 1, weighted with padding, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], -1, axis: 1), X, K,
            [2.22329957], [0.0627341616, 0, 0.2811550064, 0, -0.343889168, 0, 0.3555012275, 0, -0.5320379126, 0, 0.1765366851, 0]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, reduction='sum')
        ["SparseCategoricalCrossEntropy along axis 1, weighted with padding, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], -1, axis: 1), X, K,
            [7.781548493], [0.2195695656, 0, 0.9840425224, 0, -1.203612088, 0, 1.244254296, 0, -1.862132694, 0, 0.6178783978, 0]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, label_smoothing=0.1, reduction='none')
        ["SparseCategoricalCrossEntropy along axis 1, smoothed, weighted, with padding, none"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], -1, 0.1, 1), X, K,
            [2.330301061, 0, 5.059247525, 0],
            [0.2004632371, 0, 0.9064420499, 0, -1.106905287, 0, -0.493596959, 0, 0.7213468198, 0, -0.2277498608, 0]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, label_smoothing=0.1, reduction='mean')
        ["SparseCategoricalCrossEntropy along axis 1, smoothed, weighted, with padding, mean"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], -1, 0.1, 1), X, K,
            [2.111299596], [0.0572752106, 0, 0.2589834428, 0, -0.3162586534, 0, 0.3388892819, 0, -0.4952556965, 0, 0.1563664146, 0]),
        // F.cross_entropy(x, k, weight=w, ignore_index=-1, label_smoothing=0.1, reduction='sum')
        ["SparseCategoricalCrossEntropy along axis 1, smoothed, weighted, with padding, sum"] = new(
            new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], -1, 0.1, 1), X, K,
            [7.389548586], [0.2004632371, 0, 0.9064420499, 0, -1.106905287, 0, 1.186112487, 0, -1.733394938, 0, 0.5472824512, 0]),
        // F.cross_entropy(x, e, reduction='none')
        ["CategoricalCrossEntropy along axis 1, none"] = new(new CategoricalCrossEntropy(true, Reduction.None, axis: 1), X, E,
            [0.8115512772, 0.4169804303, 1.784610789, 1.218854069],
            [0.04637971041, 0.1447703043, -0.04397165175, -0.1842248149, -0.002408058657, 0.03945451062, -0.1756668773, 0.09001397574,
                0.1793868967, 0.1571343648, -0.003720019336, -0.2471483406]),
        // F.cross_entropy(x, e, reduction='mean')
        ["CategoricalCrossEntropy along axis 1, mean"] = new(new CategoricalCrossEntropy(true, Reduction.Mean, axis: 1), X, E,
            [1.057999141],
            [0.0115949276, 0.06698578868, -0.01099291294, -0.08524154577, -0.0006020146642, 0.0182557571, 0.105531787, -0.02273097424,
                -0.1077665868, -0.0396806959, 0.002234799721, 0.06241167014]),
        // F.cross_entropy(x, e, reduction='sum')
        ["CategoricalCrossEntropy along axis 1, sum"] = new(new CategoricalCrossEntropy(true, Reduction.Sum, axis: 1), X, E,
            [4.231996566],
            [0.04637971041, 0.2679431547, -0.04397165175, -0.3409661831, -0.002408058657, 0.07302302838, 0.4221271482, -0.09092389695,
                -0.4310663471, -0.1587227836, 0.008939198883, 0.2496466806]),
        // F.cross_entropy(x, e, weight=w, label_smoothing=0.1, reduction='none')
        ["CategoricalCrossEntropy along axis 1, smoothed and weighted, none"] = new(
            new CategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5], 0.1, 1), X, E,
            [1.196650099, 0.9311621652, 3.170530156, 1.721707788],
            [0.1883986719, 0.2708842166, -0.2059515717, -0.3201478218, 0.01755289979, 0.04926360523, -0.3512907647, -0.2247940006,
                0.3584327082, 0.4079543157, -0.00714194348, -0.183160315]),
        // F.cross_entropy(x, e, weight=w, label_smoothing=0.1, reduction='mean')
        ["CategoricalCrossEntropy along axis 1, smoothed and weighted, mean"] = new(
            new CategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5], 0.1, 1), X, E,
            [1.755012552],
            [0.04709966799, 0.1253391914, -0.05148789293, -0.1481336552, 0.004388224949, 0.02279446372, 0.2110377479, 0.05676659202,
                -0.2153282668, -0.1030195474, 0.004290518907, 0.04625295537]),
        // F.cross_entropy(x, e, weight=w, label_smoothing=0.1, reduction='sum')
        ["CategoricalCrossEntropy along axis 1, smoothed and weighted, sum"] = new(
            new CategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5], 0.1, 1), X, E,
            [7.020050207],
            [0.1883986719, 0.5013567658, -0.2059515717, -0.5925346206, 0.01755289979, 0.09117785487, 0.8441509915, 0.2270663681,
                -0.8613130671, -0.4120781896, 0.01716207563, 0.1850118215]),
        // F.nll_loss(r, m, reduction='none')
        ["NegativeLogLikelihood along axis 1, none"] = new(new NegativeLogLikelihood(Reduction.None, axis: 1), LogP, M,
            [1.621551277, 1.31698043, 2.674610789, 0.6938540692], [0, -0.5403023059, 0, 0, -1, 0, 0, 0, 0.4161468365, 0, 0, 0.9899924966]),
        // F.nll_loss(r, m, reduction='mean')
        ["NegativeLogLikelihood along axis 1, mean"] = new(new NegativeLogLikelihood(Reduction.Mean, axis: 1), LogP, M,
            [1.576749141], [0, -0.25, 0, 0, -0.25, 0, 0, 0, -0.25, 0, 0, -0.25]),
        // F.nll_loss(r, m, reduction='sum')
        ["NegativeLogLikelihood along axis 1, sum"] = new(new NegativeLogLikelihood(Reduction.Sum, axis: 1), LogP, M,
            [6.306996566], [0, -1, 0, 0, -1, 0, 0, 0, -1, 0, 0, -1]),
        // F.nll_loss(r, k, weight=w, ignore_index=-1, reduction='none')
        ["NegativeLogLikelihood along axis 1, weighted with padding, none"] = new(
            new NegativeLogLikelihood(Reduction.None, [0.5, 2, 1.5], -1, 1), LogP, K,
            [2.432326916, 0, 5.349221578, 0], [0, 0, 0, 0, -1.5, 0, 0, 0, 0.8322936731, 0, 0, 0]),
        // F.nll_loss(r, k, weight=w, ignore_index=-1, reduction='mean')
        ["NegativeLogLikelihood along axis 1, weighted with padding, mean"] = new(
            new NegativeLogLikelihood(Reduction.Mean, [0.5, 2, 1.5], -1, 1), LogP, K,
            [2.22329957], [0, 0, 0, 0, -0.4285714286, 0, 0, 0, -0.5714285714, 0, 0, 0]),
        // F.nll_loss(r, k, weight=w, ignore_index=-1, reduction='sum')
        ["NegativeLogLikelihood along axis 1, weighted with padding, sum"] = new(
            new NegativeLogLikelihood(Reduction.Sum, [0.5, 2, 1.5], -1, 1), LogP, K,
            [7.781548493], [0, 0, 0, 0, -1.5, 0, 0, 0, -2, 0, 0, 0]),
        // F.kl_div(x.log_softmax(1), e, reduction='none').sum(1)
        ["KlDivergence along axis 1, none"] = new(new KlDivergence(true, Reduction.None, 1), X, E,
            [0.009732724633, 0.4169804303, 0.7549577748, 0.1791332984],
            [0.04637971041, 0.1447703043, -0.04397165175, -0.1842248149, -0.002408058657, 0.03945451062, -0.1756668773, 0.09001397574,
                0.1793868967, 0.1571343648, -0.003720019336, -0.2471483406]),
        // F.kl_div(x.log_softmax(1), e, reduction='none').sum(1).mean()
        ["KlDivergence along axis 1, mean"] = new(new KlDivergence(true, Reduction.Mean, 1), X, E,
            [0.340201057],
            [0.0115949276, 0.06698578868, -0.01099291294, -0.08524154577, -0.0006020146642, 0.0182557571, 0.105531787, -0.02273097424,
                -0.1077665868, -0.0396806959, 0.002234799721, 0.06241167014]),
        // F.kl_div(x.log_softmax(1), e, reduction='sum')
        ["KlDivergence along axis 1, sum"] = new(new KlDivergence(true, Reduction.Sum, 1), X, E,
            [1.360804228],
            [0.04637971041, 0.2679431547, -0.04397165175, -0.3409661831, -0.002408058657, 0.07302302838, 0.4221271482, -0.09092389695,
                -0.4310663471, -0.1587227836, 0.008939198883, 0.2496466806]),
        // (1 - (-F.cross_entropy(x, m, reduction='none')).exp()) ** 2 * F.cross_entropy(x, m, reduction='none')
        ["Focal along axis 1, none"] = new(new Focal(2, null, Reduction.None, axis: 1), X, M,
            [1.044049885, 0.7057793274, 2.31857875, 0.1737087561],
            [0.1695151037, -0.4163202333, 0.7597139873, 0.3747920864, -0.929229091, 0.0415281469, -0.3133181086, -0.2418879355,
                0.4689072767, -0.05397249379, -0.1555891681, 0.2958604293]),
        // ((1 - (-F.cross_entropy(x, m, reduction='none')).exp()) ** 2 * F.cross_entropy(x, m, reduction='none')).mean()
        ["Focal along axis 1, mean"] = new(new Focal(2, null, Reduction.Mean, axis: 1), X, M,
            [1.06052918],
            [0.04237877591, -0.1926330078, 0.1899284968, 0.1734177711, -0.2323072727, 0.01921523675, 0.1882256941, 0.06108327497,
                -0.2816958075, 0.01362952093, 0.09347011347, -0.07471279589]),
        // ((1 - (-F.cross_entropy(x, m, reduction='none')).exp()) ** 2 * F.cross_entropy(x, m, reduction='none')).sum()
        ["Focal along axis 1, sum"] = new(new Focal(2, null, Reduction.Sum, axis: 1), X, M,
            [4.242116719],
            [0.1695151037, -0.7705320314, 0.7597139873, 0.6936710843, -0.929229091, 0.07686094701, 0.7529027763, 0.2443330999,
                -1.12678323, 0.0545180837, 0.3738804539, -0.2988511836]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);

    private static Tensor X() => Tensor.From([0.5, -1.2, 2.0, -0.3, 0.8, -2.5, 1.5, 0.4, -0.7, -1.1, 0.8, 0.6], 2, 3, 2);

    private static Tensor LogP() => X().Permute(0, 2, 1).LogSoftmax().Permute(0, 2, 1);

    private static Tensor M() => Tensor.From([2, 0, 1, 2], 2, 2);

    private static Tensor K() => Tensor.From([2, -1, 1, -1], 2, 2);

    private static Tensor E() => Tensor.From([0.1, 0.0, 0.7, 1.0, 0.2, 0.0, 0.2, 0.5, 0.5, 0.25, 0.3, 0.25], 2, 3, 2);
}
