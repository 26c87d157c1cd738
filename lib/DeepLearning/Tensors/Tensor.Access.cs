using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepLearning;

public partial class Tensor
{
    private const int EdgeItems = 3, PrintedInFull = 1000;

    /// <summary>The numbers in row-major order, copied to the host.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Count];
        Device.Download(Storage, values);
        return values;
    }

    /// <summary>The numbers in row-major order as doubles: all digits of a tensor on <see cref="Device.Reference"/>.</summary>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        Device.Download(Storage, values);
        return values;
    }

    /// <summary>A matrix as a two-dimensional array.</summary>
    public double[,] ToMatrix()
    {
        if (Rank != 2) throw new InvalidOperationException($"A matrix has 2 axes, this tensor is {Shape}.");
        double[,] matrix = new double[Shape[0], Shape[1]];
        ToDoubles().CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(matrix)), Count));
        return matrix;
    }

    /// <summary>The number of a tensor that holds one.</summary>
    public float Item() => (float)ToDouble();

    /// <inheritdoc cref="Item"/>
    public double ToDouble()
    {
        if (Count != 1)
            throw new InvalidOperationException(
                $"This tensor {Shape} holds {Count} numbers, not one; reduce it first, for instance with Sum() or Mean().");
        Span<double> one = stackalloc double[1];
        Device.Download(Storage, one);
        return one[0];
    }

    /// <summary>One number, by its index along every axis.</summary>
    [IndexerName("Element")]
    public float this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.Length != Rank) throw new ArgumentException($"A tensor {Shape} takes {Rank} indices, got {index.Length}.");
            int at = 0;
            for (int i = 0; i < Rank; i++)
            {
                int j = index[i] < 0 ? index[i] + Shape[i] : index[i];
                if ((uint)j >= (uint)Shape[i])
                    throw new ArgumentOutOfRangeException(nameof(index), index[i], $"Index {index[i]} is outside axis {i} of {Shape}.");
                at = at * Shape[i] + j;
            }
            Storage one = Device.Allocate(1);
            Device.Copy(Storage, at, [1], one, 0, [1], [1], add: false);
            Span<double> value = stackalloc double[1];
            Device.Download(one, value);
            Device.Free(one);
            return (float)value[0];
        }
    }

    /// <summary>The numbers in nested brackets, large tensors abbreviated, with the shape behind.</summary>
    public override string ToString()
    {
        if (IsDisposed) return $"tensor {Shape}, disposed";
        double[] values = ToDoubles();
        if (Rank == 0) return Text(values[0], Format(values));
        StringBuilder text = new();
        Print(text, values, 0, 0, Format(values));
        return text.Append(' ', 2).Append(Shape).ToString();
    }

    private void Print(StringBuilder text, double[] values, int axis, int start, string format)
    {
        int length = Shape[axis], stride = Shape.Product(axis + 1, Rank);
        bool last = axis == Rank - 1, shorten = Count > PrintedInFull && length > 2 * EdgeItems;
        text.Append('[');
        for (int i = 0; i < length; i++)
        {
            if (i > 0) text.Append(last ? ", " : ",\n" + new string(' ', axis + 1));
            if (shorten && i == EdgeItems)
            {
                text.Append('…').Append(last ? ", " : "\n" + new string(' ', axis + 1));
                i = length - EdgeItems;
            }
            if (last) text.Append(Text(values[start + i], format));
            else Print(text, values, axis + 1, start + i * stride, format);
        }
        text.Append(']');
    }

    private static string Format(double[] values)
    {
        if (values.All(v => v == Math.Floor(v) && Math.Abs(v) < 1e6)) return "0";
        IEnumerable<double> sizes = values.Where(v => v != 0 && double.IsFinite(v)).Select(Math.Abs).DefaultIfEmpty(1);
        return sizes.Max() < 1e5 && sizes.Min() > 1e-4 ? "0.0000" : "0.0000e+00";
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
