namespace DeepLearning.Tests.Losses;

/// <summary>Losses with every option. See <see cref="Golden"/> for the inputs and how the rows were made.</summary>
public class LossGoldenTests
{
    private static readonly Dictionary<string, LossRow> s_rows = new()
    {
        // F.mse_loss(a, b.detach(), reduction='none')
        ["MeanSquaredError, none"] = new(new MeanSquaredError(Reduction.None), Golden.A, Golden.B,
            [1, 2.56, 7.29, 0.64, 0, 9.61], [-2, -1.728967379, -2.247192917, -1.583987995, 0, -1.75870555]),
        // F.mse_loss(a, b.detach())
        ["MeanSquaredError, mean"] = new(new MeanSquaredError(Reduction.Mean), Golden.A, Golden.B,
            [3.516666667], [-0.3333333333, -0.5333333333, 0.9, 0.2666666667, 0, -1.033333333]),
        // F.mse_loss(a, b.detach(), reduction='sum')
        ["MeanSquaredError, sum"] = new(new MeanSquaredError(Reduction.Sum), Golden.A, Golden.B,
            [21.1], [-2, -3.2, 5.4, 1.6, 0, -6.2]),
        // 0.5 * ((b.detach() - a) ** 2).sum(1)
        ["HalfSquaredError, none"] = new(new HalfSquaredError(Reduction.None), Golden.A, Golden.B,
            [5.425, 5.125], [-1, -1.6, 2.7, 0.4322418447, 0, -1.674937148]),
        // (0.5 * ((b.detach() - a) ** 2).sum(1)).mean()
        ["HalfSquaredError, mean"] = new(new HalfSquaredError(Reduction.Mean), Golden.A, Golden.B,
            [5.275], [-0.5, -0.8, 1.35, 0.4, 0, -1.55]),
        // (0.5 * ((b.detach() - a) ** 2).sum(1)).sum()
        ["HalfSquaredError, sum"] = new(new HalfSquaredError(Reduction.Sum), Golden.A, Golden.B,
            [10.55], [-1, -1.6, 2.7, 0.8, 0, -3.1]),
        // F.l1_loss(a, b.detach(), reduction='none')
        ["MeanAbsoluteError, none"] = new(new MeanAbsoluteError(Reduction.None), Golden.A, Golden.B,
            [1, 1.6, 2.7, 0.8, 0, 3.1], [-1, -0.5403023059, -0.4161468365, -0.9899924966, 0, -0.2836621855]),
        // F.l1_loss(a, b.detach())
        ["MeanAbsoluteError, mean"] = new(new MeanAbsoluteError(Reduction.Mean), Golden.A, Golden.B,
            [1.533333333], [-0.1666666667, -0.1666666667, 0.1666666667, 0.1666666667, 0, -0.1666666667]),
        // F.l1_loss(a, b.detach(), reduction='sum')
        ["MeanAbsoluteError, sum"] = new(new MeanAbsoluteError(Reduction.Sum), Golden.A, Golden.B,
            [9.2], [-1, -1, 1, 1, 0, -1]),
        // F.huber_loss(a, b.detach(), reduction='none')
        ["Huber, none"] = new(new Huber(1, Reduction.None), Golden.A, Golden.B,
            [0.5, 1.1, 2.2, 0.32, 0, 2.6], [-1, -0.5403023059, -0.4161468365, -0.7919939973, 0, -0.2836621855]),
        // F.huber_loss(a, b.detach())
        ["Huber, mean"] = new(new Huber(1, Reduction.Mean), Golden.A, Golden.B,
            [1.12], [-0.1666666667, -0.1666666667, 0.1666666667, 0.1333333333, 0, -0.1666666667]),
        // F.huber_loss(a, b.detach(), reduction='sum')
        ["Huber, sum"] = new(new Huber(1, Reduction.Sum), Golden.A, Golden.B,
            [6.72], [-1, -1, 1, 0.8, 0, -1]),
        // F.huber_loss(a, b.detach(), delta=2.0, reduction='none')
        ["Huber(2), none"] = new(new Huber(2, Reduction.None), Golden.A, Golden.B,
            [0.5, 1.28, 3.4, 0.32, 0, 4.2], [-1, -0.8644836894, -0.8322936731, -0.7919939973, 0, -0.5673243709]),
        // F.huber_loss(a, b.detach(), delta=2.0)
        ["Huber(2), mean"] = new(new Huber(2, Reduction.Mean), Golden.A, Golden.B,
            [1.616666667], [-0.1666666667, -0.2666666667, 0.3333333333, 0.1333333333, 0, -0.3333333333]),
        // F.huber_loss(a, b.detach(), delta=2.0, reduction='sum')
        ["Huber(2), sum"] = new(new Huber(2, Reduction.Sum), Golden.A, Golden.B,
            [9.7], [-1, -1.6, 2, 0.8, 0, -2]),
        // F.binary_cross_entropy(q, d, reduction='none')
        ["BinaryCrossEntropy, none"] = new(new BinaryCrossEntropy(false, Reduction.None), Golden.Q, Golden.D,
            [0.3617729874, 0.6931471806, 0.526134516, 0.9162907319, 1.203972804, 0.1053605157],
            [0.625, -0.4322418447, -0.1981651603, -2.474981242, 2.17881207, 0.3151802061]),
        // F.binary_cross_entropy(q, d)
        ["BinaryCrossEntropy, mean"] = new(new BinaryCrossEntropy(false, Reduction.Mean), Golden.Q, Golden.D,
            [0.634446456], [0.1041666667, -0.1333333333, 0.07936507937, 0.4166666667, -0.5555555556, 0.1851851852]),
        // F.binary_cross_entropy(q, d, reduction='sum')
        ["BinaryCrossEntropy, sum"] = new(new BinaryCrossEntropy(false, Reduction.Sum), Golden.Q, Golden.D,
            [3.806678736], [0.625, -0.8, 0.4761904762, 2.5, -3.333333333, 1.111111111]),
        // F.binary_cross_entropy_with_logits(a, d, reduction='none')
        ["BinaryCrossEntropy from logits, none"] = new(new BinaryCrossEntropy(true, Reduction.None), Golden.A, Golden.D,
            [0.9240769842, 1.103282467, 1.726928011, 0.5543552445, 0.3711006659, 0.07888973429],
            [0.5224593312, -0.2531450209, -0.2833115503, -0.4212987152, 0.2026462027, 0.02151809713]),
        // F.binary_cross_entropy_with_logits(a, d)
        ["BinaryCrossEntropy from logits, mean"] = new(new BinaryCrossEntropy(true, Reduction.Mean), Golden.A, Golden.D,
            [0.7931055179], [0.0870765552, -0.07808746392, 0.1134661797, 0.0709262472, -0.05167091981, 0.01264303]),
        // F.binary_cross_entropy_with_logits(a, d, reduction='sum')
        ["BinaryCrossEntropy from logits, sum"] = new(new BinaryCrossEntropy(true, Reduction.Sum), Golden.A, Golden.D,
            [4.758633107], [0.5224593312, -0.4685247835, 0.680797078, 0.4255574832, -0.3100255189, 0.07585818002]),
        // -(d * q.log()).sum(-1)
        ["CategoricalCrossEntropy, none"] = new(new CategoricalCrossEntropy(false, Reduction.None), Golden.Q, Golden.D,
            [0.8869413785, 1.203972804], [-0.5, -1.4, -0.6666666667, 0, -1.801007686, 0]),
        // (-(d * q.log()).sum(-1)).mean()
        ["CategoricalCrossEntropy, mean"] = new(new CategoricalCrossEntropy(false, Reduction.Mean), Golden.Q, Golden.D,
            [1.045457091], [-0.25, -0.7, -0.3333333333, 0, -1.666666667, 0]),
        // (-(d * q.log()).sum(-1)).sum()
        ["CategoricalCrossEntropy, sum"] = new(new CategoricalCrossEntropy(false, Reduction.Sum), Golden.Q, Golden.D,
            [2.090914183], [-0.5, -1.4, -0.6666666667, 0, -3.333333333, 0]),
        // F.cross_entropy(a, d, reduction='none')
        ["CategoricalCrossEntropy from logits, none"] = new(new CategoricalCrossEntropy(true, Reduction.None), Golden.A, Golden.D,
            [2.624196137, 0.314631345], [0.07654205887, -0.6677486745, 0.5912066157, 0.1313016652, -0.1458503044, 0.0145486392]),
        // F.cross_entropy(a, d)
        ["CategoricalCrossEntropy from logits, mean"] = new(new CategoricalCrossEntropy(true, Reduction.Mean), Golden.A, Golden.D,
            [1.469413741], [0.03827102943, -0.3338743373, 0.2956033078, 0.1215075929, -0.1349710179, 0.01346342505]),
        // F.cross_entropy(a, d, reduction='sum')
        ["CategoricalCrossEntropy from logits, sum"] = new(new CategoricalCrossEntropy(true, Reduction.Sum), Golden.A, Golden.D,
            [2.938827482], [0.07654205887, -0.6677486745, 0.5912066157, 0.2430151857, -0.2699420358, 0.02692685011]),
        // F.nll_loss(q.log(), l, reduction='none')
        ["SparseCategoricalCrossEntropy, none"] = new(new SparseCategoricalCrossEntropy(false, Reduction.None), Golden.Q, Golden.L,
            [1.203972804, 0.5108256238], [0, 0, -3.333333333, -0.9005038431, 0, 0]),
        // F.nll_loss(q.log(), l)
        ["SparseCategoricalCrossEntropy, mean"] = new(new SparseCategoricalCrossEntropy(false, Reduction.Mean), Golden.Q, Golden.L,
            [0.857399214], [0, 0, -1.666666667, -0.8333333333, 0, 0]),
        // F.nll_loss(q.log(), l, reduction='sum')
        ["SparseCategoricalCrossEntropy, sum"] = new(new SparseCategoricalCrossEntropy(false, Reduction.Sum), Golden.Q, Golden.L,
            [1.714798428], [0, 0, -3.333333333, -1.666666667, 0, 0]),
        // F.cross_entropy(a, l, reduction='none')
        ["SparseCategoricalCrossEntropy from logits, none"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.None), Golden.A, Golden.L,
                [0.2341961371, 1.414631345], [0.1765420589, 0.03225132546, -0.2087933843, -0.4090006407, 0.3944520015, 0.0145486392]),
        // F.cross_entropy(a, l)
        ["SparseCategoricalCrossEntropy from logits, mean"] =
            new(new SparseCategoricalCrossEntropy(true, Reduction.Mean), Golden.A, Golden.L,
                [0.8244137411], [0.08827102943, 0.01612566273, -0.1043966922, -0.3784924071, 0.3650289821, 0.01346342505]),
        // F.cross_entropy(a, l, reduction='sum')
        ["SparseCategoricalCrossEntropy from logits, sum"] = new(new SparseCategoricalCrossEntropy(true, Reduction.Sum), Golden.A, Golden.L,
            [1.648827482], [0.1765420589, 0.03225132546, -0.2087933843, -0.7569848143, 0.7300579642, 0.02692685011]),
        // F.kl_div(q.log(), d, reduction='none').sum(-1)
        ["KlDivergence, none"] = new(new KlDivergence(false, Reduction.None), Golden.Q, Golden.D,
            [0.08512282596, 1.203972804], [-0.5, -1.4, -0.6666666667, 0, -1.801007686, 0]),
        // F.kl_div(q.log(), d, reduction='batchmean')
        ["KlDivergence, mean"] = new(new KlDivergence(false, Reduction.Mean), Golden.Q, Golden.D,
            [0.6445478151], [-0.25, -0.7, -0.3333333333, 0, -1.666666667, 0]),
        // F.kl_div(q.log(), d, reduction='sum')
        ["KlDivergence, sum"] = new(new KlDivergence(false, Reduction.Sum), Golden.Q, Golden.D,
            [1.28909563], [-0.5, -1.4, -0.6666666667, 0, -3.333333333, 0]),
        // F.kl_div(a.log_softmax(-1), d, reduction='none').sum(-1)
        ["KlDivergence from logits, none"] = new(new KlDivergence(true, Reduction.None), Golden.A, Golden.D,
            [1.822377585, 0.314631345], [0.07654205887, -0.6677486745, 0.5912066157, 0.1313016652, -0.1458503044, 0.0145486392]),
        // F.kl_div(a.log_softmax(-1), d, reduction='batchmean')
        ["KlDivergence from logits, mean"] = new(new KlDivergence(true, Reduction.Mean), Golden.A, Golden.D,
            [1.068504465], [0.03827102943, -0.3338743373, 0.2956033078, 0.1215075929, -0.1349710179, 0.01346342505]),
        // F.kl_div(a.log_softmax(-1), d, reduction='sum')
        ["KlDivergence from logits, sum"] = new(new KlDivergence(true, Reduction.Sum), Golden.A, Golden.D,
            [2.13700893], [0.07654205887, -0.6677486745, 0.5912066157, 0.2430151857, -0.2699420358, 0.02692685011]),
        // (1 - s * a).relu()
        ["Hinge, none"] = new(new Hinge(Reduction.None), Golden.A, Golden.S,
            [0.5, 0, 0, 0.7, 1.8, 3.5], [-1, 0, 0, -0.9899924966, -0.6536436209, -0.2836621855]),
        // (1 - s * a).relu().mean()
        ["Hinge, mean"] = new(new Hinge(Reduction.Mean), Golden.A, Golden.S,
            [1.083333333], [-0.1666666667, 0, 0, 0.1666666667, 0.1666666667, -0.1666666667]),
        // (1 - s * a).relu().sum()
        ["Hinge, sum"] = new(new Hinge(Reduction.Sum), Golden.A, Golden.S,
            [6.5], [-1, 0, 0, 1, 1, -1]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);
}
