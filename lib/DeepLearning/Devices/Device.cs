namespace DeepLearning;

/// <summary>
/// The raw kernels that operations are made of. An operation never loops over numbers itself: it asks the device of its tensors. Kernels
/// know nothing of shapes' meaning or of gradients; arguments are checked by the caller, except indices, which only the kernel sees.
/// </summary>
public abstract partial class Device
{
    [ThreadStatic] private static Device? s_current;
    private static Func<Device>? s_gpu;
    private static Func<IEnumerable<DeviceInfo>>? s_foundGpus;

    /// <summary>Fast kernels in float32 on the processor's vector units and cores.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>Naive loops in double precision: what every kernel means, and how worked examples are computed.</summary>
    public static Device Reference { get; } = new ReferenceDevice();

    /// <summary>
    /// The graphics card. It is in the assembly <c>DeepLearning.Gpu</c>, which is looked for at the first use, so that nothing need be set
    /// up.
    /// </summary>
    /// <exception cref="NotSupportedException">No GPU device was built in, or this machine has no card for it.</exception>
    public static Device Gpu
    {
        get
        {
            FindGpu();
            return s_gpu?.Invoke() ?? throw new NotSupportedException(
                "This build has no GPU device: switch it on with `course gpu enable` (or build with -p:Gpu=true) and build again; " +
                "Device.Cpu runs the same models.");
        }
    }

    /// <summary>All that this machine has: the processor, then what <see cref="Gpu"/> may be. Looking does not start them.</summary>
    public static IReadOnlyList<DeviceInfo> Found
    {
        get
        {
            FindGpu();
            return [new DeviceInfo(Cpu.Name, Cpu.Description, IsProcessor: true), .. s_foundGpus?.Invoke() ?? []];
        }
    }

    /// <summary>Where new tensors are made on this thread; <see cref="Cpu"/> unless <see cref="Use"/> says otherwise.</summary>
    public static Device Current => s_current ?? Cpu;

    /// <summary>Makes new tensors on <paramref name="device"/> until the result is disposed.</summary>
    /// <example><code>using (Device.Use(Device.Reference)) { … }</code></example>
    public static DeviceSwitch Use(Device device) => new(device);

    /// <summary>Tells where <see cref="Gpu"/> comes from, and what there is of it.</summary>
    public static void RegisterGpu(Func<Device> create, Func<IEnumerable<DeviceInfo>> found) => (s_gpu, s_foundGpus) = (create, found);

    private static void FindGpu()
    {
        if (s_gpu is null) Type.GetType("DeepLearning.GpuDevice, DeepLearning.Gpu")?.GetMethod("Register")?.Invoke(null, null);
    }

    /// <summary>A short name for messages, such as <c>cpu</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for a person to read.</summary>
    public virtual string Description => Name;

    /// <summary>Whether it is there to be faster than the processor that runs the program.</summary>
    public virtual bool IsAccelerator => false;

    /// <inheritdoc/>
    public override string ToString() => Name;

    // Memory

    /// <summary>A block of <paramref name="length"/> numbers with unspecified contents.</summary>
    public abstract Storage Allocate(int length);

    /// <summary>Takes back a block that nothing uses any more.</summary>
    public abstract void Free(Storage storage);

    /// <summary>Copies numbers from the host into the start of <paramref name="target"/>.</summary>
    public abstract void Upload(ReadOnlySpan<float> source, Storage target);

    /// <inheritdoc cref="Upload(ReadOnlySpan{float}, Storage)"/>
    public abstract void Upload(ReadOnlySpan<double> source, Storage target);

    /// <summary>Copies numbers from the start of <paramref name="source"/> to the host.</summary>
    public abstract void Download(Storage source, Span<float> target);

    /// <inheritdoc cref="Download(Storage, Span{float})"/>
    public abstract void Download(Storage source, Span<double> target);

    /// <summary>y[i] = value</summary>
    public abstract void Fill(Storage y, int n, double value);

