namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    // Every optimizer, with every option that changes its formula.
    private static readonly Dictionary<string, Func<Parameter[], Optimizer>> s_optimizers = new()
    {
        ["Sgd"] = p => new Sgd(p, 0.1, 0.2),
        ["Momentum"] = p => new Momentum(p, 0.1, 0.9, 0.2),
        ["Momentum dampened"] = p => new Momentum(p, 0.1, 0.9, 0.2, dampening: 0.3),
        ["Nesterov"] = p => new Nesterov(p, 0.1, 0.9, 0.2),
        ["AdaGrad"] = p => new AdaGrad(p, 0.1, 0.01, 0.2),
        ["RmsProp"] = p => new RmsProp(p, 0.1, 0.7, 0.01, 0.2),
        ["RmsProp centered with momentum"] = p => new RmsProp(p, 0.1, 0.7, 0.5, 0.2, momentum: 0.9, centered: true),
        ["RmsPropNesterov"] = p => new RmsPropNesterov(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["Adadelta"] = p => new Adadelta(p, 0.1, 0.7, 0.01, 0.2),
        ["Adam"] = p => new Adam(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["Adam uncorrected"] = p => new Adam(p, 0.1, 0.9, 0.7, 0.01, 0.2, biasCorrection: false),
        ["AMSGrad"] = p => new Adam(p, 0.1, 0.9, 0.7, 0.01, 0.2, amsgrad: true),
        ["AdamW"] = p => new AdamW(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["Adamax"] = p => new Adamax(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["Nadam"] = p => new Nadam(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["RAdam"] = p => new RAdam(p, 0.1, 0.9, 0.7, 0.01, 0.2),
        ["Lion"] = p => new Lion(p, 0.1, 0.9, 0.7, 0.2),
        ["Muon"] = p => new Muon(p, 0.1, 0.9, 0.2),
    };

    public static TheoryData<string, bool> OptimizerNames
    {
        get
        {
            TheoryData<string, bool> names = [];
            foreach (string name in s_optimizers.Keys)
            {
                names.Add(name, true);
                names.Add(name, false);
            }
            return names;
        }
    }

    [Fact]
    public void EveryOptimizerIsHere()
    {
        IEnumerable<Type> all = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract && type != typeof(Lbfgs));
        Parameter[] w = [new("w", Tensor.Ones(2), isWeight: true)];
        Assert.Equal(all.Select(t => t.Name).Order(), s_optimizers.Values.Select(make => make(w).GetType().Name).Distinct().Order());
    }

    // The formula in double precision is what both the fused kernel and the same formula on the device must come to; parameters of many
    // sizes at once, on both sides of every width, and not all treated alike.
    [Theory, MemberData(nameof(OptimizerNames))]
    public void Update(string name, bool fused)
    {
        int[] sizes = [5, 0, 1, 4, 1025, 3, 256, 8, 255, 257, 1023, 1024, 2, 100, 7, 16, 31, 33, 9, 6, 100_003];
        double[][] expected = Trained(Device.Reference, fused: false), actual = Trained(device, fused);
        for (int i = 0; i < expected.Length; i++)
        for (int k = 0; k < expected[i].Length; k++)
        {
            double want = expected[i][k], got = actual[i][k];
            Assert.True(Math.Abs(got - want) <= 1e-5 * Math.Max(1, Math.Abs(want)),
                $"block {i}: [{k}] of {expected[i].Length} is {got:R}, reference {want:R}");
        }

        double[][] Trained(Device on, bool fused)
        {
            using Device.DeviceSwitch _ = Device.Use(on);
            Parameter[] parameters =
                [.. sizes.Select((n, i) => new Parameter($"w{i}", Tensor.From(Numbers(n, i + 1), n), isWeight: i % 3 != 0))];
            Optimizer optimizer = s_optimizers[name](parameters);
            optimizer.UseFusedKernels = fused;
            for (int step = 0; step < 3; step++)
            {
                for (int i = 0; i < sizes.Length; i++)
                    parameters[i].Gradient = Tensor.From(AwayFromZero(Numbers(sizes[i], 100 * step + i)), sizes[i]);
                optimizer.Step();
            }
            return [.. parameters.SelectMany(p => optimizer.State(p).Names.Select(memory => optimizer.State(p)[memory]).Prepend(p))
                .Select(t => t.ToDoubles())];
        }
    }

    // Near 0 the sign of a mean, which Lion steps by, is a matter of rounding.
    private static float[] AwayFromZero(float[] x) => Array.ConvertAll(x, v => v + MathF.CopySign(0.3f, v));

    // What is computed element by element in one pass is what single kernels make of it.
    [Theory, InlineData(0), InlineData(1), InlineData(1023), InlineData(1024), InlineData(1025), InlineData(100_003)]
    public void FusedPrograms(int n)
    {
        float[] a = Numbers(n, 1), b = AwayFromZero(Numbers(n, 2));
        foreach (BinaryOp op in Enum.GetValues<BinaryOp>())
        {
            if (op == BinaryOp.Power) continue;
            Check((d, x, y) => d.Run(new FusedProgram(x, [new FusedStep(op, new(0, 1.5, 0), new(1, -1, 0.25))], [(0, y)], n)), [a, b], n, 2,
                1e-6, null, op.ToString());
        }
        foreach (UnaryOp op in (UnaryOp[])[UnaryOp.Affine, UnaryOp.Sqrt, UnaryOp.Abs, UnaryOp.Sign, UnaryOp.Relu,
            UnaryOp.Reciprocal, UnaryOp.Exp])
            Check((d, x, y) => d.Run(new FusedProgram(x, [new FusedStep(op, new(0, 0.5, 2), 1.5, 0.25)], [(0, y)], n)), [a], n, 4, 1e-6,
                null, op.ToString());
        // A target that is an input, read again after it could have been written.
        Check((d, x, y) => d.Run(new FusedProgram([y, x[0]],
            [new FusedStep(BinaryOp.Add, new(0, 2, 0), new(1, 1, 0)), new FusedStep(BinaryOp.Multiply, new(2, 1, 0), new(0, 1, 0)),
                new FusedStep(BinaryOp.Add, new(3, 1, 0), new(0, 1, 0))], [(0, x[0]), (2, y)], n)), [a], n, 4, 1e-6, b, "in place");
    }
}
