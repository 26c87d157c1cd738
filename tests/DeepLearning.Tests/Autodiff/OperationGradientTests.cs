namespace DeepLearning.Tests.Autodiff;

/// <summary>Every operation's derivative, and the derivative of that, against central differences in double precision.</summary>
public class OperationGradientTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_cases = new()
    {
        ["add"] = (a, b) => a + b,
        ["subtract"] = (a, b) => a - b,
        ["multiply"] = (a, b) => a * b,
        ["divide"] = (a, b) => a / (b.Square() + 0.5),
        ["divide scalar by"] = (a, _) => 2 / (a.Square() + 1),
        ["scalar arithmetic"] = (a, _) => 3 - 2 * (a / 4 + 1) - 1,
        ["number plus"] = (a, _) => (1.5 + a).Square(),
        ["times a number"] = (a, _) => (a * 1.5).Square(),
        ["negate"] = (a, _) => -a,
        ["power of two tensors"] = (a, b) => Tensor.Power(a.Square() + 0.5, b),
        ["maximum"] = Tensor.Maximum,
        ["minimum"] = Tensor.Minimum,
        ["where"] = (a, b) => Tensor.Where(a > 0, a * b, b.Square()),
        ["where, else a number"] = (a, b) => Tensor.Where(a > 0, a * b, 2) * b,
        ["where of a number, else"] = (a, b) => Tensor.Where(a > 0, 2, a * b) * b,
        ["add row"] = (a, b) => a * b.Slice(0, 1, 1),
        ["add column"] = (a, b) => a * b.Slice(1, 2, 1),
        ["add scalar tensor"] = (a, b) => a * b.Sum(),
        ["broadcast"] = (a, b) => a.Slice(1, 0, 1).BroadcastTo([3, 4]) * b,
        ["abs"] = (a, _) => a.Abs() * a,
        ["sign"] = (a, b) => a.Sign() * b,
        ["exp"] = (a, _) => a.Exp(),
        ["log"] = (a, _) => (a.Square() + 0.5).Log(),
        ["sqrt"] = (a, _) => (a.Square() + 0.5).Sqrt(),
        ["square"] = (a, _) => a.Square(),
        ["reciprocal"] = (a, _) => (a.Square() + 0.5).Reciprocal(),
        ["power"] = (a, _) => (a.Square() + 0.5).Power(1.7),
        ["power 0"] = (a, b) => a.Power(0) * b,
        ["sin"] = (a, _) => a.Sin(),
        ["cos"] = (a, _) => a.Cos(),
        ["erf"] = (a, _) => a.Erf(),
        ["floor"] = (a, b) => a.Floor() * b,
        ["ceiling"] = (a, b) => a.Ceiling() * b,
        ["round"] = (a, b) => (3 * a).Round() * b,
        ["log1p"] = (a, _) => a.Square().Log1p(),
        ["expm1"] = (a, _) => a.Expm1(),
        ["clamp"] = (a, b) => a.Clamp(-0.5, 0.7) * b,
        ["step"] = (a, b) => a.Step() * b,
        ["tanh"] = (a, _) => a.Tanh(),
        ["sigmoid"] = (a, _) => a.Sigmoid(),
        ["softplus"] = (a, _) => a.Softplus(),
        ["relu"] = (a, b) => a.Relu() * b,
        ["leakyrelu"] = (a, b) => a.LeakyRelu(0.1) * b,
        ["elu"] = (a, _) => a.Elu(1.3),
        ["gelu"] = (a, _) => a.Gelu(),
        ["mish"] = (a, _) => a.Mish(),
        ["selu"] = (a, b) => a.Selu() * b,
        ["hardswish"] = (a, b) => (2 * a).Hardswish() * b,
        ["softsign"] = (a, b) => a.Softsign() * b,
        ["glu"] = (a, b) => a.Glu() * b.Reshape(3, 2, 2).Glu(1).Reshape(3, 2),
        ["sum"] = (a, _) => a.Sum() * a.Sum(),
        ["sum of axis"] = (a, b) => a.Sum(0) * b.Sum(-2),
        ["sum keeping axes"] = (a, b) => a.Sum([1], keepAxes: true) * b,
        ["mean of all"] = (a, b) => a.Mean() * b.Mean(),
        ["mean"] = (a, b) => a.Mean(1) * b.Mean([1]),
        ["variance of an axis"] = (a, b) => a.Variance(1) * b.Variance(-1, correction: 1),
        ["variance"] = (a, _) => a.Variance([1], correction: 1) * a.Variance(),
        ["std"] = (a, b) => a.Std() * b.Std(1, correction: 1),
        ["median"] = (a, b) => a.Median() * b.Median(1).Values,
        ["max"] = (a, b) => a.Max(1) * b.Max(),
        ["max of axes"] = (a, b) => a.Max([0, 1]) * b.Max([0], keepAxes: true),
        ["min"] = (a, b) => a.Min(0) * b.Min(0) * b.Min(),
        ["min of axes"] = (a, b) => a.Min([0, 1]) * b.Min([0], keepAxes: true),
        ["norm"] = (a, _) => a.Norm(),
        ["logsumexp"] = (a, b) => a.LogSumExp() * b.LogSumExp(1),
        ["softmax"] = (a, b) => a.Softmax() * b,
        ["softmax of columns"] = (a, b) => a.Softmax(0) * b.LogSoftmax(0),
        ["logsoftmax"] = (a, b) => a.LogSoftmax() * b,
        ["reshape"] = (a, b) => a.Reshape(4, -1) * b.Reshape(4, 3),
        ["reshape to a shape"] = (a, b) => a.Reshape(b.Transpose().Shape) * b.Transpose(),
        ["flatten"] = (a, b) => a.Reshape(3, 2, 2).Flatten() * b,
        ["unsqueeze and squeeze"] = (a, b) => a.Unsqueeze(0).Square().Squeeze(0) * b,
        ["transpose of two axes"] = (a, b) => a.Reshape(3, 2, 2).Transpose(0, 2) * b.Reshape(2, 2, 3),
        ["transpose"] = (a, b) => a.Transpose() * b.Reshape(4, 3),
        ["permute"] = (a, b) => a.Reshape(3, 2, 2).Permute(2, 0, 1) * b.Reshape(2, 3, 2),
        ["slice"] = (a, b) => a.Slice(1, 3, 2, -2) * b.Slice(1, 0, 2),
        ["slice of a range"] = (a, b) => a.Slice(1, 1..3) * b.Slice(0, ^3.., 1).Slice(1, 0, 2),
        ["ranges"] = (a, b) => a[1.., ..2] * b[..2, 2..],
        ["select"] = (a, b) => a.Select(0, -1) * b.Select(0, 0),
        ["flip"] = (a, b) => a.Flip(1) * b,
        ["concatenate"] = (a, b) => Tensor.Concatenate(1, a, b, a * b).Square(),
        ["stack"] = (a, b) => Tensor.Stack(0, a, b).Square(),
        ["rows"] = (a, _) => a.Rows(2, 0, 2, 2).Square(),
        ["index select"] = (a, _) => a.IndexSelect(0, Index(2, 0, 2)).Square(),
        ["index select of columns"] = (a, _) => a.IndexSelect(1, Index(2, 0, 2)).Square(),
        ["index add of columns"] = (a, _) => a.IndexAdd(1, Index(1, 0, 1, 4), 5).Square(),
        ["gather fewer"] = (a, _) => a.Gather(1, Tensor.From([3, 0], 2, 1)).Square(),
        ["index add"] = (a, _) => a.IndexAdd(0, Index(1, 0, 1), 4).Square(),
        ["pick"] = (a, _) => a.Pick(Index(3, 0, 2)).Square(),
        ["matmul"] = (a, b) => a.MatMul(b.Transpose()),
        ["matmul transposed left"] = (a, b) => Tensor.MatMul(a, b, transposeA: true, transposeB: false),
        ["matmul transposed right"] = (a, b) => Tensor.MatMul(a, b, transposeA: false, transposeB: true),
        ["matmul transposed both"] = (a, b) => Tensor.MatMul(a, b.Reshape(4, 3), transposeA: true, transposeB: true),
        ["matmul batch"] = (a, b) => a.Reshape(2, 3, 2).MatMul(b.Reshape(2, 2, 3)),
        ["matmul batch by one"] = (a, b) => a.Reshape(2, 3, 2).MatMul(b.Reshape(2, 6)),
        ["matmul one by batch"] = (a, b) => a.Reshape(4, 3).MatMul(b.Reshape(2, 3, 2)),
        ["matmul broadcast batches"] = (a, b) => a.Reshape(2, 1, 3, 2).MatMul(b.Reshape(3, 2, 2)),
        ["matmul batch with a matrix"] = (a, b) => a.Reshape(2, 3, 2).MatMul(b.Reshape(2, 6)),
        ["linear of more axes"] = (a, b) => Tensor.Linear(a.Reshape(3, 2, 2), b.Reshape(6, 2)),
        ["dot"] = (a, b) => Tensor.Dot(a, b) * Tensor.Dot(a, a),
        ["outer"] = (a, b) => Tensor.Outer(a.Reshape(12), b.Select(0, 1)).Square(),
        ["einsum"] = (a, b) => Tensor.Einsum("bqd,bdk->qbk", a.Reshape(2, 3, 2), b.Reshape(2, 2, 3)),
        ["einsum of three"] = (a, b) => Tensor.Einsum("ij,kj,j->ki", a, b, a.Select(0, 2)),
        ["einsum with a diagonal"] = (a, b) => Tensor.Einsum("iij,jk->ki", a.Reshape(2, 2, 3), b),
        ["tril"] = (a, b) => (a * b).Tril(-1) + a.Square().Triu(1),
        ["diagonal"] = (a, b) => (a * b).Diagonal(),
        ["roll"] = (a, b) => a.Roll(1, 3) * b,
        ["pad"] = (a, b) => a.Pad(1, 2, 0, 1).Square() * b.Pad([(0, 0), (1, 1)]),
        ["pad by reflection"] = (a, b) => a.Pad(1, 3, 1, PadMode.Reflect) * b.Pad(1, 4, 0, PadMode.Circular),
        ["pad by the last entry"] = (a, b) => a.Pad(0, 2, 1, PadMode.Replicate).Square() * b.Select(0, 0),
        ["split"] = (a, b) => a.Split(1, 1, 3)[1] * b.Chunk(1, 2)[0].Slice(1, 0, 1),
        ["tile"] = (a, b) => a.Tile(2, 1).Square() * b.Tile(2, 1),
        ["repeat interleave"] = (a, b) => a.RepeatInterleave(0, 2).Square() * b.Tile(2, 1),
        ["cumulative sum"] = (a, b) => a.CumulativeSum(0) * b.CumulativeSum(),
        ["sort"] = (a, b) => a.Sort(0).Values * b.Sort(descending: true).Values,
        ["top k"] = (a, b) => a.TopK(2).Values * b.TopK(2, largest: false).Values,
        ["gather"] = (a, _) => a.Gather(1, Tensor.From([3, 3, 0, 1, 2, 0], 3, 2)).Square(),
        ["scatter add"] = (a, _) => a.ScatterAdd(0, Tensor.From([1, 0, 1, 0, 1, 1, 0, 4, 4, 2, 2, 2], 3, 4), 5).Square(),
        ["product"] = (a, b) => a.Product(1) * b.Product([0], keepAxes: true).Sum(),
        ["product of all"] = (a, b) => a.Product() * b.Product(),
        ["product with zeros"] = (a, b) => a.Relu().Product(0) * b.Product(0),
        ["norm of axes"] = (a, b) => a.Norm(0) * b.Norm([1], keepAxes: true),
        ["norm 3"] = (a, b) => a.Norm(0, 3) * b.Norm(0, 1.5),
        ["norm 1"] = (a, b) => a.Norm(0, 1) * b.Norm(0, double.PositiveInfinity),
        ["logsumexp of axes"] = (a, b) => a.LogSumExp([0, 1]) * b.LogSumExp([1], keepAxes: true),
        ["linear"] = (a, b) => Tensor.Linear(a, b, b.Sum(1)),
        ["linear of one sample"] = (a, b) => Tensor.Linear(a.Select(0, 1), b),
        ["batch norm"] = (a, b) => Tensor.BatchNorm(a, b.Select(0, 0), b.Select(0, 1), 0.1, out _, out _) * b,
        ["group norm"] = (a, b) => Tensor.GroupNorm(a, 2, b.Select(0, 0), b.Select(0, 1)) * b,
        ["layer norm"] = (a, b) => Tensor.LayerNorm(a, b.Select(0, 0), b.Select(0, 1)) * b,
        ["attention weights"] = (a, b) => a.AttentionWeights(0.7, b) * b,
        ["attention weights, causal"] = (a, b) => a.AttentionWeights(0.7, causal: true) * b,
        ["weights of attention"] = (a, b) => Attention.Weights(a, b, Attention.CausalMask(3)) * b.Slice(1, 0, 3),
        ["pooling of sequences"] = (a, b) => a.Reshape(1, 3, 4).MaxPool1d(2, 1, 1) * b.Reshape(1, 3, 4).AveragePool1d(2, 1, 1),
        ["adaptive max pooling"] = (a, b) => a.Reshape(1, 1, 3, 4).AdaptiveMaxPool2d((2, 3)) * b.Slice(0, 0, 2).Slice(1, 0, 3),
        ["global pooling"] = (a, b) => a.Reshape(1, 2, 2, 3).GlobalAveragePool2d() * b.Reshape(1, 2, 3, 2).GlobalMaxPool2d(),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    private static Tensor Index(params int[] values) => Tensor.From(values);

    [Theory, MemberData(nameof(Names))]
    public void FirstDerivative(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor a, Tensor b, Func<Tensor> loss) = Setup(name);
        GradientCheck check = GradientCheck.Run(loss, [a, b]);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void SecondDerivative(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor a, Tensor b, Func<Tensor> loss) = Setup(name);
        Tensor u = Tensor.Normal(new Generator(7), 0, 1, 3, 4), v = Tensor.Normal(new Generator(8), 0, 1, 3, 4);
        GradientCheck check = GradientCheck.Run(() =>
        {
            bool outer = Tensor.IsRecording;
            using IDisposable _ = Tensor.Recording(on: true);
            Tensor[] first = Tensor.Gradients(loss(), [a, b], keepGraph: outer);
            return (first[0] * u).Sum() + (first[1] * v).Sum();
        }, [a, b], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    private static (Tensor A, Tensor B, Func<Tensor> Loss) Setup(string name)
    {
        Tensor a = Tensor.Normal(new Generator(1), 0, 1, 3, 4).RequireGradient(),
            b = Tensor.Normal(new Generator(2), 0, 1, 3, 4).RequireGradient();
        return (a, b, () =>
        {
            Tensor y = s_cases[name](a, b);
            Tensor weights = Tensor.Normal(new Generator(3), 0, 1, y.Shape.Dims);
            return (y * weights).Sum();
        });
    }
}
