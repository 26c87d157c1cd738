namespace DeepLearning.Kernels;

// Which class does what. Nothing is computed here.
public sealed partial class CpuDevice
{
    // Copies and choices

    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) => Data(y).AsSpan(0, n).Fill((float)value);

    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add) => CpuCopy.Run(Data(x), xOffset, xStrides, Data(y), yOffset, yStrides, shape, add, Workers);

    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        CpuRandom.Fill(kind, seed, block, a, b, Data(y), n, Workers);

    /// <inheritdoc/>
    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y) =>
        CpuIndexing.Gather(Data(x), rows, width, Data(index), n, Data(y), Workers);

    /// <inheritdoc/>
    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width) =>
        CpuIndexing.ScatterAdd(Data(x), Data(index), n, Data(y), rows, width, Workers);

    /// <inheritdoc/>
    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        CpuIndexing.GatherAlong(Data(x), Data(index), Data(y), outer, length, count, inner, Workers);

    /// <inheritdoc/>
    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        CpuIndexing.ScatterAddAlong(Data(x), Data(index), Data(y), outer, length, count, inner, Workers);

    // Element by element

    /// <inheritdoc/>
    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a, double b) =>
        CpuUnary.Run(op, Data(x), Data(y), n, a, b, Workers);

    /// <inheritdoc/>
    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a, double b) =>
        CpuUnaryGradient.Run(op, Data(x), Data(y), Data(dy), Data(dx), n, a, b, Workers);

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape) => CpuBinary.Run(op, Data(a), aStrides, Data(b), bStrides, Data(y), shape, Workers);

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n) =>
        CpuWhere.Run(Data(condition), Data(a), Data(b), Data(y), n, Workers);

    // Along an axis

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner) =>
        CpuReduction.Run(op, Data(x), Data(y), outer, length, inner, Workers);

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner) =>
        CpuArgReduction.Run(largest, Data(x), Data(y), outer, length, inner, Workers);

    /// <inheritdoc/>
    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse) =>
        CpuCumulativeSum.Run(Data(x), Data(y), outer, length, inner, reverse, Workers);

    /// <inheritdoc/>
    public override void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner) =>
        CpuArgSort.Run(descending, Data(x), Data(y), outer, length, inner, Workers);

    // Row by row

    /// <inheritdoc/>
    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log) =>
        CpuSoftmax.Forward(Data(x), Data(y), rows, columns, log, Workers);

    /// <inheritdoc/>
    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log) =>
        CpuSoftmax.Gradient(Data(y), Data(dy), Data(dx), rows, columns, log, Workers);

    /// <inheritdoc/>
    public override void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns) =>
        CpuCrossEntropy.Forward(Data(x), Data(label), Data(loss), Data(p), rows, columns, Workers);

    /// <inheritdoc/>
    public override void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx, int rows,
        int columns) =>
        CpuCrossEntropy.Gradient(Data(p), Data(label), Data(weight), weightStride, Data(dx), rows, columns, Workers);

    /// <inheritdoc/>
    public override void AttentionWeights(in AttentionWeightsArgs p) => CpuAttention.Weights(p, Workers);

    // Layers

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p) => CpuMatMul.Run(p, Workers);

    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y) =>
        CpuConvolution.Run(p, Data(x), Data(w), DataOrNull(bias), Data(y), _pool, Workers);

    /// <inheritdoc/>
    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx) =>
        CpuConvolutionInputGradient.Run(p, Data(dy), Data(w), Data(dx), _pool, Workers);

    /// <inheritdoc/>
    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias) =>
        CpuConvolutionWeightGradient.Run(p, Data(x), Data(dy), Data(dw), DataOrNull(dbias), _pool, Workers);

    /// <inheritdoc/>
    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index) =>
        CpuMaxPooling.Forward(p, Data(x), Data(y), Data(index), Workers);

    /// <inheritdoc/>
    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y) =>
        CpuMaxPooling.Pick(p, Data(x), Data(index), Data(y));

    /// <inheritdoc/>
    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx) =>
        CpuMaxPooling.Gradient(p, Data(dy), Data(index), Data(dx), Workers);

    /// <inheritdoc/>
    public override void AveragePool(in PoolArgs p, Storage x, Storage y) => CpuAveragePooling.Forward(p, Data(x), Data(y), Workers);

    /// <inheritdoc/>
    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx) =>
        CpuAveragePooling.Gradient(p, Data(dy), Data(dx), Workers);

    /// <inheritdoc/>
    public override void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y) =>
        CpuBatchNorm.Forward(p, DataOrNull(beta), Data(y), Workers);

    /// <inheritdoc/>
    public override void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta) =>
        CpuBatchNorm.Gradient(p, Data(dy), DataOrNull(dx), Data(dGamma), Data(dBeta), Workers);

    /// <inheritdoc/>
    public override void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y) =>
        CpuGroupNorm.Forward(p, DataOrNull(beta), Data(y), Workers);

    /// <inheritdoc/>
    public override void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta) =>
        CpuGroupNorm.Gradient(p, Data(dy), DataOrNull(dx), Data(dGamma), Data(dBeta), Workers);

    /// <inheritdoc/>
    public override void Recurrent(in RecurrentArgs p) => CpuRecurrent.Forward(p, _pool, Workers);

    /// <inheritdoc/>
    public override void RecurrentGradient(in RecurrentGradientArgs p) => CpuRecurrent.Gradient(p, _pool, Workers);

    /// <inheritdoc/>
    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step) => CpuRecurrent.Step(p, Data(v), step);

    /// <inheritdoc/>
    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step) =>
        CpuRecurrent.StepGradient(p, Data(dv), step);

    /// <inheritdoc/>
    public override bool FusesUpdates => true;

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<UpdateArgs> steps)
    {
        foreach (ref readonly UpdateArgs step in steps) CpuUpdate.Run(in step, Workers);
    }

    /// <inheritdoc/>
    public override void Run(in FusedProgram program)
    {
        if (!CpuFusedProgram.TryRun(in program, Workers)) base.Run(in program);
    }
}
