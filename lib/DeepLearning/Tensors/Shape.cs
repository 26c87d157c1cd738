using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>The lengths of a tensor's axes, outermost first: a matrix of 2 rows and 3 columns is [2, 3], a single number is [].</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>
{
    private const int RecentCount = 256;

    // Shapes are asked for again and again, so the last few hundred are kept, each at a place that its lengths decide.
    [ThreadStatic] private static Shape?[]? s_recent;

    private readonly int[] _dims;

    /// <param name="dims">
    /// Each ≥ 0; the product of those that are not 0 is at most 2 147 483 591, as many numbers as an array may hold.
    /// </param>
    /// <exception cref="ArgumentException">A length is negative, or the product is greater.</exception>
    public Shape(params ReadOnlySpan<int> dims)
    {
        Count = Sizes.Count(dims);
        _dims = dims.ToArray();
    }

    /// <summary>A single number: no axes.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>How many axes.</summary>
    public int Rank => _dims.Length;

    /// <summary>How many numbers: the product of all lengths.</summary>
    public int Count { get; }

    /// <summary>The length of an axis; −1 is the last.</summary>
    public int this[int axis] => (uint)axis < (uint)_dims.Length ? _dims[axis] : _dims[Axis(axis)];

    /// <summary>The lengths.</summary>
    public ReadOnlySpan<int> Dims => _dims;

    /// <summary>Makes a shape from a collection expression such as <c>[2, 3]</c>.</summary>
    public static Shape Create(ReadOnlySpan<int> dims) => Of(dims);

    /// <summary>As the constructor, without making another object where this shape was asked for recently.</summary>
    internal static Shape Of(params ReadOnlySpan<int> dims)
    {
        uint hash = (uint)dims.Length;
        foreach (int dim in dims) hash = hash * 31 + (uint)dim;
        ref Shape? place = ref (s_recent ??= new Shape?[RecentCount])[(hash ^ hash >> 8) % RecentCount];
        return place is { } shape && dims.SequenceEqual(shape._dims) ? shape : place = new Shape(dims);
    }

    /// <summary>Lets an array stand for a shape.</summary>
    public static implicit operator Shape(int[] dims) => new(dims);

    /// <summary>Supports collection expressions and <c>foreach</c>.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => Dims.GetEnumerator();

    /// <summary>The axis counted from the front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        int front = axis < 0 ? axis + Rank : axis;
        return (uint)front < (uint)Rank ? front : throw new ArgumentOutOfRangeException(nameof(axis), axis,
            Rank == 0 ? $"A single number, of shape [], has no axes, got {axis}."
                : $"A tensor of shape {this} has axes {-Rank} to {Rank - 1}, got {axis}.");
    }

    /// <summary>The shape that two operands have after broadcasting: lengths are matched from the last axis on, and 1 stretches.</summary>
    /// <exception cref="ArgumentException">Two lengths differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b) => TryBroadcast(a, b, out int axis)
        ?? throw new ArgumentException(
            $"Shapes {a} and {b} do not fit together: counted from the end, axis {axis} has {a[^axis]} against {b[^axis]}; " +
                "lengths must be equal or 1.");

    /// <summary>As <see cref="Broadcast"/>, or null and the axis, counted from the end, that does not fit.</summary>
    internal static Shape? TryBroadcast(Shape a, Shape b, out int axis)
    {
        axis = 0;
        if (ReferenceEquals(a, b) || a.Equals(b)) return a;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> dims = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[^i] : 1, y = i <= b.Rank ? b[^i] : 1;
            axis = i;
            if (x != y && x != 1 && y != 1) return null;
            dims[rank - i] = x == 1 ? y : x;
        }
        return Of(dims);
    }

    private int this[Index index] => _dims[index];

    /// <summary>Row-major strides of a contiguous tensor.</summary>
    internal void Strides(Span<int> strides)
    {
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= _dims[i];
        }
    }

    /// <summary>Strides with which this shape is read as <paramref name="target"/>: 0 along stretched axes.</summary>
    internal void BroadcastStrides(Shape target, Span<int> strides)
    {
        int stride = 1;
        for (int i = 1; i <= target.Rank; i++)
        {
            bool real = i <= Rank && _dims[^i] != 1;
            strides[^i] = real ? stride : 0;
            if (real) stride *= _dims[^i];
        }
    }

    /// <summary>The product of the lengths of axes <paramref name="from"/> … <paramref name="to"/> − 1.</summary>
    internal int Product(int from, int to)
    {
        int product = 1;
        for (int i = from; i < to; i++) product *= _dims[i];
        return product;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && _dims.AsSpan().SequenceEqual(other._dims));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach (int dim in _dims) hash.Add(dim);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _dims)}]";
}
