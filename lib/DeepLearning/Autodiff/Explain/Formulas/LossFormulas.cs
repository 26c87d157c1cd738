namespace DeepLearning;

/// <summary>The losses, each one operation of prediction and target: a sum of terms over so many.</summary>
internal static class LossFormulas
{
    /// <summary>One term, and what it is multiplied by.</summary>
    private readonly record struct Term(Formula Formula, double Weight = 1)
    {
        public Formula Weighted => Weight == 1 ? Formula : Weight * Formula;
    }

    public static Formula? Value(ScalarGraph graph, Operation<Loss> op, int element)
    {
        if (op.Inputs.Count != 2) return null;
        Term[] terms = Terms(graph, op);
        if (terms.Length == 0) return null;
        if (op.State.Reduction == Reduction.None)
        {
            int numbers = terms.Length / op.Output.Count;
            return numbers == 0
                ? null
                : Half(op.State).Times(Formula.SumOf(terms.Skip(element * numbers).Take(numbers).Select(t => t.Weighted)));
        }
        Formula[] counted = [.. terms.Where(t => t.Weight != 0).Select(t => t.Weighted)];
        return counted.Length == 0 ? null : ScaleOf(op, terms).Times(Formula.SumOf(counted));
    }

    public static (Formula? Formula, string Remark) Slope(ScalarGraph graph, Operation<Loss> op, ScalarEdge edge)
    {
        if (op.Inputs.Count != 2) return (null, "");
        int at = Array.IndexOf(graph[op[0]], edge.From);
        Term[] terms = Terms(graph, op);
        if (at < 0 || terms.Length == 0) return (null, "");
        (double factor, Formula? slope, string remark) = LossSlopes.Of(graph, op, at);
        if (slope is null) return (null, "");
        Term term = terms[at * terms.Length / op[0].Count];
        LossScale scale = op.State.Reduction == Reduction.None ? Half(op.State) : ScaleOf(op, terms);
        return (scale.By(factor * term.Weight).Times(slope), remark);
    }

    /// <summary>The classes of one row, and where among them a prediction's number stands.</summary>
    public static (ScalarNode[] Row, int Number, int Class) RowOf(ScalarGraph graph, Operation op, int at)
    {
        int classes = op[0].Shape[-1], row = at / classes;
        return (graph[op[0]][(row * classes)..((row + 1) * classes)], row, at % classes);
    }

    /// <summary>Σt of the row that a prediction's number stands in, where it is not 1; else null.</summary>
    public static double? WholeOf(ScalarGraph graph, Operation op, int at)
    {
        int classes = op[0].Shape[-1], first = at / classes * classes;
        double whole = graph[op[1]][first..(first + classes)].Sum(t => t.Value);
        return IsOne(whole) ? null : whole;
    }

    private static bool IsOne(double whole) => Math.Abs(whole - 1) < 1e-9;

    private static Formula OfWhole(Formula formula, double whole) => IsOne(whole) ? formula : whole * formula;

    /// <summary>The probability that softmax gives a class, by the name of p.</summary>
    public static Formula Probability(ScalarGraph graph, Operation op, ScalarNode[] row, int j) =>
        graph.Part(op, "p", row[j], () => SoftmaxFormulas.Share(row, j));

    /// <summary>The probability of a yes that the sigmoid gives.</summary>
    public static Formula Probability(ScalarGraph graph, Operation op, ScalarNode x) => graph.Part(op, "p", x, () => Formula.Sigmoid(x));

