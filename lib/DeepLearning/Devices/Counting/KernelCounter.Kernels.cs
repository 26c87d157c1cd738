namespace DeepLearning;

// Every kernel: counted, then done by the device inside.
public sealed partial class KernelCounter
{
    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) => Started().Fill(y, n, value);

    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add) =>
        Started().Copy(x, xOffset, xStrides, y, yOffset, yStrides, shape, add);

    /// <inheritdoc/>
    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a = 0, double b = 0) => Started().Unary(op, x, y, n, a, b);

    /// <inheritdoc/>
    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a = 0, double b = 0) =>
        Started().UnaryGradient(op, x, y, dy, dx, n, a, b);

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape) =>
        Started().Binary(op, a, aStrides, b, bStrides, y, shape);

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n) => Started().Where(condition, a, b, y, n);

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner) =>
        Started().Reduce(op, x, y, outer, length, inner);

    /// <inheritdoc/>
    public override void Mean(Storage x, Storage y, int n, double divisor) => Started().Mean(x, y, n, divisor);

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner) =>
        Started().ArgReduce(largest, x, y, outer, length, inner);

    /// <inheritdoc/>
    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse) =>
        Started().CumulativeSum(x, y, outer, length, inner, reverse);

    /// <inheritdoc/>
    public override void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner) =>
        Started().ArgSort(descending, x, y, outer, length, inner);

    /// <inheritdoc/>
    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log) => Started().Softmax(x, y, rows, columns, log);

    /// <inheritdoc/>
    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log) =>
        Started().SoftmaxGradient(y, dy, dx, rows, columns, log);

    /// <inheritdoc/>
    public override void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns) =>
        Started().CrossEntropy(x, label, loss, p, rows, columns);

    /// <inheritdoc/>
    public override void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx, int rows,
        int columns) =>
        Started().CrossEntropyGradient(p, label, weight, weightStride, dx, rows, columns);

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p) => Started().MatMul(p);

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p, UnaryOp activation, Storage y) => Started().MatMul(p, activation, y);

    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y) => Started().Conv(p, x, w, bias, y);

    /// <inheritdoc/>
    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx) => Started().ConvInputGradient(p, dy, w, dx);

    /// <inheritdoc/>
    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias) =>
        Started().ConvWeightGradient(p, x, dy, dw, dbias);

    /// <inheritdoc/>
    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index) => Started().MaxPool(p, x, y, index);

    /// <inheritdoc/>
    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y) => Started().MaxPoolPick(p, x, index, y);

    /// <inheritdoc/>
    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx) =>
        Started().MaxPoolGradient(p, dy, index, dx);

    /// <inheritdoc/>
    public override void AveragePool(in PoolArgs p, Storage x, Storage y) => Started().AveragePool(p, x, y);

    /// <inheritdoc/>
    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx) => Started().AveragePoolGradient(p, dy, dx);

    /// <inheritdoc/>
    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y) =>
        Started().Gather(x, rows, width, index, n, y);

    /// <inheritdoc/>
    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width) =>
        Started().ScatterAdd(x, index, n, y, rows, width);

    /// <inheritdoc/>
    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        Started().GatherAlong(x, index, y, outer, length, count, inner);

    /// <inheritdoc/>
    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner) =>
        Started().ScatterAddAlong(x, index, y, outer, length, count, inner);

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<UpdateArgs> steps) => Started().Update(steps);

    /// <inheritdoc/>
    public override bool FusesUpdates => inside.FusesUpdates;

    /// <inheritdoc/>
    public override void Run(in FusedProgram program) => Started().Run(program);

    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Started().Random(kind, seed, block, a, b, y, n);

    /// <inheritdoc/>
    public override void DropMask(ulong seed, ulong block, double rate, double kept, Storage y, int n) =>
        Started().DropMask(seed, block, rate, kept, y, n);

    /// <inheritdoc/>
    public override void AttentionWeights(in AttentionWeightsArgs p) => Started().AttentionWeights(p);

    /// <inheritdoc/>
    public override bool HasAttention(int width, long weights) => inside.HasAttention(width, weights);

    /// <inheritdoc/>
    public override void Attention(in HeadAttentionArgs p) => Started().Attention(p);

    /// <inheritdoc/>
    public override void AttentionGradient(in HeadAttentionGradientArgs p) => Started().AttentionGradient(p);

    /// <inheritdoc/>
    public override void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y) => Started().BatchNorm(p, beta, y);

    /// <inheritdoc/>
    public override void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta) =>
        Started().BatchNormGradient(p, dy, dx, dGamma, dBeta);

    /// <inheritdoc/>
    public override void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y) => Started().GroupNorm(p, beta, y);

    /// <inheritdoc/>
    public override void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta) =>
        Started().GroupNormGradient(p, dy, dx, dGamma, dBeta);

    /// <inheritdoc/>
    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step) => Started().RecurrentStep(p, v, step);

    /// <inheritdoc/>
    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step) =>
        Started().RecurrentStepGradient(p, dv, step);

    /// <inheritdoc/>
    public override void Recurrent(in RecurrentArgs p) => Started().Recurrent(p);

    /// <inheritdoc/>
    public override void RecurrentGradient(in RecurrentGradientArgs p) => Started().RecurrentGradient(p);
}
