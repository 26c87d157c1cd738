using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>Whatever numbers an answer is made of: their shape, and their values row by row.</summary>
internal sealed record Numbers(int[] Dims, double[] Values)
{
    public int Count => Values.Length;

    public bool IsScalar => Dims.Length == 0;

    /// <summary>Nothing there, or nothing but NaN: what an exercise holds before it is answered.</summary>
    public bool IsBlank => Values.All(double.IsNaN);

    /// <summary>The shape as a message writes it.</summary>
    public string Shape => $"[{string.Join(", ", Dims)}]";

    /// <returns>Null for null.</returns>
    /// <exception cref="ArgumentException">The value holds no numbers.</exception>
    public static Numbers? From(object? value) => value switch
    {
        null => null,
        double number => new([], [number]),
        float or int or long => new([], [Convert.ToDouble(value, CultureInfo.InvariantCulture)]),
        Tensor tensor => new(tensor.Shape.Dims.ToArray(), tensor.ToDoubles()),
        double[,] rows => new([rows.GetLength(0), rows.GetLength(1)], [.. rows.Cast<double>()]),
        float[,] rows => new([rows.GetLength(0), rows.GetLength(1)], [.. rows.Cast<float>()]),
        IEnumerable<double> list => Vector(list),
        IEnumerable<float> list => Vector(list.Select(v => (double)v)),
        IEnumerable<int> list => Vector(list.Select(v => (double)v)),
        ITuple tuple => Vector(Enumerable.Range(0, tuple.Length).Select(i => Convert.ToDouble(tuple[i], CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException($"A check compares numbers, arrays, lists and tensors, but got {value.GetType().Name}."),
    };

    public static Numbers Vector(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new([all.Length], all);
    }

    /// <summary>Rows made columns; rank 2 only.</summary>
    public Numbers Transpose()
    {
        (int rows, int columns) = (Dims[0], Dims[1]);
        return new([columns, rows], [.. Enumerable.Range(0, Count).Select(i => Values[i % rows * columns + i / rows])]);
    }

    /// <summary>Added up along one axis, which is gone then.</summary>
    public Numbers Sum(int axis)
    {
        int inner = Dims.Skip(axis + 1).Aggregate(1, (a, b) => a * b), length = Dims[axis];
        int[] dims = [.. Dims.Where((_, i) => i != axis)];
        double[] sums = new double[dims.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < Count; i++) sums[i / (inner * length) * inner + i % inner] += Values[i];
        return new(dims, sums);
    }

    public Numbers Times(double factor) => this with { Values = [.. Values.Select(v => v * factor)] };

    /// <summary>Where a value stands: its name if it has one, else its index.</summary>
    public string At(int i, IReadOnlyList<string>? names)
    {
        if (names is not null && i < names.Count) return names[i];
        return Dims.Length == 2 ? $"[{i / Dims[1]}, {i % Dims[1]}]" : $"[{i}]";
    }

    /// <summary>All values at full precision: equal for equal answers.</summary>
    public string Fingerprint => $"{Shape} {string.Join(" ", Values.Select(v => v.ToString("r", CultureInfo.InvariantCulture)))}";

    /// <summary>The values in short, for a message.</summary>
    public string InShort()
    {
        string Short(double v) => v.ToString("g4", CultureInfo.InvariantCulture);
        if (IsScalar) return Short(Values[0]);
        string values = string.Join(", ", Values.Take(6).Select(Short)) + (Count > 6 ? ", …" : "");
        return Dims.Length == 1 ? $"[{values}]" : $"{Shape}: {values}";
    }
}