    private static Term[] Terms(ScalarGraph graph, Operation<Loss> op)
    {
        ScalarNode[] o = graph[op[0]], t = graph[op[1]];
        return op.State switch
        {
            CategoricalCrossEntropy { IsWeighted: true } or SparseCategoricalCrossEntropy { LabelSmoothing: > 0 } => [],
            HalfSquaredError or MeanSquaredError => Each((o, t) => Formula.Square(t - o)),
            MeanAbsoluteError => Each((o, t) => Formula.Abs(t - o)),
            Huber { Delta: var delta } => Each((o, t) => Huber(o, t, delta)),
            Hinge => Each((o, t) => new Extreme(true, [0, 1 - t * o])),
            BinaryCrossEntropy loss => Each((o, t) => BinaryCrossEntropy(loss, o, t)),
            BinaryFocal loss => [.. o.Zip(t, (o, t) => new Term(BinaryFocal(loss, Probability(graph, op, o), t.Value == 1)))],
            GaussianNegativeLogLikelihood => Gaussian(),
            LabelLoss loss => [.. t.Select((label, row) => Labelled(loss, row, (int)label.Value))],
            CategoricalCrossEntropy loss => Rows((row, said) => loss.FromLogits
                ? OfWhole(Formula.Ln(Formula.SumOf(row.Select(x => Formula.Exp(x)))), said.Sum(s => s.T.Value))
                    - Formula.SumOf(said.Select(s => s.T * (Formula)s.O))
                : -Formula.SumOf(said.Select(s => s.T * Formula.Ln(s.O)))),
            KlDivergence loss => Rows((row, said) => Formula.SumOf(said.Select(s =>
                s.T * Formula.Ln(s.T / (loss.FromLogits ? Probability(graph, op, row, s.Class) : s.O))))),
            _ => [],
        };

        Term[] Each(Func<Formula, Formula, Formula> term) => [.. o.Zip(t, (o, t) => new Term(term(o, t)))];

        // One term a row, of the classes whose target is not 0.
        Term[] Rows(Func<ScalarNode[], (ScalarNode O, ScalarNode T, int Class)[], Formula> term)
        {
            int classes = op[0].Shape[-1];
            return [.. Enumerable.Range(0, o.Length / classes).Select(row =>
                new Term(term(o[(row * classes)..((row + 1) * classes)], Said(row))))];

            (ScalarNode O, ScalarNode T, int Class)[] Said(int row) =>
                [.. Enumerable.Range(0, classes)
                    .Select(j => (O: o[row * classes + j], T: t[row * classes + j], j))
                    .Where(s => s.T.Value != 0)];
        }

        Term Labelled(LabelLoss loss, int row, int label)
        {
            int classes = op[0].Shape[-1];
            if (label == loss.IgnoreLabel) return new Term(0, 0);
            ScalarNode[] scores = o[(row * classes)..((row + 1) * classes)];
            Formula said = scores[label];
            return new Term(loss switch
            {
                SparseCategoricalCrossEntropy { FromLogits: true } => Formula.Ln(Formula.SumOf(scores.Select(x => Formula.Exp(x)))) - said,
                SparseCategoricalCrossEntropy => -Formula.Ln(said),
                Focal { Gamma: var gamma } when Probability(graph, op, scores, label) is var p =>
                    -new Product([Formula.Raised(1 - p, gamma), Formula.Ln(p)]),
                _ => -said,
            }, loss.ClassWeights?[label] ?? 1);
        }

        Term[] Gaussian()
        {
            int outputs = op[1].Shape[-1];
            return [.. t.Select((target, i) =>
            {
                int mean = i / outputs * 2 * outputs + i % outputs;
                Formula s = o[mean + outputs];
                return new Term(Number.Half * (s + Formula.Square((Formula)target - o[mean]) * Formula.Exp(-s)));
            })];
        }
    }

    private static Formula Huber(Formula o, Formula t, double delta) => Math.Abs(t.Value - o.Value) is var size && size <= delta
        ? new Product([Number.Half, Formula.Square(t - o)])
        : delta == 1 ? Formula.Abs(t - o) - Number.Half : delta * (Formula.Abs(t - o) - 0.5 * delta);

    private static Formula BinaryCrossEntropy(BinaryCrossEntropy loss, Formula o, Formula t)
    {
        double weight = loss.PositiveWeight;
        if (!loss.FromLogits) return -(Times(weight, t * Formula.Ln(o)) + (1 - t) * Formula.Ln(1 - o));
        if (weight == 1) return Formula.Ln(1 + Formula.Exp(o)) - t * o;
        return (1 - t) * Formula.Ln(1 + Formula.Exp(o)) + Times(weight, t * Formula.Ln(1 + Formula.Exp(-o)));
    }

    private static Formula BinaryFocal(BinaryFocal loss, Formula p, bool yes) => -(yes
        ? Times(loss.Alpha ?? 1, Formula.Raised(1 - p, loss.Gamma) * Formula.Ln(p))
        : Times(1 - loss.Alpha ?? 1, Formula.Raised(p, loss.Gamma) * Formula.Ln(1 - p)));

    private static Formula Times(double factor, Formula product) =>
        factor == 1 ? product : new Product(product is Product { Factors: var factors } ? [factor, .. factors] : [factor, product]);

    private static LossScale Half(Loss loss) => loss is HalfSquaredError ? new(1, 2) : new(1, 1);

    // The factor before the sum of the terms.
    private static LossScale ScaleOf(Operation<Loss> op, Term[] terms)
    {
        LossScale half = Half(op.State);
        if (op.State.Reduction == Reduction.Sum) return half;
        return op.State is HalfSquaredError ? new(1, half.Below * (op[0].Rank < 2 ? 1 : op[0].Shape[0])) : new(1, terms.Sum(t => t.Weight));
    }
}

/// <summary>The factor above/below before a sum.</summary>
internal readonly record struct LossScale(double Above, double Below)
{
    public LossScale By(double factor) => this with { Above = Above * factor };

    public Formula Times(Formula terms) => (Above, Below) switch
    {
        _ when Above == Below => terms,
        (1, 2) => new Product([Number.Half, terms]),
        _ when Above % Below == 0 => Above / Below * terms,
        _ when Below % Above == 0 && terms is Sum => 1 / (Formula)(Below / Above) * terms,
        _ when Below % Above == 0 => terms / (Below / Above),
        (1, _) when terms is Sum => 1 / (Formula)Below * terms,
        (1, _) => terms / Below,
        _ => Above * terms / Below,
    };
}
