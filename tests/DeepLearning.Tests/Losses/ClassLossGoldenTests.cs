namespace DeepLearning.Tests.Losses;

/// <summary>
/// Losses with class weights and with distributions as predictions. See <see cref="Golden"/> for the inputs; further lp = log softmax of a,
/// y = Yes(), w = the weights of the classes, h = H(), ce and be: the unreduced cross-entropies of a, p = σ(a), pt = the probability of
/// what is right.
/// </summary>
public class ClassLossGoldenTests
{
    private static readonly Dictionary<string, LossRow> s_rows = new()
    {
        // F.nll_loss(lp, l, reduction='none')
        ["NegativeLogLikelihood, none"] = new(new NegativeLogLikelihood(Reduction.None), LogP, Golden.L,
            [0.2341961371, 1.414631345], [0, 0, -1, -0.5403023059, 0, 0]),
        // F.nll_loss(lp, l, reduction='mean')
        ["NegativeLogLikelihood, mean"] = new(new NegativeLogLikelihood(Reduction.Mean), LogP, Golden.L,
            [0.8244137411], [0, 0, -0.5, -0.5, 0, 0]),
        // F.nll_loss(lp, l, reduction='sum')
        ["NegativeLogLikelihood, sum"] = new(new NegativeLogLikelihood(Reduction.Sum), LogP, Golden.L,
            [1.648827482], [0, 0, -1, -1, 0, 0]),
        // F.nll_loss(lp, l, w, reduction='none')
        ["NegativeLogLikelihood weighted, none"] = new(new NegativeLogLikelihood(Reduction.None, [0.5, 2, 1.5]), LogP, Golden.L,
            [0.3512942057, 0.7073156725], [0, 0, -1.5, -0.2701511529, 0, 0]),
        // F.nll_loss(lp, l, w, reduction='mean')
        ["NegativeLogLikelihood weighted, mean"] = new(new NegativeLogLikelihood(Reduction.Mean, [0.5, 2, 1.5]), LogP, Golden.L,
            [0.5293049391], [0, 0, -0.75, -0.25, 0, 0]),
        // F.nll_loss(lp, l, w, reduction='sum')
        ["NegativeLogLikelihood weighted, sum"] = new(new NegativeLogLikelihood(Reduction.Sum, [0.5, 2, 1.5]), LogP, Golden.L,
            [1.058609878], [0, 0, -1.5, -0.5, 0, 0]),
        // F.nll_loss(lp, l, w, ignore_index=0, reduction='none')
        ["NegativeLogLikelihood weighted, label ignored, none"] =
            new(new NegativeLogLikelihood(Reduction.None, [0.5, 2, 1.5], 0), LogP, Golden.L,
                [0.3512942057, 0], [0, 0, -1.5, 0, 0, 0]),
        // F.nll_loss(lp, l, w, ignore_index=0, reduction='mean')
        ["NegativeLogLikelihood weighted, label ignored, mean"] =
            new(new NegativeLogLikelihood(Reduction.Mean, [0.5, 2, 1.5], 0), LogP, Golden.L,
                [0.2341961371], [0, 0, -1, 0, 0, 0]),
        // F.nll_loss(lp, l, w, ignore_index=0, reduction='sum')
        ["NegativeLogLikelihood weighted, label ignored, sum"] =
            new(new NegativeLogLikelihood(Reduction.Sum, [0.5, 2, 1.5], 0), LogP, Golden.L,
                [0.3512942057], [0, 0, -1.5, 0, 0, 0]),
        // F.cross_entropy(a, l, w, reduction='none')
        ["SparseCategoricalCrossEntropy weighted, none"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.None, [0.5, 2, 1.5]), Golden.A, Golden.L,
                [0.3512942057, 0.7073156725], [0.2648130883, 0.04837698819, -0.3131900765, -0.2045003203, 0.1972260007, 0.007274319601]),
        // F.cross_entropy(a, l, w, reduction='mean')
        ["SparseCategoricalCrossEntropy weighted, mean"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.5, 2, 1.5]), Golden.A, Golden.L,
                [0.5293049391], [0.1324065441, 0.02418849409, -0.1565950382, -0.1892462036, 0.182514491, 0.006731712526]),
        // F.cross_entropy(a, l, w, reduction='sum')
        ["SparseCategoricalCrossEntropy weighted, sum"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.5, 2, 1.5]), Golden.A, Golden.L,
                [1.058609878], [0.2648130883, 0.04837698819, -0.3131900765, -0.3784924071, 0.3650289821, 0.01346342505]),
        // F.cross_entropy(a, T([-100, 1]), reduction='none')
        ["SparseCategoricalCrossEntropy, label ignored, none"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.None, ignoreLabel: -100), Golden.A, Padded,
                [0, 0.314631345], [0, 0, 0, 0.1313016652, -0.1458503044, 0.0145486392]),
        // F.cross_entropy(a, T([-100, 1]), reduction='mean')
        ["SparseCategoricalCrossEntropy, label ignored, mean"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.Mean, ignoreLabel: -100), Golden.A, Padded,
                [0.314631345], [0, 0, 0, 0.2430151857, -0.2699420358, 0.02692685011]),
        // F.cross_entropy(a, T([-100, 1]), reduction='sum')
        ["SparseCategoricalCrossEntropy, label ignored, sum"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.Sum, ignoreLabel: -100), Golden.A, Padded,
                [0.314631345], [0, 0, 0, 0.2430151857, -0.2699420358, 0.02692685011]),
        // F.nll_loss(q.log(), l, w, reduction='none')
        ["SparseCategoricalCrossEntropy of probabilities, weighted, none"] =
            new(new SparseCategoricalCrossEntropy(false, Reduction.None, [0.5, 2, 1.5]), Golden.Q, Golden.L,
                [1.805959206, 0.2554128119], [0, 0, -5, -0.4502519216, 0, 0]),
        // F.nll_loss(q.log(), l, w, reduction='mean')
        ["SparseCategoricalCrossEntropy of probabilities, weighted, mean"] =
            new(new SparseCategoricalCrossEntropy(false, Reduction.Mean, [0.5, 2, 1.5]), Golden.Q, Golden.L,
                [1.030686009], [0, 0, -2.5, -0.4166666667, 0, 0]),
        // F.nll_loss(q.log(), l, w, reduction='sum')
        ["SparseCategoricalCrossEntropy of probabilities, weighted, sum"] =
            new(new SparseCategoricalCrossEntropy(false, Reduction.Sum, [0.5, 2, 1.5]), Golden.Q, Golden.L,
                [2.061372018], [0, 0, -5, -0.8333333333, 0, 0]),
        // (1 - (-ce).exp()) ** 2 * ce
        ["Focal, none"] = new(new Focal(2, null, Reduction.None), Golden.A, Golden.L,
            [0.01020970503, 0.8106205539], [0.02135672987, 0.003901522676, -0.02525825255, -0.447239662, 0.4313308153, 0.01590884667]),
        // ((1 - (-ce).exp()) ** 2 * ce).mean()
        ["Focal, mean"] = new(new Focal(2, null, Reduction.Mean), Golden.A, Golden.L,
            [0.4104151295], [0.01067836494, 0.001950761338, -0.01262912628, -0.413879098, 0.3991569263, 0.01472217173]),
        // ((1 - (-ce).exp()) ** 2 * ce).sum()
        ["Focal, sum"] = new(new Focal(2, null, Reduction.Sum), Golden.A, Golden.L,
            [0.820830259], [0.02135672987, 0.003901522676, -0.02525825255, -0.827758196, 0.7983138525, 0.02944434346]),
        // (1 - (-ce).exp()) ** 1.5 * ce * w[l]
        ["Focal weighted, none"] = new(new Focal(1.5, [0.5, 2, 1.5], Reduction.None), Golden.A, Golden.L,
            [0.03351552967, 0.4658477821], [0.05889718916, 0.01075954607, -0.06965673524, -0.226436594, 0.218381975, 0.008054618943]),
        // ((1 - (-ce).exp()) ** 1.5 * ce * w[l]).sum() / w[l].sum()
        ["Focal weighted, mean"] = new(new Focal(1.5, [0.5, 2, 1.5], Reduction.Mean), Golden.A, Golden.L,
            [0.2496816559], [0.02944859458, 0.005379773037, -0.03482836762, -0.2095462036, 0.2020923959, 0.00745380767]),
        // ((1 - (-ce).exp()) ** 1.5 * ce * w[l]).sum()
        ["Focal weighted, sum"] = new(new Focal(1.5, [0.5, 2, 1.5], Reduction.Sum), Golden.A, Golden.L,
            [0.4993633117], [0.05889718916, 0.01075954607, -0.06965673524, -0.4190924072, 0.4041847919, 0.01490761534]),
        // (1 - pt) ** 2 * be
        ["BinaryFocal, none"] = new(new BinaryFocal(2, null, Reduction.None), Golden.A, Yes,
            [0.06757349052, 0.01410687887, 0.001803562835, 0.1003932755, 0.5575197863, 2.202470098],
            [-0.1379369974, 0.0184165249, 0.002027026353, -0.1904829112, -0.440662524, -0.318666971]),
        // ((1 - pt) ** 2 * be).mean()
        ["BinaryFocal, mean"] = new(new BinaryFocal(2, null, Reduction.Mean), Golden.A, Yes,
            [0.4906445153], [-0.02298949956, 0.005680932291, -0.0008118233659, 0.03206807322, 0.1123605458, -0.1872338456]),
        // ((1 - pt) ** 2 * be).sum()
        ["BinaryFocal, sum"] = new(new BinaryFocal(2, null, Reduction.Sum), Golden.A, Yes,
            [2.943867092], [-0.1379369974, 0.03408559375, -0.004870940195, 0.1924084393, 0.6741632748, -1.123403074]),
        // (0.25 * y + 0.75 * (1 - y)) * (1 - pt) ** 1.5 * be
        ["BinaryFocal alpha, none"] = new(new BinaryFocal(1.5, 0.25, Reduction.None), Golden.A, Yes,
            [0.02749378241, 0.02199074543, 0.001305953866, 0.1154215153, 0.5033905219, 0.5727705998],
            [-0.04756586451, 0.02414323822, 0.001228420294, -0.1861772519, -0.3468737728, -0.07670951977]),
        // ((0.25 * y + 0.75 * (1 - y)) * (1 - pt) ** 1.5 * be).mean()
        ["BinaryFocal alpha, mean"] = new(new BinaryFocal(1.5, 0.25, Reduction.Mean), Golden.A, Yes,
            [0.2070621864], [-0.007927644085, 0.007447447462, -0.0004919819106, 0.03134320926, 0.0884462016, -0.04507093513]),
        // ((0.25 * y + 0.75 * (1 - y)) * (1 - pt) ** 1.5 * be).sum()
        ["BinaryFocal alpha, sum"] = new(new BinaryFocal(1.5, 0.25, Reduction.Sum), Golden.A, Yes,
            [1.242373119], [-0.04756586451, 0.04468468477, -0.002951891463, 0.1880592556, 0.5306772096, -0.2704256108]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), reduction='none')
        ["GaussianNegativeLogLikelihood, none"] = new(new GaussianNegativeLogLikelihood(false, Reduction.None), H, Golden.B,
            [0.5204091103, 1.709535613, 1.840920563, 0.5089072972, 0.1, 20.78451598],
            [-0.7408182207, -1.289658119, -0.4133480373, 0.1295908897, -0.7615753419, 0.3499464321, -0.3932925797, 0, -3.94098572,
                -0.3376792164, -0.3268218104, -5.966696774]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), reduction='mean')
        ["GaussianNegativeLogLikelihood, mean"] = new(new GaussianNegativeLogLikelihood(false, Reduction.Mean), H, Golden.B,
            [4.244048094],
            [-0.1234697034, -0.3978199194, 0.1655457485, 0.02159848161, -0.2349226022, -0.1401534272, 0.06621137384, 0, -2.315539353,
                0.0568487838, 0.08333333333, -3.505752664]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), reduction='sum')
        ["GaussianNegativeLogLikelihood, sum"] = new(new GaussianNegativeLogLikelihood(false, Reduction.Sum), H, Golden.B,
            [25.46428857],
            [-0.7408182207, -2.386919516, 0.9932744912, 0.1295908897, -1.409535613, -0.8409205631, 0.397268243, 0, -13.89323612,
                0.3410927028, 0.5, -21.03451598]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), full=True, reduction='none')
        ["GaussianNegativeLogLikelihood full, none"] = new(new GaussianNegativeLogLikelihood(true, Reduction.None), H, Golden.B,
            [1.439347644, 2.628474146, 2.759859096, 1.42784583, 1.018938533, 21.70345452],
            [-0.7408182207, -1.289658119, -0.4133480373, 0.1295908897, -0.7615753419, 0.3499464321, -0.3932925797, 0, -3.94098572,
                -0.3376792164, -0.3268218104, -5.966696774]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), full=True, reduction='mean')
        ["GaussianNegativeLogLikelihood full, mean"] = new(new GaussianNegativeLogLikelihood(true, Reduction.Mean), H, Golden.B,
            [5.162986628],
            [-0.1234697034, -0.3978199194, 0.1655457485, 0.02159848161, -0.2349226022, -0.1401534272, 0.06621137384, 0, -2.315539353,
                0.0568487838, 0.08333333333, -3.505752664]),
        // F.gaussian_nll_loss(h[:, :3], b.detach(), h[:, 3:].exp(), full=True, reduction='sum')
        ["GaussianNegativeLogLikelihood full, sum"] = new(new GaussianNegativeLogLikelihood(true, Reduction.Sum), H, Golden.B,
            [30.97791977],
            [-0.7408182207, -2.386919516, 0.9932744912, 0.1295908897, -1.409535613, -0.8409205631, 0.397268243, 0, -13.89323612,
                0.3410927028, 0.5, -21.03451598]),
        // F.cosine_embedding_loss(a, b.detach(), T([1., 1.]), reduction='none')
        ["CosineDistance, none"] = new(new CosineDistance(Reduction.None), Golden.A, Golden.B,
            [1.27817834, 1.134943516], [-0.3937077772, -0.03980342363, 0.07454489012, 0.1544569295, -0.1184097527, -0.05642595241]),
        // F.cosine_embedding_loss(a, b.detach(), T([1., 1.]), reduction='mean')
        ["CosineDistance, mean"] = new(new CosineDistance(Reduction.Mean), Golden.A, Golden.B,
            [1.206560928], [-0.1968538886, -0.01990171181, 0.03727244506, 0.1429356564, -0.1095773157, -0.0522170198]),
        // F.cosine_embedding_loss(a, b.detach(), T([1., 1.]), reduction='sum')
        ["CosineDistance, sum"] = new(new CosineDistance(Reduction.Sum), Golden.A, Golden.B,
            [2.413121856], [-0.3937077772, -0.03980342363, 0.07454489012, 0.2858713127, -0.2191546315, -0.1044340396]),
        // F.binary_cross_entropy_with_logits(a, d, pos_weight=T(3.0), reduction='none')
        ["BinaryCrossEntropy from logits, yes weighs 3, none"] = new(new BinaryCrossEntropy(true, Reduction.None, 3), Golden.A, Golden.D,
            [1.018892381, 3.151877922, 1.777699215, 0.5543552445, 1.113301998, 0.07888973429],
            [0.4469511974, -0.8344750186, -0.2634691828, -0.4212987152, 0.6079386081, 0.02151809713]),
        // F.binary_cross_entropy_with_logits(a, d, pos_weight=T(3.0), reduction='mean')
        ["BinaryCrossEntropy from logits, yes weighs 3, mean"] = new(new BinaryCrossEntropy(true, Reduction.Mean, 3), Golden.A, Golden.D,
            [1.282502749], [0.07449186624, -0.2574099134, 0.1055193182, 0.0709262472, -0.1550127594, 0.01264303]),
        // F.binary_cross_entropy_with_logits(a, d, pos_weight=T(3.0), reduction='sum')
        ["BinaryCrossEntropy from logits, yes weighs 3, sum"] = new(new BinaryCrossEntropy(true, Reduction.Sum, 3), Golden.A, Golden.D,
            [7.695016495], [0.4469511974, -1.54445948, 0.6331159092, 0.4255574832, -0.9300765566, 0.07585818002]),
        // -(3 * d * q.log() + (1 - d) * (1 - q).log())
        ["BinaryCrossEntropy, yes weighs 3, none"] = new(new BinaryCrossEntropy(false, Reduction.None, 3), Golden.Q, Golden.D,
            [0.6836605699, 1.663553233, 1.007723638, 0.9162907319, 3.611918413, 0.1053605157],
            [-0.375, -1.945088301, 0.3566972885, -2.474981242, 6.536436209, 0.3151802061]),
        // (-(3 * d * q.log() + (1 - d) * (1 - q).log())).mean()
        ["BinaryCrossEntropy, yes weighs 3, mean"] = new(new BinaryCrossEntropy(false, Reduction.Mean, 3), Golden.Q, Golden.D,
            [1.33141785], [-0.0625, -0.6, -0.1428571429, 0.4166666667, -1.666666667, 0.1851851852]),
        // (-(3 * d * q.log() + (1 - d) * (1 - q).log())).sum()
        ["BinaryCrossEntropy, yes weighs 3, sum"] = new(new BinaryCrossEntropy(false, Reduction.Sum, 3), Golden.Q, Golden.D,
            [7.988507102], [-0.375, -3.6, -0.8571428571, 2.5, -10, 1.111111111]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void MatchesPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);

    private static Tensor LogP() => Golden.A().LogSoftmax();

    private static Tensor Padded() => Tensor.From([-100, 1]);

    private static Tensor Yes() => Tensor.From([1, 0, 1, 0, 0, 1], 2, 3);

    private static Tensor H() => Tensor.From([0.5, -1.2, 2.0, 0.3, -0.4, 1.0, -0.3, 0.8, -2.5, 0.7, 0.2, -1.5], 2, 6);
}
