namespace DeepLearning.Tests.Devices.Parity;

/// <summary>
/// The CPU with only the kernels that every device must write; all fused ones are those composed in <see cref="Device"/>.
/// </summary>
internal class ComposedDevice : Device
{
    public override string Name => "composed";

    public override Storage Allocate(int length) => Cpu.Allocate(length);

    public override void Free(Storage storage) => Cpu.Free(storage);

    public override void Upload(ReadOnlySpan<float> source, Storage target) => Cpu.Upload(source, target);

    public override void Upload(ReadOnlySpan<double> source, Storage target) => Cpu.Upload(source, target);

    public override void Download(Storage source, Span<float> target) => Cpu.Download(source, target);

    public override void Download(Storage source, Span<double> target) => Cpu.Download(source, target);

    public override void Fill(Storage y, int n, double value) => Cpu.Fill(y, n, value);

    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add) => Cpu.Copy(x, xOffset, xStrides, y, yOffset, yStrides, shape, add);

    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a = 0, double b = 0) => Cpu.Unary(op, x, y, n, a, b);

    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a = 0, double b = 0) =>
        Cpu.UnaryGradient(op, x, y, dy, dx, n, a, b);

    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape) => Cpu.Binary(op, a, aStrides, b, bStrides, y, shape);

    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n) => Cpu.Where(condition, a, b, y, n);

    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner) =>
        Cpu.Reduce(op, x, y, outer, length, inner);

    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner) =>
        Cpu.ArgReduce(largest, x, y, outer, length, inner);

    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse) =>
        Cpu.CumulativeSum(x, y, outer, length, inner, reverse);

    public override void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner) =>
        Cpu.ArgSort(descending, x, y, outer, length, inner);

    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log) => Cpu.Softmax(x, y, rows, columns, log);

    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log) =>
        Cpu.SoftmaxGradient(y, dy, dx, rows, columns, log);

    public override void MatMul(in MatMulArgs args) => Cpu.MatMul(args);

    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y) => Cpu.Conv(p, x, w, bias, y);

    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx) => Cpu.ConvInputGradient(p, dy, w, dx);

    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias) =>
        Cpu.ConvWeightGradient(p, x, dy, dw, dbias);

    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index) => Cpu.MaxPool(p, x, y, index);

    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y) => Cpu.MaxPoolPick(p, x, index, y);

    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx) => Cpu.MaxPoolGradient(p, dy, index, dx);

    public override void AveragePool(in PoolArgs p, Storage x, Storage y) => Cpu.AveragePool(p, x, y);

    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx) => Cpu.AveragePoolGradient(p, dy, dx);

    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y) => Cpu.Gather(x, rows, width, index, n, y);

    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width) =>
        Cpu.ScatterAdd(x, index, n, y, rows, width);

    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        Cpu.GatherAlong(x, index, y, outer, length, count, inner);

    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        Cpu.ScatterAddAlong(x, index, y, outer, length, count, inner);

    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Cpu.Random(kind, seed, block, a, b, y, n);

    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step) => Cpu.RecurrentStep(p, v, step);

    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step) => Cpu.RecurrentStepGradient(p, dv, step);
}

/// <summary>
/// The fused kernels as composed in <see cref="Device"/>, for devices that have none of their own, against the reference.
/// </summary>
public class ComposedKernelTests
{
    private static readonly double[] s_logits = [0.5, -1.2, 2.0, -0.3, 0.8, -2.5], s_labels = [2, 0], s_weights = [0.7, -1.5];

    [Fact]
    public void CrossEntropy()
    {
        (double[] loss, double[] p) = Run(Device.Reference);
        (double[] composedLoss, double[] composedP) = Run(new ComposedDevice());
        Golden.Close(loss, composedLoss, 1e-6);
        Golden.Close(p, composedP, 1e-6);

        static (double[] Loss, double[] P) Run(Device device)
        {
            Storage loss = device.Allocate(2), p = device.Allocate(6);
            device.CrossEntropy(Upload(device, s_logits), Upload(device, s_labels), loss, p, 2, 3);
            return (Download(loss, 2), Download(p, 6));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void CrossEntropyGradient(int weightStride)
    {
        Golden.Close(Run(Device.Reference), Run(new ComposedDevice()), 1e-6);

        double[] Run(Device device)
        {
            Storage dx = device.Allocate(6);
            device.CrossEntropyGradient(Upload(device, s_logits), Upload(device, s_labels), Upload(device, s_weights),
                weightStride, dx, 2, 3);
            return Download(dx, 6);
        }
    }

    [Theory]
    [InlineData(RecurrentKind.Tanh)]
    [InlineData(RecurrentKind.Relu)]
    [InlineData(RecurrentKind.Lstm)]
    [InlineData(RecurrentKind.Gru)]
    public void Recurrent(RecurrentKind kind)
    {
        foreach (bool some in (bool[])[false, true])
        {
            double[][] expected = DeviceParity.RunRecurrent(Device.Reference, kind, 3, 4, 9, some, some, some);
            double[][] actual = DeviceParity.RunRecurrent(new ComposedDevice(), kind, 3, 4, 9, some, some, some);
            for (int i = 0; i < expected.Length; i++) Golden.Close(expected[i], actual[i], 1e-5, $"{i}");
        }
    }

    private static Storage Upload(Device device, double[] values)
    {
        Storage storage = device.Allocate(values.Length);
        device.Upload((ReadOnlySpan<double>)values, storage);
        return storage;
    }

    private static double[] Download(Storage storage, int count)
    {
        double[] values = new double[count];
        storage.Device.Download(storage, values);
        return values;
    }
}
