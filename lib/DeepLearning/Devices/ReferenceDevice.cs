namespace DeepLearning.Kernels;

/// <summary>
/// Every kernel as a naive loop in double precision. It is the specification: the other devices are tested against it, and gradient checks
/// and <c>Explain</c> run on it. Where a formula is written out here, it is the whole truth.
/// </summary>
public sealed partial class ReferenceDevice : Device
{
    private sealed class DoubleStorage(Device device, double[] data) : Storage(device, data.Length)
    {
        public readonly double[] Data = data;
    }

    private static double[] Data(Storage storage) => ((DoubleStorage)storage).Data;

    /// <summary>
    /// The numbers of a block of this device, to be read and written in place, as <see cref="CpuDevice.Span"/> gives the processor's.
    /// </summary>
    /// <param name="storage">A block, such as <see cref="Tensor.Storage"/>.</param>
    /// <exception cref="ArgumentException">The block is on another device.</exception>
    public static Span<double> Span(Storage storage)
    {
        ArgumentCheck.NotNull(storage);
        if (storage is DoubleStorage block) return block.Data;
        throw new ArgumentException(
            $"A span of doubles is of memory on the reference device, and this is on {storage.Device}; move it: x.To(Device.Reference).");
    }

    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    public override Storage Allocate(int length) => new DoubleStorage(this, new double[length]);

    /// <inheritdoc/>
    public override void Free(Storage storage) { }

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<float> source, Storage target)
    {
        double[] y = Data(target);
        for (int i = 0; i < source.Length; i++) y[i] = source[i];
    }

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<double> source, Storage target) => source.CopyTo(Data(target));

    /// <inheritdoc/>
    public override void Download(Storage source, Span<float> target)
    {
        double[] x = Data(source);
        for (int i = 0; i < target.Length; i++) target[i] = (float)x[i];
    }

    /// <inheritdoc/>
    public override void Download(Storage source, Span<double> target) => Data(source).AsSpan(0, target.Length).CopyTo(target);

    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) => Data(y).AsSpan(0, n).Fill(value);

    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add)
    {
        double[] from = Data(x), to = Data(y);
        if (shape.Length == 0)
        {
            to[yOffset] = add ? to[yOffset] + from[xOffset] : from[xOffset];
            return;
        }
        for (int i = 0; i < shape[0]; i++)
            Copy(x, xOffset + i * xStrides[0], xStrides[1..], y, yOffset + i * yStrides[0], yStrides[1..], shape[1..], add);
    }

    /// <inheritdoc/>
    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a, double b)
    {
        double[] from = Data(x), to = Data(y);
        for (int i = 0; i < n; i++) to[i] = ScalarMath.Value(op, from[i], a, b);
    }

    /// <inheritdoc/>
    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a, double b)
    {
        double[] input = Data(x), output = Data(y), upstream = Data(dy), result = Data(dx);
        for (int i = 0; i < n; i++) result[i] = upstream[i] * ScalarMath.Slope(op, input[i], output[i], a, b);
    }

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape)
    {
        int written = 0;
        Recurse(0, 0, aStrides, bStrides, shape);

        void Recurse(int ai, int bi, ReadOnlySpan<int> sa, ReadOnlySpan<int> sb, ReadOnlySpan<int> dims)
        {
            if (dims.Length == 0)
            {
                Data(y)[written++] = ScalarMath.Value(op, Data(a)[ai], Data(b)[bi]);
                return;
            }
            for (int i = 0; i < dims[0]; i++) Recurse(ai + i * sa[0], bi + i * sb[0], sa[1..], sb[1..], dims[1..]);
        }
    }

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n)
    {
        for (int i = 0; i < n; i++) Data(y)[i] = Data(condition)[i] != 0 ? Data(a)[i] : Data(b)[i];
    }

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner)
    {
        double[] from = Data(x), to = Data(y);
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            double sum = ScalarMath.Start(op);
            for (int l = 0; l < length; l++) sum = ScalarMath.Value(op, sum, from[(o * length + l) * inner + i]);
            to[o * inner + i] = sum;
        }
    }

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner)
    {
        double[] from = Data(x), to = Data(y);
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            int best = 0;
            for (int l = 1; l < length; l++)
            {
                double candidate = from[(o * length + l) * inner + i], current = from[(o * length + best) * inner + i];
                if (double.IsNaN(current)) break;
                if (double.IsNaN(candidate) || (largest ? candidate > current : candidate < current)) best = l;
            }
            to[o * inner + i] = best;
        }
    }

    /// <inheritdoc/>
    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log)
    {
        for (int r = 0; r < rows; r++)
        {
            Span<double> from = Data(x).AsSpan(r * columns, columns);
            Span<double> to = Data(y).AsSpan(r * columns, columns);
            double max = double.NegativeInfinity, sum = 0;
            foreach (double value in from) max = Math.Max(max, value);
            foreach (double value in from) sum += Math.Exp(value - max);
            for (int j = 0; j < columns; j++) to[j] = log ? from[j] - max - Math.Log(sum) : Math.Exp(from[j] - max) / sum;
        }
    }

    /// <inheritdoc/>
    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log)
    {
        for (int r = 0; r < rows; r++)
        {
            int start = r * columns;
            double sum = 0;
            for (int j = start; j < start + columns; j++) sum += log ? Data(dy)[j] : Data(dy)[j] * Data(y)[j];
            for (int j = start; j < start + columns; j++)
                Data(dx)[j] = log ? Data(dy)[j] - Math.Exp(Data(y)[j]) * sum : Data(y)[j] * (Data(dy)[j] - sum);
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns)
    {
        Softmax(x, p, rows, columns, log: true);
        for (int r = 0; r < rows; r++) Data(loss)[r] = -Data(p)[r * columns + CheckIndex(Data(label)[r], columns)];
        for (int i = 0; i < rows * columns; i++) Data(p)[i] = Math.Exp(Data(p)[i]);
    }

    /// <inheritdoc/>
    public override void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        for (int j = 0; j < columns; j++)
            Data(dx)[r * columns + j] = Data(weight)[r * weightStride] * (Data(p)[r * columns + j] - (j == Data(label)[r] ? 1 : 0));
    }

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p)
    {
        double[] a = Data(p.A), b = Data(p.B), c = Data(p.C);
        for (int batch = 0; batch < p.Batch; batch++)
        for (int i = 0; i < p.M; i++)
        for (int j = 0; j < p.N; j++)
        {
            int at = (batch * p.M + i) * p.N + j, a0 = batch * p.StrideA, b0 = batch * p.StrideB;
            double sum = (p.Accumulate ? c[at] : 0) + (p.Bias is null ? 0 : Data(p.Bias)[j]);
            for (int k = 0; k < p.K; k++)
                sum += a[a0 + (p.TransposeA ? k * p.M + i : i * p.K + k)] * b[b0 + (p.TransposeB ? j * p.K + k : k * p.N + j)];
            c[at] = sum;
        }
    }

    /// <inheritdoc/>
    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y)
    {
        for (int i = 0; i < n; i++)
            Array.Copy(Data(x), CheckIndex(Data(index)[i], rows) * width, Data(y), i * width, width);
    }

    /// <inheritdoc/>
    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width)
    {
        for (int i = 0; i < n; i++)
        {
            int row = CheckIndex(Data(index)[i], rows);
            for (int j = 0; j < width; j++) Data(y)[row * width + j] += Data(x)[i * width + j];
        }
    }

    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Philox.Fill(kind, seed, block, a, b, Data(y).AsSpan(0, n), static value => value);
}
