namespace DeepLearning.Tests.Operations;

/// <summary>What an operation says when it is given something that does not fit.</summary>
public class OperationErrorTests
{
    private static readonly Tensor s_matrix = Tensor.Arange(6).Reshape(2, 3), s_elsewhere = Tensor.Ones(2, 3).To(Device.Reference);

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Shapes [2, 3] and [2] do not fit together: counted from the end, axis 1 has 3 against 2; lengths must be equal or 1.",
            () => _ = s_matrix + Tensor.Ones(2) },
        { "multiply got tensors on cpu and on reference", () => _ = s_matrix * s_elsewhere },
        { "where got tensors on cpu and on reference", () => Tensor.Where(s_matrix, s_matrix, s_elsewhere) },
        { "matmul got tensors on cpu and on reference", () => s_matrix.MatMul(s_elsewhere) },
        { "linear got tensors on cpu and on reference", () => Tensor.Linear(s_matrix, s_elsewhere) },
        { "concatenate got tensors on cpu and on reference", () => Tensor.Concatenate(0, s_matrix, s_elsewhere) },
        { "Clamp needs low ≤ high, got 2 and 1.", () => s_matrix.Clamp(2, 1) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got 2.", () => s_matrix.Sum(2) },
        { "Axis -1 was named twice.", () => s_matrix.Sum([1, -1]) },
        { "A mean over no numbers is undefined; the tensor is [0, 3].", () => Tensor.Zeros(0, 3).Mean() },
        { "A variance over 1 numbers with correction 1 is undefined.", () => Tensor.Ones(1).Variance(correction: 1) },
        { "An empty tensor [0, 3] has no max.", () => Tensor.Zeros(0, 3).Max() },
        { "Axis 0 of [0, 3] is empty and has no extreme.", () => Tensor.Zeros(0, 3).ArgMax(0) },
        { "Softmax needs an axis, the tensor is a single number.", () => Tensor.Scalar(1).LogSoftmax() },
        { "Glu halves an axis, axis -1 of [2, 3] has an odd length, 3; give it an even one.", () => s_matrix.Glu() },
        { "6 numbers of shape [2, 3] cannot be arranged as [4, -1].", () => s_matrix.Reshape(4, -1) },
        { "Shape [4] holds 4 numbers, the tensor [2, 3] has 6.", () => s_matrix.Reshape(4) },
        { "Transpose needs a matrix, the tensor is [3].", () => Tensor.Ones(3).Transpose() },
        { "A permutation of [2, 3] names each of its 2 axes once, got [0, 0].", () => s_matrix.Permute(0, 0) },
        { "A tensor [2, 3] cannot be stretched to [3].", () => s_matrix.BroadcastTo([3]) },
        { "Entries 2 … 3 (step 1) are outside axis 1 of [2, 3]; it has 0 to 2, or counted from the end -3 to -1.",
            () => s_matrix.Slice(1, 2, 2) },
        { "Slice needs a step other than 0: 1 takes every entry, -1 takes them backwards.", () => s_matrix.Slice(1, 0, 2, 0) },
        { "Concatenate needs at least one tensor.", () => Tensor.Concatenate(0) },
        { "Stack needs at least one tensor.", () => Tensor.Stack(0) },
        { "Stacked tensors must have one shape, got [2, 3] and [3].", () => Tensor.Stack(0, s_matrix, Tensor.Ones(3)) },
        { "A new axis of [2, 3] goes to place -3 to 2, got 3.", () => s_matrix.Unsqueeze(3) },
        { "Only an axis of length 1 can be left out, axis 1 of [2, 3] has 3.", () => s_matrix.Squeeze(-1) },
        { "Tile needs one count for each of the 2 axes of [2, 3], got [2].", () => s_matrix.Tile(2) },
        { "Entries 1..4 are outside axis 1 of [2, 3]; it has 0 to 2", () => s_matrix.Slice(1, 1..4) },
        { "Entries 2..1 are outside axis 1 of [2, 3]; it has 0 to 2", () => s_matrix.Slice(1, 2..1) },
        { "Slice needs a step other than 0", () => s_matrix.Slice(1, 0..2, 0) },
        { "A tensor [2, 3] takes at most 2 ranges, got 3.", () => _ = s_matrix[.., .., ..] },
        { "Entry -7 is outside axis 0 of [2, 3]; it has 0 to 1, or counted from the end -2 to -1.", () => s_matrix.Select(0, -7) },
        { "Entry 0 is outside axis 0 of [0, 3]; it is empty.", () => Tensor.Zeros(0, 3).Select(0, 0) },
        { "Slice takes 0 or more entries, got -1.", () => s_matrix.Slice(0, 0, -1) },
        { "Reshape works out one length, for which -1 stands; [-1, -1] has several, name the others.", () => s_matrix.Reshape(-1, -1) },
        { "OneHot needs 1 to 16777216 classes, one more than the greatest label, got 0.", () => Tensor.OneHot(Tensor.From([0]), 0) },
        { "OneHot needs 1 to 16777216 classes, one more than the greatest label, got 16777217.",
            () => Tensor.OneHot(Tensor.From([0]), (1 << 24) + 1) },
        { "Whole numbers are exact in float32 up to 16777216, number 1 is 16777217; if it may be rounded, give it as a double.",
            () => Tensor.From([0, (1 << 24) + 1]) },
        { "Uniform numbers need finite bounds, low ≤ high, got low 1 and high 0.", () => Tensor.Uniform(new Generator(1), 1, 0, 3) },
        { "Uniform numbers need finite bounds, low ≤ high, got low 0 and high NaN.", () => new Generator(1).Uniform(0, double.NaN) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got 0 and -1.",
            () => Tensor.Normal(new Generator(1), 0, -1, 3) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got NaN and 1.",
            () => new Generator(1).Normal(double.NaN) },
        { "A normalization's epsilon is a finite number, 0 or more, got -1.", () => Tensor.LayerNorm(s_matrix, epsilon: -1) },
        { "A normalization's epsilon is a finite number, 0 or more, got NaN.",
            () => Tensor.BatchNorm(s_matrix, null, null, double.NaN, out _, out _) },
        { "Axis 1 of [2, 3] has 3 entries, the parts [1, 1] have 2.", () => s_matrix.Split(1, 1, 1) },
        { "Chunk needs 1 or more parts, got 0.", () => s_matrix.Chunk(0, 0) },
        { "A diagonal needs two different axes of [2, 3], got 1 twice.", () => s_matrix.Diagonal(1, -1) },
        { "Pad needs (before, after) for each of the 2 axes of [2, 3], got 1.", () => s_matrix.Pad([(1, 1)]) },
        { "Padding adds 0 or more entries a side, got -1 and 0; to leave entries out, use Slice.", () => s_matrix.Pad(0, -1, 0) },
        { "Reflect padding of axis 1 of [2, 3] adds at most 2 entries a side, got 3 and 0.", () => s_matrix.Pad(1, 3, 0, PadMode.Reflect) },
        { "Circular padding of axis 0 of [2, 3] adds at most 2 entries a side, got 0 and 3.",
            () => s_matrix.Pad(0, 0, 3, PadMode.Circular) },
        { "Reflect padding of axis 0 of [0, 3] has no entry to repeat; pad it with a number: Pad(axis, before, after, value).",
            () => Tensor.Zeros(0, 3).Pad(0, 1, 0, PadMode.Reflect) },
        { "Replicate padding of axis 0 of [0, 3] has no entry to repeat", () => Tensor.Zeros(0, 3).Pad(0, 1, 0, PadMode.Replicate) },
        { "An inner product needs two tensors of one shape, got [2, 3] and [3].", () => Tensor.Dot(s_matrix, Tensor.Ones(3)) },
        { "An outer product needs two vectors, got [2, 3] and [3].", () => Tensor.Outer(s_matrix, Tensor.Ones(3)) },
        { "A triangle needs a matrix, the tensor is [3].", () => Tensor.Ones(3).Tril() },
        { "Axis 1 of [2, 3] has 3 numbers to choose from, got 4.", () => s_matrix.TopK(4, 1) },
        { "Gather needs indices with the 2 axes of [2, 3], none longer than it except axis 1, got [3, 1].",
            () => s_matrix.Gather(1, Tensor.Zeros(3, 1)) },
        { "gather got tensors on cpu and on reference", () => s_matrix.Gather(1, s_elsewhere) },
        { "An index must be a whole number from 0 to 2, got 3", () => s_matrix.Gather(-1, Tensor.Full(3, 2, 1)) },
        { "ScatterAdd needs one index for each number of [2, 3], got [2, 1].", () => s_matrix.ScatterAdd(1, Tensor.Zeros(2, 1), 4) },
        { "An index must be a whole number from 0 to 3, got -1", () => s_matrix.ScatterAdd(1, Tensor.Full(-1, 2, 3), 4) },
        { "A norm needs p ≥ 1, got 0.5.", () => s_matrix.Norm(0, 0.5) },
        { "The place of an extreme needs an axis of [2, 3] to look along, none was named.", () => s_matrix.ArgMax([]) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got 2.", () => s_matrix.ArgMin(2) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got -3.", () => s_matrix.CumulativeSum(-3) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got 2.", () => s_matrix.LogSumExp(2) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got 2.", () => s_matrix.Product(2) },
        { "A tensor of shape [2, 3] has axes -2 to 1, got 2.", () => s_matrix.Norm(2) },
        { "Axis -2 was named twice.", () => s_matrix.LogSumExp([0, -2]) },
        { "Einsum needs letters for every axis and an arrow, such as \"ij,jk->ik\", got \"ij,jk\".",
            () => Tensor.Einsum("ij,jk", s_matrix, s_matrix) },
        { "Einsum needs letters for every axis and an arrow, such as \"ij,jk->ik\", got \"...i->i\".",
            () => Tensor.Einsum("...i->i", s_matrix) },
        { "Einsum \"ij,jk->ik\" has 2 operands, got 1.", () => Tensor.Einsum("ij,jk->ik", s_matrix) },
        { "Einsum \"ijk->i\" names 3 axes of operand 0, whose shape is [2, 3].", () => Tensor.Einsum("ijk->i", s_matrix) },
        { "Einsum \"ij,jk->ik\": label j has length 3 and 2; it must be the same everywhere.",
            () => Tensor.Einsum("ij,jk->ik", s_matrix, s_matrix) },
        { "Einsum \"ij->ijk\": every label of the result must occur on the left, and once on the right.",
            () => Tensor.Einsum("ij->ijk", s_matrix) },
        { "Einsum \"ij->ii\": every label of the result must occur on the left, and once on the right.",
            () => Tensor.Einsum("ij->ii", s_matrix) },
        { "Tensors joined along axis 0 must agree in all others, got [2, 3] and [2, 2].",
            () => Tensor.Concatenate(0, s_matrix, Tensor.Ones(2, 2)) },
        { "IndexSelect needs a list of indices [M] for axis 0 of [2, 3], got [1, 1].", () => s_matrix.IndexSelect(0, Tensor.Zeros(1, 1)) },
        { "An index must be a whole number from 0 to 1, got 2", () => s_matrix.IndexSelect(0, Tensor.From([2])) },
        { "An index must be a whole number from 0 to 1, got 0.5", () => s_matrix.IndexSelect(0, Tensor.From([0.5])) },
        { "IndexAdd needs one index for each of the 2 entries of axis 0 of [2, 3], got [3].",
            () => s_matrix.IndexAdd(0, Tensor.Zeros(3), 4) },
        { "An index must be a whole number from 0 to 3, got -1", () => s_matrix.IndexAdd(0, Tensor.From([0, -1]), 4) },
        { "Pick needs a matrix [N, C] and [N] column numbers, got [2, 3] and [3].", () => s_matrix.Pick(Tensor.Zeros(3)) },
        { "An index must be a whole number from 0 to 2, got 3", () => s_matrix.Pick(Tensor.From([0, 3])) },
        { "An index must be a whole number from 0 to 2, got 1.5", () => s_matrix.Pick(Tensor.From([0, 1.5])) },
        { "A matrix product needs two matrices, got [3] and [2, 3]; make a vector a matrix with Reshape(1, -1) or Reshape(-1, 1).",
            () => Tensor.Ones(3).MatMul(s_matrix) },
        { "A matrix product [M, K]·[K, N] needs equal K, got 3 and 2 from [2, 3] and [2, 3].", () => s_matrix.MatMul(s_matrix) },
        { "The batch axes [2] and [3] of [2, 1, 3] and [3, 3, 1] do not fit together; lengths must be equal or 1.",
            () => Tensor.Ones(2, 1, 3).MatMul(Tensor.Ones(3, 3, 1)) },
        { "Linear needs x [N, in] and W [out, in] with the same in, got [2, 3] and [2, 4].",
            () => Tensor.Linear(s_matrix, Tensor.Ones(2, 4)) },
        { "The bias of W [2, 3] is [2], got [3].", () => Tensor.Linear(s_matrix, s_matrix, Tensor.Ones(3)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);

    private static readonly Func<Tensor, object>[] s_uses =
    [
        x => x + 1, x => x * Tensor.Ones(3), x => Tensor.Ones(3) - x, x => x.Exp(), x => x.Sum(0), x => x.Max(1), x => x.ArgMax(),
        x => x.Norm(), x => x.LogSumExp(), x => x.Product(), x => x.Softmax(), x => x.Reshape(3, 2), x => x.Transpose(),
        x => x.BroadcastTo([2, 2, 3]), x => x.Slice(0, 1..), x => x.Pad(0, 1, 1), x => x.Flip(0), x => x.Roll(0, 1), x => x.Tile(2, 2),
        x => x.Diagonal(), x => x.Tril(), x => Tensor.Concatenate(0, Tensor.Ones(1, 3), x), x => Tensor.Stack(0, x), x => x.Rows(1),
        x => x.Gather(1, Tensor.Zeros(2, 1)), x => x.Pick(Tensor.Zeros(2)), x => x.IndexAdd(0, Tensor.Zeros(2), 2), x => x.CumulativeSum(),
        x => x.Sort(), x => x.TopK(1), x => Tensor.Where(x, 1, Tensor.Ones(3)), x => x > 0, x => x.MatMul(Tensor.Ones(3, 1)),
        x => Tensor.Einsum("ij,kj->ik", Tensor.Ones(1, 3), x), x => Tensor.OneHot(x, 10), x => Tensor.Linear(x, Tensor.Ones(1, 3)),
        x => x.ToArray(),
    ];

    [Fact]
    public void ADisposedTensorIsRefused()
    {
        Tensor gone = Tensor.Arange(6).Reshape(2, 3);
        gone.Dispose();
        foreach (Func<Tensor, object> use in s_uses)
            Assert.Contains("This tensor [2, 3] is gone", Assert.Throws<ObjectDisposedException>(() => use(gone)).Message);
    }

    [Fact]
    public void PickingIsNotLimitedByTheSizeOfTheMatrix()
    {
        Tensor tall = Tensor.Zeros((1 << 24) + 3, 1).RequireGradient();
        Tensor wide = tall.Reshape(1, -1), picked = wide.Pick(Tensor.From([1 << 24])) + tall.Pick(Tensor.Zeros(tall.Count)).Sum();
        picked.Sum().Backward();
        Assert.Equal(2, tall.Gradient!.Slice(0, 1 << 24, 1).Item());
        Assert.Equal(tall.Count + 1, tall.Gradient.Sum().ToDouble());
    }

    [Fact]
    public void SortingMoreThanIndicesHoldIsRefused() =>
        Assert.StartsWith("Sorting numbers places up to 16777216 exactly in float32, axis 0 of [16777217] has more.",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros((1 << 24) + 1).ArgSort()).Message);

    [Fact]
    public void PlacesThatFloat32DoesNotHoldAreRefused() =>
        Assert.StartsWith("Places are exact in float32 up to 16777216, the axes [-1] of [16777217] have 16777217.",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros((1 << 24) + 1).ArgMax()).Message);

    [Fact]
    public void EmptyTensorsPassThrough()
    {
        Tensor empty = Tensor.Zeros(0, 3);
        foreach (Func<Tensor, Tensor> op in (Func<Tensor, Tensor>[])[x => x + 1, x => x * Tensor.Ones(3), x => x.Exp(),
            x => x.Softmax(), x => x.Flip(0), x => Tensor.Linear(x, Tensor.Ones(3, 3)), x => Tensor.Concatenate(0, x, x),
            x => x.IndexSelect(0, Tensor.Zeros(0)), x => x.CumulativeSum(0), x => x.Sort(0).Values, x => x.Sort().Values,
            x => x.TopK(3).Values, x => x.Tril(), x => x.Roll(0, 1), x => x.Tile(2, 1), x => x[..0], x => Tensor.Where(x > 0, x, 0),
            x => x.MatMul(Tensor.Ones(3, 3)), x => Tensor.Einsum("ij,jk->ik", x, Tensor.Ones(3, 3)), x => x.Gather(1, Tensor.Zeros(0, 3)),
            x => Tensor.OneHot(x.Reshape(0), 3)])
            Assert.Equal(new Shape(0, 3), op(empty).Shape);
        Assert.Equal([0f, 0, 0], empty.Sum(0).ToArray());
        Assert.Equal([1f, 1, 1], empty.Product(0).ToArray());
        Assert.Equal(1, empty.RequireGradient().Product().Item());
        Assert.Equal(new Shape(0), empty.Max(1).Shape);
        Assert.Equal([0f, 0, 0, 0], Tensor.Zeros(2, 0).MatMul(Tensor.Zeros(0, 2)).ToArray());
    }

    [Fact]
    public void IndicesMayRepeatAndAxesCountFromTheEnd()
    {
        Assert.Equal([3f, 4, 5, 3, 4, 5], s_matrix.Rows(1, 1).ToArray());
        Assert.Equal(s_matrix.Sum(1).ToArray(), s_matrix.Sum(-1).ToArray());
        Assert.Equal(s_matrix.Select(0, 1).ToArray(), s_matrix.Select(-2, -1).ToArray());
    }

    [Fact]
    public void ExtremesOfEqualNumbersAreTheFirst()
    {
        Tensor x = Tensor.From([2, 5, 5, 1, 1, 2], 2, 3);
        Assert.Equal([1f, 2], x.ArgMax().ToArray());
        Assert.Equal([0f, 0], x.ArgMin().ToArray());
        Assert.Equal([0f, 0, 0], x.ArgMax(0).ToArray());
    }
}
