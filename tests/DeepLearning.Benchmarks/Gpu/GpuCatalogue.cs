namespace DeepLearning.Benchmarks;

/// <summary>The workloads of a card, each built like its namesake in torch_gpu.py.</summary>
internal static class GpuCatalogue
{
    private static readonly GpuGoal s_product = new(OfCopy: false, 0.5, 0.9), s_memory = new(OfCopy: true, 0.85, null),
        s_step = new(OfCopy: false, 1, 2);

    public static IReadOnlyList<GpuWorkload> All { get; } =
    [
        new("gemm_1024", GpuWorkload.Products, s_product, s => Product(s.Products[0], s.Products[0], s.Products[0])),
        new("gemm_4096", GpuWorkload.Products, s_product, s => Product(s.Products[1], s.Products[1], s.Products[1])),
        new("gemm_8192", GpuWorkload.Products, s_product, s => Product(s.Products[2], s.Products[2], s.Products[2])),
        new("gemm_64x784x256", GpuWorkload.Products, null, _ => Product(64, 784, 256)),
        new(GpuWorkload.Copy, GpuWorkload.Memory, null, CopyOfAll),
        Memory("add", 3, s => (Many(s), Many(s)), (x, y) => x + y!),
        Memory("relu", 2, s => (Many(s), null), (x, _) => x.Relu()),
        Memory("tanh", 2, s => (Many(s), null), (x, _) => x.Tanh()),
        Memory("exp", 2, s => (Many(s), null), (x, _) => x.Exp()),
        Memory("row_add", 2, s => (Many(s), Numbers(s.Columns)), (x, row) => x + row!),
        Memory("sum_all", 1, s => (Many(s), null), (x, _) => x.Sum()),
        Memory("row_sums", 1, s => (Many(s), null), (x, _) => x.Sum(1)),
        Memory("column_sums", 1, s => (Many(s), null), (x, _) => x.Sum(0)),
        Memory("softmax", 2, s => (Many(s), null), (x, _) => x.Softmax()),
        Memory("transpose", 2, s => (Numbers(s.Side, s.Side), null), (x, _) => x.Transpose(), hasGoal: false),
        new("mlp_b64", GpuWorkload.Steps, s_step, s => Step(Catalogue.MlpStep(s.Batch, 784, 256, 128, 10))),
        new("mlp_b4096", GpuWorkload.Steps, s_step, s => Step(Catalogue.MlpStep(s.LargeBatch, 784, 256, 128, 10))),
        new("lenet_b64", GpuWorkload.Steps, s_step, s => Step(Catalogue.LeNetStep(s.Batch))),
        new("lstm_h128", GpuWorkload.Steps, s_step, s => Step(CharLstm.Step(s.Sequences, s.LstmTimes))),
        new("transformer", GpuWorkload.Steps, s_step, s => Step(CharTransformer.Step(s.Sequences, s.TransformerTimes))),
    ];

    /// <summary>
    /// The workloads of the given names or groups, all of them without any. The copy comes with every other that is a share of
    /// its bandwidth.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such workload or group.</exception>
    public static IReadOnlyList<GpuWorkload> Find(string? only)
    {
        if (only is null) return All;
        string[] wanted = only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.FirstOrDefault(name => !All.Any(w => w.Name == name || w.Group == name)) is { } unknown)
            throw new ArgumentException(
                $"There is no workload '{unknown}'; there are the groups {string.Join(", ", All.Select(w => w.Group).Distinct())}, " +
                    $"and {string.Join(", ", All.Select(w => w.Name))}.");
        bool memory = All.Any(w => w.Group == GpuWorkload.Memory && (wanted.Contains(w.Name) || wanted.Contains(w.Group)));
        return [.. All.Where(w => wanted.Contains(w.Name) || wanted.Contains(w.Group) || memory && w.Name == GpuWorkload.Copy)];
    }

    private static Tensor Numbers(params int[] shape) => Tensor.Uniform(new Generator(0), -2, 2, shape);

    private static Tensor Many(GpuSizes sizes) => Numbers(sizes.Rows, sizes.Columns);

    private static GpuWork Product(int m, int k, int n)
    {
        Tensor a = Numbers(m, k), b = Numbers(k, n);
        return new GpuWork(InScope(() => a.MatMul(b)), 2.0 * m * n * k / 1e12);
    }

    private static GpuWork CopyOfAll(GpuSizes sizes)
    {
        int n = sizes.Rows * sizes.Columns;
        Device device = Device.Current;
        Storage x = device.Allocate(n), y = device.Allocate(n);
        device.Fill(x, n, 1);
        return new GpuWork(() => device.Copy(x, 0, [1], y, 0, [1], [n], add: false), Gigabytes(2, n));
    }

    // How often it reads or writes as many numbers as the first operand has, what it works on, and what it does.
    private static GpuWorkload Memory(string name, int passes, Func<GpuSizes, (Tensor X, Tensor? Y)> operands,
        Func<Tensor, Tensor?, Tensor> operation, bool hasGoal = true) => new(name, GpuWorkload.Memory, hasGoal ? s_memory : null, sizes =>
    {
        (Tensor x, Tensor? y) = operands(sizes);
        return new GpuWork(InScope(() => operation(x, y)), Gigabytes(passes, x.Count));
    });

    private static double Gigabytes(int passes, int numbers) => passes * 4.0 * numbers / 1e9;

    private static GpuWork Step(Action step) => new(step, 1);

    private static Action InScope(Func<Tensor> operation) => () =>
    {
        using (Tensor.Scope()) operation();
    };
}
