namespace DeepLearning;

// Other views of the same numbers, and parts of them. Reshape shares memory; everything else copies, since a tensor is always contiguous.
public partial class Tensor
{
    /// <summary>The same numbers in another shape; one length may be −1 and is then worked out.</summary>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        int unknown = shape.IndexOf(-1);
        if (unknown < 0) return Reshape(new Shape(shape));
        Span<int> dims = stackalloc int[shape.Length];
        shape.CopyTo(dims);
        dims[unknown] = 1;
        int known = new Shape(dims).Count;
        if (known == 0 || Count % known != 0)
            throw new ArgumentException($"{Count} numbers of shape {Shape} cannot be arranged as [{string.Join(", ", shape.ToArray())}].");
        dims[unknown] = Count / known;
        return Reshape(new Shape(dims));
    }

    /// <summary>The same numbers in another shape.</summary>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Count != Count) throw new ArgumentException($"Shape {shape} holds {shape.Count} numbers, the tensor {Shape} has {Count}.");
        return Record("reshape", new Tensor(shape, Storage), static (op, g) => op.Send(0, g.Reshape(op[0].Shape)), null, this);
    }

    /// <summary>Keeps the first axis (the samples) and joins all others: [N, …] → [N, M].</summary>
    public Tensor Flatten()
    {
        if (Rank == 0) return Reshape(1, 1);
        return Reshape(new Shape(Shape[0], Shape.Product(1, Rank)));
    }

    /// <summary>A matrix with rows and columns exchanged; of more axes, the last two.</summary>
    public Tensor Transpose()
    {
        if (Rank < 2) throw new InvalidOperationException($"Transpose needs a matrix, the tensor is {Shape}.");
        int[] order = AllAxes();
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return Permute(order);
    }

    /// <summary>The axes in another order: axis i of the result is axis order[i] of this tensor.</summary>
    public Tensor Permute(params int[] order)
    {
        int[] axes = [.. order.Select(axis => Shape.Axis(axis))];
        if (axes.Length != Rank || axes.Distinct().Count() != Rank)
            throw new ArgumentException($"A permutation of {Shape} names each of its {Rank} axes once, got [{string.Join(", ", order)}].");
        int[] strides = Strides(Shape), dims = [.. axes.Select(axis => Shape[axis])], from = [.. axes.Select(axis => strides[axis])];
        Tensor y = CopyOf(new Shape(dims), 0, from);
        return Record("permute", y, static (op, g) =>
        {
            int[] axes = (int[])op.State!, back = new int[axes.Length];
            for (int i = 0; i < axes.Length; i++) back[axes[i]] = i;
            op.Send(0, g.Permute(back));
        }, axes, this);
    }

    /// <summary>The numbers repeated along stretched axes.</summary>
    /// <exception cref="ArgumentException">This shape does not broadcast to <paramref name="shape"/>.</exception>
    public Tensor BroadcastTo(Shape shape)
    {
        if (Shape.Equals(shape)) return this;
        if (!DeepLearning.Shape.Broadcast(Shape, shape).Equals(shape)) throw new ArgumentException($"A tensor {Shape} cannot be stretched to {shape}.");
        int[] strides = new int[shape.Rank];
        Shape.BroadcastStrides(shape, strides);
        return Record("broadcast", CopyOf(shape, 0, strides), static (op, g) => op.Send(0, g.SumTo(op[0].Shape)), null, this);
    }

    /// <summary>Part of an axis: <paramref name="length"/> entries from <paramref name="start"/> on, every <paramref name="step"/>-th.</summary>
    public Tensor Slice(int axis, int start, int length, int step = 1)
    {
        axis = Shape.Axis(axis);
        int last = start + (length - 1) * step;
        if (length < 0 || step == 0 || (length > 0 && ((uint)start >= (uint)Shape[axis] || (uint)last >= (uint)Shape[axis])))
            throw new ArgumentOutOfRangeException(nameof(start), start, $"Entries {start} … {last} (step {step}) are outside axis {axis} of {Shape}.");
        int[] dims = Shape.Dims.ToArray(), strides = Strides(Shape);
        dims[axis] = length;
        int offset = start * strides[axis];
        strides[axis] *= step;
        return Record("slice", CopyOf(new Shape(dims), offset, strides), static (op, g) =>
        {
            var (offset, strides) = ((int, int[]))op.State!;
            op.Send(0, g.PlacedIn(op[0].Shape, offset, strides));
        }, (offset, strides), this);
    }

    /// <summary>One entry of an axis, which disappears: Select(0, i) is row i of a matrix.</summary>
    public Tensor Select(int axis, int index)
    {
        axis = Shape.Axis(axis);
        List<int> dims = [.. Shape.Dims];
        dims.RemoveAt(axis);
        return Slice(axis, index < 0 ? index + Shape[axis] : index, 1).Reshape(new Shape([.. dims]));
    }

    /// <summary>The axis in reverse order.</summary>
    public Tensor Flip(int axis) => Slice(axis, Shape[axis] - 1, Shape[axis], -1);

    /// <summary>Joins tensors along an axis; all other lengths must agree.</summary>
    public static Tensor Concatenate(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("Concatenate needs at least one tensor.");
        SameDevice("concatenate", tensors);
        Tensor first = tensors[0];
        axis = first.Shape.Axis(axis);
        int[] dims = first.Shape.Dims.ToArray();
        dims[axis] = 0;
        foreach (Tensor tensor in tensors)
        {
            bool fits = tensor.Rank == first.Rank;
            for (int i = 0; fits && i < first.Rank; i++) fits = i == axis || tensor.Shape[i] == first.Shape[i];
            if (!fits) throw new ArgumentException($"Tensors joined along axis {axis} must agree in all others, got {first.Shape} and {tensor.Shape}.");
            dims[axis] += tensor.Shape[axis];
        }
        Shape shape = new(dims);
        int[] strides = Strides(shape);
        Tensor y = Empty(shape, first.Device);
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            y.Device.Copy(tensor.Storage, 0, Strides(tensor.Shape), y.Storage, start * strides[axis], strides, tensor.Shape.Dims, add: false);
            start += tensor.Shape[axis];
        }
        return Record("concatenate", y, static (op, g) =>
        {
            int axis = (int)op.State!, start = 0;
            for (int i = 0; i < op.Inputs.Count; i++)
            {
                int length = op[i].Shape[axis];
                if (op.Needs(i)) op.Send(i, g.Slice(axis, start, length));
                start += length;
            }
        }, axis, tensors);
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Tensor[] expanded = new Tensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            List<int> dims = [.. tensors[i].Shape.Dims];
            dims.Insert(axis < 0 ? axis + dims.Count + 1 : axis, 1);
            expanded[i] = tensors[i].Reshape(new Shape([.. dims]));
        }
        return Concatenate(axis, expanded);
    }

    private Tensor CopyOf(Shape shape, int offset, int[] strides)
    {
        Tensor y = Empty(shape, Device);
        Device.Copy(Storage, offset, strides, y.Storage, 0, Strides(shape), shape.Dims, add: false);
        return y;
    }

    // The derivative of a slice: this tensor's numbers at the places they were taken from, zeros elsewhere; and the other way for its own.
    private Tensor PlacedIn(Shape shape, int offset, int[] strides)
    {
        Tensor y = Full(0, shape, Device);
        Device.Copy(Storage, 0, Strides(Shape), y.Storage, offset, strides, Shape.Dims, add: true);
        return Record("place", y, static (op, g) =>
        {
            var (offset, strides) = ((int, int[]))op.State!;
            op.Send(0, g.TakenFrom(op[0].Shape, offset, strides));
        }, (offset, strides), this);
    }

    private Tensor TakenFrom(Shape shape, int offset, int[] strides) =>
        Record("take", CopyOf(shape, offset, strides), static (op, g) =>
        {
            var (offset, strides) = ((int, int[]))op.State!;
            op.Send(0, g.PlacedIn(op[0].Shape, offset, strides));
        }, (offset, strides), this);

    private static int[] Strides(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        shape.Strides(strides);
        return strides;
    }
}
