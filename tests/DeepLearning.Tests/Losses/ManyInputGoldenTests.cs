namespace DeepLearning.Tests.Losses;

/// <summary>
/// Losses of more than a prediction and a target: their value and the gradients for the inputs named. See <see cref="Golden"/> for a, b and
/// d; c and v are more inputs, y = Yes(), s = (1, −1), u = (1, 0), dist = ‖a − b‖, kl = the divergence of N(a, exp b) from N(0, 1), B =
/// binary cross-entropy from logits.
/// </summary>
public class ManyInputGoldenTests
{
    private sealed record Row(Func<Tensor, Tensor, Tensor, Tensor, Tensor> Loss, string With, double[] Output, params double[][] Gradients);

    private static readonly Dictionary<string, Row> s_rows = new()
    {
        // F.gaussian_nll_loss(a, b.detach(), v, reduction='none')
        ["GaussianNegativeLogLikelihood of variances, none"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(false, Reduction.None).Forward(a, v, Golden.B()), "av",
                [0.6534264097, 1.056065887, 2.16907359, 2.048707454, -0.6019864022, 11.55435463],
                [-2, -0.5763224596, -0.5617982293, -7.919939973, 0, -2.198381937],
                [-1, -0.1272712098, 0.2751770957, 26.72979741, -1.089406035, -8.164152275]),
        // F.gaussian_nll_loss(a, b.detach(), v, reduction='mean')
        ["GaussianNegativeLogLikelihood of variances, mean"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(false, Reduction.Mean).Forward(a, v, Golden.B()), "av",
                [2.813273595],
                [-0.3333333333, -0.1777777778, 0.225, 1.333333333, 0, -1.291666667],
                [-0.1666666667, -0.03925925926, -0.1102083333, -4.5, 0.2777777778, -4.796875]),
        // F.gaussian_nll_loss(a, b.detach(), v, reduction='sum')
        ["GaussianNegativeLogLikelihood of variances, sum"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(false, Reduction.Sum).Forward(a, v, Golden.B()), "av",
                [16.87964157], [-2, -1.066666667, 1.35, 8, 0, -7.75], [-1, -0.2355555556, -0.66125, -27, 1.666666667, -28.78125]),
        // F.gaussian_nll_loss(a, b.detach(), v, full=True, reduction='none')
        ["GaussianNegativeLogLikelihood of variances, full, none"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(true, Reduction.None).Forward(a, v, Golden.B()), "av",
                [1.572364943, 1.975004421, 3.088012123, 2.967645987, 0.316952131, 12.47329317],
                [-2, -0.5763224596, -0.5617982293, -7.919939973, 0, -2.198381937],
                [-1, -0.1272712098, 0.2751770957, 26.72979741, -1.089406035, -8.164152275]),
        // F.gaussian_nll_loss(a, b.detach(), v, full=True, reduction='mean')
        ["GaussianNegativeLogLikelihood of variances, full, mean"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(true, Reduction.Mean).Forward(a, v, Golden.B()), "av",
                [3.732212129],
                [-0.3333333333, -0.1777777778, 0.225, 1.333333333, 0, -1.291666667],
                [-0.1666666667, -0.03925925926, -0.1102083333, -4.5, 0.2777777778, -4.796875]),
        // F.gaussian_nll_loss(a, b.detach(), v, full=True, reduction='sum')
        ["GaussianNegativeLogLikelihood of variances, full, sum"] =
            new((a, _, _, v) => new GaussianNegativeLogLikelihood(true, Reduction.Sum).Forward(a, v, Golden.B()), "av",
                [22.39327277], [-2, -1.066666667, 1.35, 8, 0, -7.75], [-1, -0.2355555556, -0.66125, -27, 1.666666667, -28.78125]),
        // F.cosine_embedding_loss(b, c, s, reduction='none')
        ["CosineEmbedding, none"] = new((_, b, c, _) => new CosineEmbedding(0, Reduction.None).Forward(b, c, Tensor.From([1, -1])), "bc",
            [1.401692875, 0.03722380008],
            [-0.04868588954, -0.4133500594, -0.3405269401, 0.06029081256, -0.1581211876, 0.3213614066],
            [-0.5228684615, -0.3249227948, 0.07571193702, -0.2784660474, 0.2068948602, 0.1383308659]),
        // F.cosine_embedding_loss(b, c, s, reduction='mean')
        ["CosineEmbedding, mean"] = new((_, b, c, _) => new CosineEmbedding(0, Reduction.Mean).Forward(b, c, Tensor.From([1, -1])), "bc",
            [0.7194583373],
            [-0.02434294477, -0.2066750297, -0.17026347, 0.05579359176, -0.1463265897, 0.2973903712],
            [-0.2614342307, -0.1624613974, 0.03785596851, -0.2576946686, 0.1914621296, 0.1280124704]),
        // F.cosine_embedding_loss(b, c, s, reduction='sum')
        ["CosineEmbedding, sum"] = new((_, b, c, _) => new CosineEmbedding(0, Reduction.Sum).Forward(b, c, Tensor.From([1, -1])), "bc",
            [1.438916675],
            [-0.04868588954, -0.4133500594, -0.3405269401, 0.1115871835, -0.2926531794, 0.5947807423],
            [-0.5228684615, -0.3249227948, 0.07571193702, -0.5153893373, 0.3829242592, 0.2560249408]),
        // F.cosine_embedding_loss(a, c, -s, margin=-0.5, reduction='none')
        ["CosineEmbedding margin, none"] =
            new((a, _, c, _) => new CosineEmbedding(-0.5, Reduction.None).Forward(a, c, Tensor.From([-1, 1])), "ac",
                [0.7612182089, 1.992289408],
                [-0.1365272827, 0.3106295084, 0.2205095257, -0.005249045146, 0.02342817061, 0.008126900014],
                [0.1898963645, -0.4485617828, 0.4360583185, -0.008866678799, 0.04074611173, 0.02017000215]),
        // F.cosine_embedding_loss(a, c, -s, margin=-0.5, reduction='mean')
        ["CosineEmbedding margin, mean"] =
            new((a, _, c, _) => new CosineEmbedding(-0.5, Reduction.Mean).Forward(a, c, Tensor.From([-1, 1])), "ac",
                [1.376753808],
                [-0.06826364137, 0.1553147542, 0.1102547629, -0.00485750763, 0.0216806132, 0.007520697141],
                [0.09494818225, -0.2242808914, 0.2180291592, -0.008205294243, 0.03770677202, 0.01866547851]),
        // F.cosine_embedding_loss(a, c, -s, margin=-0.5, reduction='sum')
        ["CosineEmbedding margin, sum"] =
            new((a, _, c, _) => new CosineEmbedding(-0.5, Reduction.Sum).Forward(a, c, Tensor.From([-1, 1])), "ac",
                [2.753507617],
                [-0.1365272827, 0.3106295084, 0.2205095257, -0.00971501526, 0.04336122641, 0.01504139428],
                [0.1898963645, -0.4485617828, 0.4360583185, -0.01641058849, 0.07541354403, 0.03733095701]),
        // F.triplet_margin_loss(a, b, c, reduction='none')
        ["TripletMargin, none"] = new((a, b, c, _) => new TripletMargin(reduction: Reduction.None).Forward(a, b, c), "abc",
            [1.838328139, 0.1211209584],
            [-0.6700968225, 0.3694446613, 0.4531801375, 0.2012161073, -0.1853778019, -0.01999413367],
            [0.303588064, 0.4857410845, -0.819688896, -0.1350098689, -1.687621252e-07, 0.5231624194],
            [0.3665087585, -0.8551857458, 0.3665087585, -0.06620623839, 0.1853779707, -0.5031682857]),
        // F.triplet_margin_loss(a, b, c, reduction='mean')
        ["TripletMargin, mean"] = new((a, b, c, _) => new TripletMargin(reduction: Reduction.Mean).Forward(a, b, c), "abc",
            [0.9797245489],
            [-0.3350484113, 0.1847223306, 0.2265900687, 0.186206967, -0.1715500747, -0.01850272842],
            [0.151794032, 0.2428705423, -0.409844448, -0.1249391937, -1.561737969e-07, 0.4841386143],
            [0.1832543793, -0.4275928729, 0.1832543793, -0.06126777331, 0.1715502309, -0.4656358859]),
        // F.triplet_margin_loss(a, b, c, reduction='sum')
        ["TripletMargin, sum"] = new((a, b, c, _) => new TripletMargin(reduction: Reduction.Sum).Forward(a, b, c), "abc",
            [1.959449098],
            [-0.6700968225, 0.3694446613, 0.4531801375, 0.3724139341, -0.3431001495, -0.03700545685],
            [0.303588064, 0.4857410845, -0.819688896, -0.2498783874, -3.123475939e-07, 0.9682772286],
            [0.3665087585, -0.8551857458, 0.3665087585, -0.1225355466, 0.3431004618, -0.9312717718]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=3, swap=True, reduction='none')
        ["TripletMargin norm 3, swap, none"] = new((a, b, c, _) => new TripletMargin(2, 3, true, Reduction.None).Forward(a, b, c), "abc",
            [2.710498152, 3.375900495],
            [-0.2842708422, 0.6059320296, 0.6910901755, 0.03557632255, 5.558786501e-14, -0.5341990381],
            [0.1176548452, 0.3011966297, -0.8577061725, 0.2654106424, -0.3490746755, 0.621467333],
            [0.166615997, -0.9071286593, 0.166615997, -0.3009869649, 0.3490746755, -0.08726829487]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=3, swap=True, reduction='mean')
        ["TripletMargin norm 3, swap, mean"] = new((a, b, c, _) => new TripletMargin(2, 3, true, Reduction.Mean).Forward(a, b, c), "abc",
            [3.043199324],
            [-0.1421354211, 0.3029660148, 0.3455450878, 0.03292260848, 5.144144714e-14, -0.4943519881],
            [0.05882742261, 0.1505983148, -0.4288530862, 0.2456130943, -0.323036448, 0.575110754],
            [0.08330799848, -0.4535643296, 0.08330799848, -0.2785357027, 0.323036448, -0.0807587659]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=3, swap=True, reduction='sum')
        ["TripletMargin norm 3, swap, sum"] = new((a, b, c, _) => new TripletMargin(2, 3, true, Reduction.Sum).Forward(a, b, c), "abc",
            [6.086398648],
            [-0.2842708422, 0.6059320296, 0.6910901755, 0.06584521695, 1.028828943e-13, -0.9887039761],
            [0.1176548452, 0.3011966297, -0.8577061725, 0.4912261885, -0.6460728961, 1.150221508],
            [0.166615997, -0.9071286593, 0.166615997, -0.5570714055, 0.6460728961, -0.1615175318]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=1, reduction='none')
        ["TripletMargin norm 1, none"] = new((a, b, c, _) => new TripletMargin(2, 1, false, Reduction.None).Forward(a, b, c), "abc",
            [3.399998, 0.200002],
            [-2, 0, 0, 1.080604612, 0, 0],
            [1, 1, -1, -0.5403023059, -0.5403023059, 0.5403023059],
            [1, -1, 1, -0.5403023059, 0.5403023059, -0.5403023059]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=1, reduction='mean')
        ["TripletMargin norm 1, mean"] = new((a, b, c, _) => new TripletMargin(2, 1, false, Reduction.Mean).Forward(a, b, c), "abc",
            [1.8], [-1, 0, 0, 1, 0, 0], [0.5, 0.5, -0.5, -0.5, -0.5, 0.5], [0.5, -0.5, 0.5, -0.5, 0.5, -0.5]),
        // F.triplet_margin_loss(a, b, c, margin=2.0, p=1, reduction='sum')
        ["TripletMargin norm 1, sum"] = new((a, b, c, _) => new TripletMargin(2, 1, false, Reduction.Sum).Forward(a, b, c), "abc",
            [3.6], [-2, 0, 0, 2, 0, 0], [1, 1, -1, -1, -1, 1], [1, -1, 1, -1, 1, -1]),
        // 0.5 * (u * dist ** 2 + (1 - u) * F.relu(4 - dist) ** 2)
        ["Contrastive, none"] = new((a, b, _, _) => new Contrastive(4, Reduction.None).Forward(a, b, Tensor.From([1, 0])), "ab",
            [5.4250001, 0.3187520987],
            [-0.999999, -1.599999, 2.700001, -0.1077970907, -1.347461949e-07, 0.4177130695],
            [0.999999, 1.599999, -2.700001, 0.1077970907, 1.347461949e-07, -0.4177130695]),
        // (0.5 * (u * dist ** 2 + (1 - u) * F.relu(4 - dist) ** 2)).mean()
        ["Contrastive, mean"] = new((a, b, _, _) => new Contrastive(4, Reduction.Mean).Forward(a, b, Tensor.From([1, 0])), "ab",
            [2.871876099],
            [-0.4999995, -0.7999995, 1.3500005, -0.09975627488, -1.246951877e-07, 0.3865549573],
            [0.4999995, 0.7999995, -1.3500005, 0.09975627488, 1.246951877e-07, -0.3865549573]),
        // (0.5 * (u * dist ** 2 + (1 - u) * F.relu(4 - dist) ** 2)).sum()
        ["Contrastive, sum"] = new((a, b, _, _) => new Contrastive(4, Reduction.Sum).Forward(a, b, Tensor.From([1, 0])), "ab",
            [5.743752199],
            [-0.999999, -1.599999, 2.700001, -0.1995125498, -2.493903755e-07, 0.7731099145],
            [0.999999, 1.599999, -2.700001, 0.1995125498, 2.493903755e-07, -0.7731099145]),
        // torch.distributions.kl_divergence(N(a, (b / 2).exp()), N(0., 1.)).sum(1)
        ["GaussianDivergence"] = new((a, b, _, _) => GaussianDivergence.FromStandardNormal(a, b), "ab",
            [3.980049536, 4.030265406],
            [0.5, -1.2, 2, -0.1620906918, 0.4322418447, -1.350755765],
            [1.740844535, 0.2459123488, -0.2517073481, -0.1802256459, 0.3310812948, 0.2220963418]),
        // B(c, y, reduction='sum') / 2 + 4 * kl.mean()
        ["VariationalLoss"] =
            new((a, b, c, _) => new VariationalLoss(new BinaryCrossEntropy(true, Reduction.Sum), 4).Forward(c, Yes(), a, b).Total, "abc",
                [17.97969975],
                [1, -2.4, 4, -0.6, 1.6, -5],
                [3.48168907, 0.4918246976, -0.5034146962, -0.6671289163, 1.225540928, 0.8221188004],
                [-0.2993438301, 0.3554747513, -0.1248699472, 0.2749169987, 0.1771718469, -0.1070825085]),
        // 0.5 * ((c - d) ** 2).sum() / 2 + kl.mean()
        ["VariationalLoss of numbers"] =
            new((a, b, c, _) => new VariationalLoss(new HalfSquaredError(Reduction.Sum)).Forward(c, Golden.D(), a, b).Total, "abc",
                [5.352657471],
                [0.25, -0.6, 1, -0.15, 0.4, -1.25],
                [0.8704222676, 0.1229561744, -0.1258536741, -0.1667822291, 0.3063852321, 0.2055297001],
                [-0.25, 0.1, 0.45, 0.1, -0.8, 0.65]),
        // B(a, one(a)) + B(b, zero(b))
        ["MinimaxLoss, discriminator"] = new((a, b, _, _) => new MinimaxLoss().Discriminator(a, b), "ab",
            [1.897028605],
            [-0.0629234448, -0.1280874639, -0.01986715367, -0.09574041947, -0.05167091981, -0.1540236367],
            [0.1362624127, 0.09978127669, 0.05530203797, 0.04162331573, 0.1149957469, 0.1076093844]),
        // B(a, one(a)) + B(b, zero(b))
        ["NonSaturatingLoss, discriminator"] = new((a, b, _, _) => new NonSaturatingLoss().Discriminator(a, b), "ab",
            [1.897028605],
            [-0.0629234448, -0.1280874639, -0.01986715367, -0.09574041947, -0.05167091981, -0.1540236367],
            [0.1362624127, 0.09978127669, 0.05530203797, 0.04162331573, 0.1149957469, 0.1076093844]),
        // 0.5 * (F.mse_loss(a, one(a)) + F.mse_loss(b, zero(b)))
        ["LeastSquaresLoss, discriminator"] = new((a, b, _, _) => new LeastSquaresLoss().Discriminator(a, b), "ab",
            [2.098333333],
            [-0.08333333333, -0.3666666667, 0.1666666667, -0.2166666667, -0.03333333333, -0.5833333333],
            [0.25, 0.06666666667, -0.1166666667, -0.1833333333, 0.1333333333, 0.1]),
        // F.relu(1 - a).mean() + F.relu(1 + b).mean()
        ["HingeAdversarialLoss, discriminator"] = new((a, b, _, _) => new HingeAdversarialLoss().Discriminator(a, b), "ab",
            [2.55],
            [-0.1666666667, -0.1666666667, 0, -0.1666666667, -0.1666666667, -0.1666666667],
            [0.1666666667, 0.1666666667, 0.1666666667, 0, 0.1666666667, 0.1666666667]),
        // b.mean() - a.mean()
        ["WassersteinLoss, discriminator"] = new((a, b, _, _) => new WassersteinLoss().Discriminator(a, b), "ab",
            [0.3666666667],
            [-0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667],
            [0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667]),
        // -B(b, zero(b))
        ["MinimaxLoss, generator"] = new((_, b, _, _) => new MinimaxLoss().Generator(b), "b",
            [-0.9189230868], [-0.1362624127, -0.09978127669, -0.05530203797, -0.04162331573, -0.1149957469, -0.1076093844]),
        // B(b, one(b))
        ["NonSaturatingLoss, generator"] = new((_, b, _, _) => new NonSaturatingLoss().Generator(b), "b",
            [0.6689230868], [-0.03040425397, -0.06688538998, -0.1113646287, -0.1250433509, -0.05167091981, -0.0590572823]),
        // 0.5 * F.mse_loss(b, one(b))
        ["LeastSquaresLoss, generator"] = new((_, b, _, _) => new LeastSquaresLoss().Generator(b), "b",
            [0.6758333333], [0.08333333333, -0.1, -0.2833333333, -0.35, -0.03333333333, -0.06666666667]),
        // -b.mean()
        ["HingeAdversarialLoss, generator"] = new((_, b, _, _) => new HingeAdversarialLoss().Generator(b), "b",
            [-0.25], [-0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667]),
        // -b.mean()
        ["WassersteinLoss, generator"] = new((_, b, _, _) => new WassersteinLoss().Generator(b), "b",
            [-0.25], [-0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667, -0.1666666667]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void MatchesPyTorch(string name, string device)
    {
        Row row = s_rows[name];
        Golden.Check(device, () =>
        {
            Tensor[] inputs = [.. Inputs().Select(x => x.RequireGradient())];
            return (row.Loss(inputs[0], inputs[1], inputs[2], inputs[3]), [.. row.With.Select(letter => inputs["abcv".IndexOf(letter)])]);
        }, row.Output, row.Gradients);
    }

    public static TheoryData<string> Names => [.. s_rows.Keys];

    [Theory, MemberData(nameof(Names))]
    public void DerivativesAgreeWithDifferences(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor[] inputs, Func<Tensor> loss, Tensor[] with) = Setup(name);
        GradientCheck check = GradientCheck.Run(() => loss().Square().Sum(), with);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void SecondDerivativesAgreeWithDifferences(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor[] inputs, Func<Tensor> loss, Tensor[] with) = Setup(name);
        GradientCheck check = GradientCheck.Run(() =>
        {
            bool outer = Tensor.IsRecording;
            using IDisposable _ = Tensor.Recording(on: true);
            Tensor[] g = Tensor.Gradients(loss().Square().Sum(), with, keepGraph: outer);
            return g.Select((g, i) => (g * Tensor.Normal(new Generator((ulong)i), 0, 1, g.Shape.Dims)).Sum()).Aggregate((x, y) => x + y);
        }, with, tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    // Moved apart, since a and b have a number in common, at which the differences would straddle a kink.
    private static (Tensor[] Inputs, Func<Tensor> Loss, Tensor[] With) Setup(string name)
    {
        Row row = s_rows[name];
        Tensor[] inputs = [.. Inputs().Select((x, i) => (x + 0.07 * (i + 1)).RequireGradient())];
        return (inputs, () => row.Loss(inputs[0], inputs[1], inputs[2], inputs[3]),
            [.. row.With.Select(letter => inputs["abcv".IndexOf(letter)])]);
    }

    private static Tensor[] Inputs() =>
    [
        Golden.A(), Golden.B(), Tensor.From([-0.4, 0.9, 1.1, 0.2, -0.6, 1.3], 2, 3), Tensor.From([0.5, 1.5, 2.0, 0.1, 0.3, 0.4], 2, 3),
    ];

    private static Tensor Yes() => Tensor.From([1, 0, 1, 0, 0, 1], 2, 3);
}