    /// <summary>
    /// y[yOffset + i·yStrides] = x[xOffset + i·xStrides] for every index i of <paramref name="shape"/>; with <paramref name="add"/>, += .
    /// Strides may be zero or negative. One kernel for transposing, slicing, flipping, expanding, joining, and their derivatives.
    /// </summary>
    public abstract void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add);

    // Element by element

    /// <summary>y[i] = f(x[i]); y may be x.</summary>
    public abstract void Unary(UnaryOp op, Storage x, Storage y, int n, double a = 0, double b = 0);

    /// <summary>dx[i] = dy[i]·f′(x[i]), where y = f(x) is at hand.</summary>
    public abstract void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a = 0, double b = 0);

    /// <summary>y = f(a, b) over <paramref name="shape"/>; y is contiguous, a stride of 0 repeats an operand along that axis.</summary>
    public abstract void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape);

    /// <summary>y[i] = condition[i] ≠ 0 ? a[i] : b[i]</summary>
    public abstract void Where(Storage condition, Storage a, Storage b, Storage y, int n);

    // Reductions and rows

    /// <summary>y[o, i] = reduce over l of x[o, l, i]</summary>
    public abstract void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner);

    /// <summary>y[0] = Σ x[i] / divisor over i &lt; n</summary>
    public virtual void Mean(Storage x, Storage y, int n, double divisor)
    {
        Reduce(ReduceOp.Sum, x, y, 1, n, 1);
        Unary(UnaryOp.Affine, y, y, 1, 1 / divisor);
    }

    /// <summary>y[o, i] = the first l at which x[o, l, i] is largest, or smallest; NaN counts as either.</summary>
    public abstract void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner);

    /// <summary>y[o, l, i] = Σ x[o, k, i] over k ≤ l, or with <paramref name="reverse"/> over k ≥ l; y may be x.</summary>
    public abstract void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse);

    /// <summary>
    /// y[o, :, i] = the numbers 0 … length − 1 in the order in which x[o, :, i] is sorted. Equal numbers keep their order; NaN counts as
    /// the largest.
    /// </summary>
    public abstract void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner);

    /// <summary>Each row: y_j = e^(x_j) / Σ e^(x_k), or its logarithm; computed from x − max x.</summary>
    public abstract void Softmax(Storage x, Storage y, int rows, int columns, bool log);

    /// <summary>Each row: dx = y ⊙ (dy − Σ dy·y), or for the logarithm dx = dy − e^y·Σ dy.</summary>
    public abstract void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log);

    /// <summary>Each row of logits: p = softmax(x) and loss[i] = ln Σ e^(x_k) − x_label[i], the loss of a classifier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a whole number in 0 … columns − 1.</exception>
    public virtual void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns)
    {
        Storage right = OneHot(label, rows, columns);
        Softmax(x, p, rows, columns, log: true);
        Binary(BinaryOp.Multiply, right, [1], p, [1], right, [rows * columns]);
        Reduce(ReduceOp.Sum, right, loss, rows, columns, 1);
        Unary(UnaryOp.Affine, loss, loss, rows, -1);
        Softmax(x, p, rows, columns, log: false);
        Free(right);
    }

    /// <summary>
    /// Each row: dx = weight[i]·(p − the one-hot row of label[i]); a <paramref name="weightStride"/> of 0 weighs all rows alike.
    /// </summary>
    public virtual void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx, int rows, int columns)
    {
        Storage right = OneHot(label, rows, columns);
        Binary(BinaryOp.Subtract, p, [1], right, [1], dx, [rows * columns]);
        Binary(BinaryOp.Multiply, dx, [columns, 1], weight, [weightStride, 0], dx, [rows, columns]);
        Free(right);
    }

    // Labels as rows with a single 1, made on the host; a device that overrides the two kernels above never does.
    private Storage OneHot(Storage label, int rows, int columns)
    {
        float[] labels = new float[rows], values = new float[rows * columns];
        Download(label, labels);
        for (int i = 0; i < rows; i++) values[i * columns + CheckIndex(labels[i], columns)] = 1;
        Storage storage = Allocate(values.Length);
        Upload((ReadOnlySpan<float>)values, storage);
        return storage;
    }

    // Matrices

    /// <summary>See <see cref="MatMulArgs"/>.</summary>
    public abstract void MatMul(in MatMulArgs p);

    /// <summary>
    /// C as <see cref="MatMul(in MatMulArgs)"/> makes it, and y = f(C) beside it: what a layer with an activation behind it needs.
    /// </summary>
    public virtual void MatMul(in MatMulArgs p, UnaryOp activation, Storage y)
    {
        MatMul(p);
        Unary(activation, p.C, y, p.Batch * p.M * p.N);
    }

    // Images

    /// <summary>A convolution, y = x∗w (+ bias on every number of a channel); see <see cref="ConvArgs"/>.</summary>
    public abstract void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y);

    /// <summary>dx[…] = Σ dy·w over all products of <see cref="Conv"/> that x is in.</summary>
    public abstract void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx);

    /// <summary>
    /// dw[…] = Σ dy·x over all products of <see cref="Conv"/> that w is in; dbias[k] = Σ dy over the images of channel k.
    /// </summary>
    public abstract void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias);

    /// <summary>
    /// The largest number of each window, the first in reading order if several are, and its place in its plane, row·W + column.
    /// </summary>
    public abstract void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index);

    /// <summary>y = the numbers of the planes x at the places that <see cref="MaxPool"/> found.</summary>
    public abstract void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y);

    /// <summary>
    /// dx = 0 but for the places that <see cref="MaxPool"/> found: there the sum of the dy of all windows that found them.
    /// </summary>
    public abstract void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx);

    /// <summary>The mean of each window.</summary>
    public abstract void AveragePool(in PoolArgs p, Storage x, Storage y);

    /// <summary>dx = the sum over the windows a number is in of dy/divisor.</summary>
    public abstract void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx);

    // Indices

    /// <summary>y[i, :] = x[index[i], :] for i &lt; n; x is [rows, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a whole number in 0 … rows − 1.</exception>
    public abstract void Gather(Storage x, int rows, int width, Storage index, int n, Storage y);

    /// <summary>y[index[i], :] += x[i, :] for i &lt; n; y is [rows, width].</summary>
    /// <inheritdoc cref="Gather" path="/exception"/>
    public abstract void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width);

    /// <summary>y[o, c, i] = x[o, index[o, c, i], i] for c &lt; count, where x is [outer, length, inner].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a whole number in 0 … length − 1.</exception>
    public abstract void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner);

    /// <summary>y[o, index[o, c, i], i] += x[o, c, i] for c &lt; count, where y is [outer, length, inner].</summary>
    /// <inheritdoc cref="GatherAlong" path="/exception"/>
    public abstract void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner);

    // Random numbers

    /// <summary>
    /// Fills y from the counter-based stream <see cref="Philox"/>: number i depends on seed, <paramref name="block"/> and i alone.
    /// </summary>
    public abstract void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n);

    /// <summary>
    /// What dropout multiplies by: 0 with probability <paramref name="rate"/>, else <paramref name="kept"/>; from the same stream.
    /// </summary>
    public virtual void DropMask(ulong seed, ulong block, double rate, double kept, Storage y, int n)
    {
        // Uniform on [−rate, 1 − rate): not negative with probability 1 − rate.
        Random(RandomKind.Uniform, seed, block, -rate, 1 - rate, y, n);
        Unary(UnaryOp.Step, y, y, n);
        if (kept != 1) Unary(UnaryOp.Affine, y, y, n, kept);
    }

    /// <summary>The index as an int, or one clear error.</summary>
    protected internal static int CheckIndex(double index, int rows)
    {
        int i = (int)index;
        return i == index && (uint)i < (uint)rows ? i : throw new ArgumentOutOfRangeException(nameof(index), index,
            $"An index must be a whole number from 0 to {rows - 1}, got {index}; " +
            "check the labels or tokens against the number of classes.");
    }

    /// <summary>Dispose it to make new tensors where they were made before.</summary>
    public readonly struct DeviceSwitch : IDisposable
    {
        private readonly Device? _before = s_current;

        internal DeviceSwitch(Device device) => s_current = device;

        /// <inheritdoc/>
        public void Dispose() => s_current = _before;
    }
}
