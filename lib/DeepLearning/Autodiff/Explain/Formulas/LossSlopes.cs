namespace DeepLearning;

/// <summary>∂term/∂prediction of the losses, in the customary form.</summary>
internal static class LossSlopes
{
    /// <summary>How fast the term that number <paramref name="at"/> of the prediction belongs to changes with it; factor × slope.</summary>
    public static (double Factor, Formula? Slope, string Remark) Of(ScalarGraph graph, Operation<Loss> op, int at)
    {
        ScalarNode node = graph[op[0]][at];
        ScalarNode[] targets = graph[op[1]];
        Formula o = node;
        switch (op.State)
        {
            case HalfSquaredError or MeanSquaredError:
                return (2, o - targets[at], "");
            case MeanAbsoluteError:
                return Sign(node, targets[at], 1, "");
            case Huber { Delta: var delta }:
                bool near = Math.Abs(node.Value - targets[at].Value) <= delta;
                string size = $"|{targets[at].Name} − {node.Name}|";
                return near
                    ? (1, o - targets[at], $", because {size} ≤ {delta}")
                    : Sign(node, targets[at], delta, $"{size} > {delta} and ");
            case Hinge:
                bool wrong = targets[at].Value * node.Value < 1;
                return (1, wrong ? -(Formula)targets[at] : 0, $", because {targets[at].Name}·{node.Name} {(wrong ? "< 1" : "≥ 1")}");
            case BinaryCrossEntropy loss:
                return (1, Binary(loss, o, targets[at]), "");
            case BinaryFocal loss:
                return (1, BinaryFocal(loss, LossFormulas.Probability(graph, op, node), targets[at].Value == 1), "");
            case GaussianNegativeLogLikelihood:
                return (1, Gaussian(graph, op, at), "");
            case CategoricalCrossEntropy loss:
                return (1, Distribution(graph, op, at, loss.FromLogits), "");
            case KlDivergence { FromLogits: true }:
                (ScalarNode[] all, _, int j) = LossFormulas.RowOf(graph, op, at);
                Formula p = targets[at].Value == 0 ? SoftmaxFormulas.Share(all, j) : LossFormulas.Probability(graph, op, all, j);
                return (1, LossFormulas.WholeOf(graph, op, at) is { } whole ? whole * p - targets[at] : p - targets[at], "");
            case KlDivergence:
                return (1, Distribution(graph, op, at, fromLogits: false), "");
            case LabelLoss loss:
                return (1, Labelled(graph, op, loss, at), "");
            default:
                return (1, null, "");
        }
    }

    private static (double, Formula?, string) Sign(ScalarNode o, ScalarNode target, double size, string also)
    {
        int sign = Math.Sign(o.Value - target.Value);
        return (1, sign * size, $", because {also}{o.Name} {(sign > 0 ? ">" : sign < 0 ? "<" : "=")} {target.Name}");
    }

    private static Formula Binary(BinaryCrossEntropy loss, Formula o, Formula t)
    {
        double weight = loss.PositiveWeight;
        if (!loss.FromLogits) return (1 - t) / (1 - o) - (weight == 1 ? t : weight * t) / o;
        if (weight == 1) return Formula.Sigmoid(o) - t;
        return (1 - t) * Formula.Sigmoid(o) - Formula.ProductOf(weight, t, 1 / (1 + Formula.Exp(o)));
    }

    private static Formula BinaryFocal(BinaryFocal loss, Formula p, bool yes)
    {
        Formula hardness = Formula.Raised(yes ? 1 - p : p, loss.Gamma);
        Formula rest = yes
            ? Formula.ProductOf(loss.Gamma, p, Formula.Ln(p)) - (1 - p)
            : p - Formula.ProductOf(loss.Gamma, 1 - p, Formula.Ln(1 - p));
        double weight = loss.Alpha is not { } alpha ? 1 : yes ? alpha : 1 - alpha;
        return Formula.ProductOf(weight, hardness, rest);
    }

    private static Formula Gaussian(ScalarGraph graph, Operation op, int at)
    {
        int outputs = op[1].Shape[-1], place = at % (2 * outputs), row = at / (2 * outputs);
        ScalarNode[] o = graph[op[0]];
        int mean = row * 2 * outputs + place % outputs;
        Formula s = o[mean + outputs], t = graph[op[1]][row * outputs + place % outputs];
        if (place < outputs) return ((Formula)o[mean] - t) * Formula.Exp(-s);
        return new Product([Number.Half, 1 - Formula.Square(t - o[mean]) * Formula.Exp(-s)]);
    }

    // Of −Σ t·ln p, where p is the prediction or its softmax.
    private static Formula Distribution(ScalarGraph graph, Operation op, int at, bool fromLogits)
    {
        (ScalarNode[] row, _, int j) = LossFormulas.RowOf(graph, op, at);
        Formula target = graph[op[1]][at];
        if (!fromLogits) return -(target / row[j]);
        Formula share = SoftmaxFormulas.Share(row, j);
        return LossFormulas.WholeOf(graph, op, at) is { } whole ? whole * share - target : share - target;
    }

    private static Formula Labelled(ScalarGraph graph, Operation op, LabelLoss loss, int at)
    {
        (ScalarNode[] row, int number, int j) = LossFormulas.RowOf(graph, op, at);
        int label = (int)graph[op[1]][number].Value;
        bool isTrue = label == j;
        switch (loss)
        {
            case SparseCategoricalCrossEntropy { FromLogits: true }:
                Formula share = SoftmaxFormulas.Share(row, j);
                return isTrue ? share - 1 : share;
            case SparseCategoricalCrossEntropy:
                return -((isTrue ? 1 : (Formula)0) / row[j]);
            case Focal { Gamma: var gamma }:
                Formula p = LossFormulas.Probability(graph, op, row, label), own = isTrue ? p - 1 : SoftmaxFormulas.Share(row, j);
                return own * (Formula.Raised(1 - p, gamma) - Formula.ProductOf(gamma, p, Formula.Raised(1 - p, gamma - 1), Formula.Ln(p)));
            default:
                return isTrue ? -1 : 0;
        }
    }
}
