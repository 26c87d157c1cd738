namespace DeepLearning;

// Tensors put together, and entries added around one.
public partial class Tensor
{
    /// <summary>Joins tensors along an axis; all other lengths must agree.</summary>
    public static Tensor Concatenate(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("Concatenate needs at least one tensor.");
        CheckPresent(tensors);
        SameDevice("concatenate", tensors);
        Tensor first = tensors[0];
        axis = first.Shape.Axis(axis);
        long together = 0;
        foreach (Tensor tensor in tensors)
        {
            bool fits = tensor.Rank == first.Rank;
            for (int i = 0; fits && i < first.Rank; i++) fits = i == axis || tensor.Shape[i] == first.Shape[i];
            if (!fits)
                throw new ArgumentException(
                    $"Tensors joined along axis {axis} must agree in all others, got {first.Shape} and {tensor.Shape}.");
            together += tensor.Shape[axis];
        }
        Shape shape = first.Replaced(axis, Sizes.Length(together, "Concatenate"));
        int[] strides = Strides(shape);
        Tensor y = Empty(shape, first.Device);
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            y.Device.Copy(tensor.Storage, 0, Strides(tensor.Shape), y.Storage, start * strides[axis], strides,
                tensor.Shape.Dims, add: false);
            start += tensor.Shape[axis];
        }
        return Record("concatenate", y, new ConcatenateState(axis), static (op, g) =>
        {
            int axis = op.State.Axis, start = 0;
            for (int i = 0; i < op.Inputs.Count; i++)
            {
                int length = op[i].Shape[axis];
                if (op.Needs(i)) op.Send(i, g.Slice(axis, start, length));
                start += length;
            }
        }, tensors);
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("Stack needs at least one tensor.");
        CheckPresent(tensors);
        Tensor[] expanded = new Tensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            if (!tensors[i].Shape.Equals(tensors[0].Shape))
                throw new ArgumentException($"Stacked tensors must have one shape, got {tensors[0].Shape} and {tensors[i].Shape}.");
            expanded[i] = tensors[i].Unsqueeze(axis);
        }
        return Concatenate(axis, expanded);
    }

    /// <summary>Adds entries with the same number before and after an axis.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="before">How many before, 0 or more.</param>
    /// <param name="after">How many after, 0 or more.</param>
    /// <param name="value">What they hold.</param>
    public Tensor Pad(int axis, int before, int after, double value = 0)
    {
        var widths = new (int, int)[Rank];
        widths[Shape.Axis(axis)] = (before, after);
        return Pad(widths, value);
    }

    /// <summary>
    /// Adds entries with the same number around: [N, C, H, W].Pad([(0, 0), (0, 0), (1, 1), (1, 1)]) puts a frame round every image.
    /// </summary>
    /// <param name="widths">How many entries before and after each axis, 0 or more.</param>
    /// <param name="value">What they hold.</param>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> widths, double value = 0)
    {
        if (widths.Length != Rank)
            throw new ArgumentException($"Pad needs (before, after) for each of the {Rank} axes of {Shape}, got {widths.Length}.");
        int[] dims = Shape.Dims.ToArray();
        for (int i = 0; i < Rank; i++)
        {
            CheckWidths(widths[i].Before, widths[i].After);
            dims[i] = Sizes.Length((long)dims[i] + widths[i].Before + widths[i].After, "Pad");
        }
        Shape shape = new(dims);
        int[] strides = Strides(shape);
        int offset = 0;
        for (int i = 0; i < Rank; i++) offset += widths[i].Before * strides[i];
        return shape.Equals(Shape) ? this : Placed("pad", shape, offset, strides, value);
    }

    /// <summary>Adds entries before and after an axis that continue what is there.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="before">How many before; at most one less than the axis has to reflect, as many as it has to go round.</param>
    /// <param name="after">How many after.</param>
    /// <param name="mode">What they repeat.</param>
    public Tensor Pad(int axis, int before, int after, PadMode mode)
    {
        axis = Shape.Axis(axis);
        CheckWidths(before, after);
        int length = Shape[axis], most = mode switch { PadMode.Reflect => length - 1, PadMode.Circular => length, _ => int.MaxValue };
        if (length == 0 && before + (long)after > 0)
            throw new ArgumentException(
                $"{mode} padding of axis {axis} of {Shape} has no entry to repeat; pad it with a number: Pad(axis, before, after, value).");
        if (before > most || after > most)
            throw new ArgumentException(
                $"{mode} padding of axis {axis} of {Shape} adds at most {most} entries a side, got {before} and {after}.");
        List<Tensor> parts = [this];
        if (before > 0) parts.Insert(0, Side(before, atEnd: false));
        if (after > 0) parts.Add(Side(after, atEnd: true));
        return parts.Count == 1 ? this : Concatenate(axis, [.. parts]);

        Tensor Side(int width, bool atEnd) => mode switch
        {
            PadMode.Reflect => Slice(axis, atEnd ? length - 2 : width, width, -1),
            PadMode.Circular => Slice(axis, atEnd ? 0 : length - width, width),
            _ => Slice(axis, atEnd ? length - 1 : 0, 1).RepeatInterleave(axis, width),
        };
    }

    private static void CheckPresent(ReadOnlySpan<Tensor> tensors)
    {
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is null) throw new ArgumentNullException(nameof(tensors), $"Tensor {i} of {tensors.Length} is null.");
        }
    }

    private static void CheckWidths(int before, int after)
    {
        if (before < 0 || after < 0)
            throw new ArgumentOutOfRangeException(nameof(before),
                $"Padding adds 0 or more entries a side, got {before} and {after}; to leave entries out, use Slice.");
    }
}

/// <summary>What padding repeats.</summary>
public enum PadMode
{
    /// <summary>The entries mirrored at the last one, which is not repeated: c b | a b c | b a</summary>
    Reflect,
    /// <summary>The last entry: a a | a b c | c c</summary>
    Replicate,
    /// <summary>The entries from the other end: b c | a b c | a b</summary>
    Circular,
}

/// <summary>Tensors joined.</summary>
/// <param name="Axis">Along which axis.</param>
internal readonly record struct ConcatenateState(int Axis) : IOperationState
{
    public bool OnlyMoves => true;
}
