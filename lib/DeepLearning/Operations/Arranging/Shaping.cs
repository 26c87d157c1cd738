namespace DeepLearning;

// Other arrangements of the same numbers. Reshape shares memory; everything else copies, since a tensor is always contiguous.
public partial class Tensor
{
    /// <summary>The same numbers in another shape; one length may be −1 and is then worked out.</summary>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        int unknown = shape.IndexOf(-1);
        if (unknown < 0) return Reshape(new Shape(shape));
        if (shape[(unknown + 1)..].Contains(-1))
            throw new ArgumentException(
                $"Reshape works out one length, for which -1 stands; [{string.Join(", ", shape.ToArray())}] has several, name the others.");
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
        ArgumentCheck.NotNull(shape);
        if (shape.Count != Count)
            throw new ArgumentException($"Shape {shape} holds {shape.Count} numbers, the tensor {Shape} has {Count}.");
        return Record("reshape", new Tensor(shape, Storage), new ReshapeState(),
            static (op, g) => op.Send(0, g.Reshape(op[0].Shape)), this);
    }

    /// <summary>Keeps the first axis (the samples) and joins all others: [N, …] → [N, M].</summary>
    public Tensor Flatten()
    {
        if (Rank == 0) return Reshape(1, 1);
        return Reshape(new Shape(Shape[0], Shape.Product(1, Rank)));
    }

    /// <summary>The same numbers with a new axis of length 1 before axis <paramref name="axis"/>; −1 makes it the last.</summary>
    public Tensor Unsqueeze(int axis)
    {
        int at = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)at > (uint)Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), axis,
                $"A new axis of {Shape} goes to place {-Rank - 1} to {Rank}, got {axis}.");
        return Reshape(new Shape([.. Shape.Dims[..at], 1, .. Shape.Dims[at..]]));
    }

    /// <summary>The same numbers without an axis of length 1.</summary>
    public Tensor Squeeze(int axis)
    {
        axis = Shape.Axis(axis);
        if (Shape[axis] != 1)
            throw new ArgumentException($"Only an axis of length 1 can be left out, axis {axis} of {Shape} has {Shape[axis]}.");
        return Reshape(new Shape([.. Shape.Dims[..axis], .. Shape.Dims[(axis + 1)..]]));
    }

    /// <summary>A matrix with rows and columns exchanged; of more axes, the last two.</summary>
    public Tensor Transpose()
    {
        if (Rank < 2) throw new InvalidOperationException($"Transpose needs a matrix, the tensor is {Shape}.");
        return Transpose(-2, -1);
    }

    /// <summary>Two axes exchanged.</summary>
    public Tensor Transpose(int first, int second)
    {
        int[] order = AllAxes();
        (first, second) = (Shape.Axis(first), Shape.Axis(second));
        (order[first], order[second]) = (order[second], order[first]);
        return Permute(order);
    }

    /// <summary>The axes in another order: axis i of the result is axis order[i] of this tensor.</summary>
    public Tensor Permute(params int[] order)
    {
        ArgumentCheck.NotNull(order);
        int[] axes = [.. order.Select(axis => Shape.Axis(axis))];
        if (axes.Length != Rank || axes.Distinct().Count() != Rank)
            throw new ArgumentException($"A permutation of {Shape} names each of its {Rank} axes once, got [{string.Join(", ", order)}].");
        int[] strides = Strides(Shape), dims = [.. axes.Select(axis => Shape[axis])], from = [.. axes.Select(axis => strides[axis])];
        Tensor y = CopyOf(new Shape(dims), 0, from);
        return Record("permute", y, new PermuteState(axes), static (op, g) =>
        {
            int[] axes = op.State.Axes, back = new int[axes.Length];
            for (int i = 0; i < axes.Length; i++) back[axes[i]] = i;
            op.Send(0, g.Permute(back));
        }, this);
    }

    /// <summary>The numbers repeated along stretched axes.</summary>
    /// <exception cref="ArgumentException">This shape does not broadcast to <paramref name="shape"/>.</exception>
    public Tensor BroadcastTo(Shape shape)
    {
        ArgumentCheck.NotNull(shape);
        if (Shape.Equals(shape)) return this;
        if (!DeepLearning.Shape.Broadcast(Shape, shape).Equals(shape))
            throw new ArgumentException($"A tensor {Shape} cannot be stretched to {shape}.");
        int[] strides = new int[shape.Rank];
        Shape.BroadcastStrides(shape, strides);
        return Record("broadcast", CopyOf(shape, 0, strides), new BroadcastState(),
            static (op, g) => op.Send(0, g.SumTo(op[0].Shape)), this);
    }

    /// <summary>The whole tensor repeated along every axis, side by side: [1, 2] tiled twice is [1, 2, 1, 2].</summary>
    /// <param name="counts">How often along each axis, 0 or more; one number for each.</param>
    public Tensor Tile(params ReadOnlySpan<int> counts)
    {
        if (counts.Length != Rank)
            throw new ArgumentException(
                $"Tile needs one count for each of the {Rank} axes of {Shape}, got [{string.Join(", ", counts.ToArray())}].");
        int[] apart = new int[2 * Rank], stretched = new int[2 * Rank], dims = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            (apart[2 * i], apart[2 * i + 1]) = (1, Shape[i]);
            (stretched[2 * i], stretched[2 * i + 1]) = (counts[i], Shape[i]);
            dims[i] = Sizes.Length((long)counts[i] * Shape[i], "Tile");
        }
        return Reshape(new Shape(apart)).BroadcastTo(new Shape(stretched)).Reshape(new Shape(dims));
    }

    /// <summary>Every entry of an axis repeated, one after the other: [1, 2] repeated twice is [1, 1, 2, 2].</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="count">How often, 0 or more.</param>
    public Tensor RepeatInterleave(int axis, int count)
    {
        axis = Shape.Axis(axis);
        Shape longer = Replaced(axis, Sizes.Length((long)count * Shape[axis], "RepeatInterleave"));
        Shape apart = new([.. Shape.Dims[..(axis + 1)], count, .. Shape.Dims[(axis + 1)..]]);
        return Unsqueeze(axis + 1).BroadcastTo(apart).Reshape(longer);
    }

    private Tensor CopyOf(Shape shape, int offset, int[] strides)
    {
        Tensor y = Empty(shape, Device);
        Device.Copy(Storage, offset, strides, y.Storage, 0, Strides(shape), shape.Dims, add: false);
        return y;
    }

    private static int[] Strides(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        shape.Strides(strides);
        return strides;
    }
}

/// <summary>The same numbers in another shape.</summary>
internal readonly record struct ReshapeState : IOperationState
{
    public bool OnlyMoves => true;
}

/// <summary>Axes in another order.</summary>
/// <param name="Axes">Axis i of the result is axis Axes[i].</param>
internal readonly record struct PermuteState(int[] Axes) : IOperationState
{
    public bool OnlyMoves => true;
}

/// <summary>Numbers repeated along stretched axes.</summary>
internal readonly record struct BroadcastState : IOperationState
{
    public bool OnlyMoves => true;
}
