namespace DeepLearning;

public partial class Tensor
{
    /// <summary>A tensor with the given numbers in row-major order.</summary>
    /// <param name="values">As many as <paramref name="shape"/> holds.</param>
    /// <param name="shape">Empty means one axis with all values.</param>
    public static Tensor From(float[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentCheck.NotNull(values);
        Tensor tensor = Empty(ShapeFor(values.Length, shape));
        tensor.Device.Upload(values, tensor.Storage);
        return tensor;
    }

    /// <inheritdoc cref="From(float[], ReadOnlySpan{int})"/>
    public static Tensor From(double[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentCheck.NotNull(values);
        Tensor tensor = Empty(ShapeFor(values.Length, shape));
        tensor.Device.Upload(values, tensor.Storage);
        return tensor;
    }

    /// <summary>A matrix.</summary>
    public static Tensor From(float[,] rows)
    {
        ArgumentCheck.NotNull(rows);
        return From(rows.Cast<float>().ToArray(), rows.GetLength(0), rows.GetLength(1));
    }

    /// <inheritdoc cref="From(float[,])"/>
    public static Tensor From(double[,] rows)
    {
        ArgumentCheck.NotNull(rows);
        return From(rows.Cast<double>().ToArray(), rows.GetLength(0), rows.GetLength(1));
    }

    /// <summary>Whole numbers such as class labels or tokens; a float32 holds them exactly up to 16 777 216, and few beyond.</summary>
    /// <param name="values">As many as <paramref name="shape"/> holds.</param>
    /// <param name="shape">Empty means one axis with all values.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them would be rounded.</exception>
    public static Tensor From(int[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentCheck.NotNull(values);
        int rounded = Array.FindIndex(values, v => (long)(float)v != v);
        if (rounded >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(values), values[rounded],
                $"Whole numbers are exact in float32 up to {ArgumentCheck.LargestWhole}, number {rounded} is {values[rounded]}; "
                + "if it may be rounded, give it as a double.");
        }
        return From(Array.ConvertAll(values, v => (double)v), shape);
    }

    /// <summary>A single number.</summary>
    public static Tensor Scalar(double value) => Full(value);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(params ReadOnlySpan<int> shape) => Full(0, shape);

    /// <summary>All ones.</summary>
    public static Tensor Ones(params ReadOnlySpan<int> shape) => Full(1, shape);

    /// <summary>The same number everywhere.</summary>
    public static Tensor Full(double value, params ReadOnlySpan<int> shape) => Full(value, DeepLearning.Shape.Of(shape), Device.Current);

    internal static Tensor Full(double value, Shape shape, Device device)
    {
        Tensor tensor = Empty(shape, device);
        device.Fill(tensor.Storage, shape.Count, value);
        return tensor;
    }

    /// <summary>0, 1, 2, … up to <paramref name="stop"/>, which is left out: Arange(3) is [0, 1, 2].</summary>
    /// <param name="stop">Where it ends; ≥ 0.</param>
    public static Tensor Arange(double stop) => Arange(0, stop);

    /// <summary>
    /// start, start + step, start + 2·step, … up to <paramref name="stop"/>, which is left out, and so is a number that only rounding would
    /// put before it: Arange(1, 1.3, 0.1) is [1, 1.1, 1.2].
    /// </summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">
    /// Where it ends: at or above <paramref name="start"/> for a positive step, at or below it for a negative one.
    /// </param>
    /// <param name="step">From one number to the next; not 0; 1.</param>
    /// <exception cref="ArgumentException">
    /// The step is 0 or leads away from <paramref name="stop"/>, or the three are not finite.
    /// </exception>
    public static Tensor Arange(double start, double stop, double step = 1)
    {
        double steps = (stop - start) / step;
        if (step == 0 || !double.IsFinite(steps) || !double.IsFinite(start) || steps < 0)
            throw new ArgumentException(
                $"Arange needs finite numbers and a step that leads from start to stop, got start {start}, stop {stop} and step {step}.");
        double whole = Math.Round(steps), count = Math.Abs(steps - whole) <= 1e-9 * Math.Max(1, whole) ? whole : Math.Ceiling(steps);
        double[] values = new double[Sizes.Length((long)Math.Min(count, long.MaxValue), "Arange")];
        for (int i = 0; i < values.Length; i++) values[i] = start + i * step;
        return From(values);
    }

    /// <summary>
    /// <paramref name="count"/> evenly spaced numbers from <paramref name="start"/> to <paramref name="end"/>, both included; count ≥ 2.
    /// </summary>
    public static Tensor Linspace(double start, double end, int count) => count >= 2 && Sizes.Length(count, "Linspace") > 0
        ? From(Enumerable.Range(0, count).Select(i => start + (end - start) * i / (count - 1)).ToArray())
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Linspace needs 2 or more points, got {count}.");

    /// <summary>The identity matrix [n, n].</summary>
    /// <param name="n">How many rows and columns; ≥ 0.</param>
    public static Tensor Identity(int n)
    {
        double[] values = new double[new Shape(n, n).Count];
        for (int i = 0; i < n; i++) values[i * n + i] = 1;
        return From(values, n, n);
    }

    /// <summary>Class labels [N] as rows [N, classes] with a single 1 in each.</summary>
    /// <param name="labels">Whole numbers from 0 to classes − 1.</param>
    /// <param name="classes">How many there are; ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a whole number in 0 … classes − 1.</exception>
    public static Tensor OneHot(Tensor labels, int classes)
    {
        ArgumentCheck.NotNull(labels);
        if (classes is < 1 or > ArgumentCheck.LargestWhole)
        {
            throw new ArgumentOutOfRangeException(nameof(classes), classes,
                $"OneHot needs 1 to {ArgumentCheck.LargestWhole} classes, one more than the greatest label, got {classes}.");
        }
        using Device.DeviceSwitch _ = DeepLearning.Device.Use(labels.Device);
        if (labels.FirstOutside(classes) is var (place, label))
            throw new ArgumentOutOfRangeException(nameof(labels), label,
                $"Label {place} must be a whole number from 0 to {classes - 1}, got {label}.");
        return Equal(labels.Detach().Unsqueeze(-1), Arange(classes));
    }

    // The first number that is not a whole one in 0 … limit − 1, and its place. One number comes back from the device unless there is one.
    private (int Place, double Value)? FirstOutside(int limit)
    {
        if (Count == 0) return null;
        Tensor x = Detach(), right = (x >= 0) * (x < limit) * Equal(x, x.Floor());
        if (right.Min().ToDouble() == 1) return null;
        int place = Array.IndexOf(right.ToDoubles(), 0);
        return (place, ToDoubles()[place]);
    }

    /// <summary>Independent numbers, uniform on [low, high).</summary>
    /// <param name="generator">The random source.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">What they stay below; ≥ low, finite like it.</param>
    /// <param name="shape">The shape of the result.</param>
    public static Tensor Uniform(Generator generator, double low, double high, params ReadOnlySpan<int> shape)
    {
        Generator.CheckUniform(low, high);
        return Random(generator, RandomKind.Uniform, low, high, shape);
    }

    /// <summary>Independent normal numbers.</summary>
    /// <param name="generator">The random source.</param>
    /// <param name="mean">μ, the expected value.</param>
    /// <param name="deviation">σ ≥ 0, the standard deviation (not the variance).</param>
    /// <param name="shape">The shape of the result.</param>
    public static Tensor Normal(Generator generator, double mean, double deviation, params ReadOnlySpan<int> shape)
    {
        Generator.CheckNormal(mean, deviation);
        return Random(generator, RandomKind.Normal, mean, deviation, shape);
    }

    private static Tensor Random(Generator generator, RandomKind kind, double a, double b, ReadOnlySpan<int> shape)
    {
        Generator.Given(generator, "A random tensor");
        Tensor tensor = Empty(DeepLearning.Shape.Of(shape));
        tensor.Device.Random(kind, generator.Seed, generator.Take(tensor.Count), a, b, tensor.Storage, tensor.Count);
        return tensor;
    }

    internal static Tensor Empty(Shape shape) => Empty(shape, Device.Current);

    /// <summary>A tensor of unspecified numbers, for a kernel to fill: how an operation of your own begins its result.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="device">Where it is to be: that of the operands.</param>
    /// <example><code>
    /// using DeepLearning.Kernels;
    ///
    /// static Tensor Double(Tensor x)
    /// {
    ///     Tensor y = Tensor.Empty(x.Shape, x.Device);
    ///     x.Device.Unary(UnaryOp.Affine, x.Storage, y.Storage, x.Count, 2);
    ///     return Tensor.Record("double", y, static (operation, gradient) =&gt; operation.Send(0, gradient * 2), x);
    /// }
    /// </code></example>
    public static Tensor Empty(Shape shape, Device device)
    {
        ArgumentCheck.NotNull(shape);
        ArgumentCheck.NotNull(device);
        try
        {
            return new(shape, device.Allocate(shape.Count));
        }
        catch (OutOfMemoryException outOfMemory)
        {
            throw new InvalidOperationException(
                $"There is no memory on {device} for a tensor {shape} of {shape.Count} numbers; make it smaller, "
                + "or free others: end a scope, drop references to results.", outOfMemory);
        }
    }

    private static Shape ShapeFor(int count, ReadOnlySpan<int> shape)
    {
        Shape result = shape.IsEmpty ? DeepLearning.Shape.Of(count) : DeepLearning.Shape.Of(shape);
        return result.Count == count ? result : throw new ArgumentException($"Shape {result} holds {result.Count} numbers, got {count}.");
    }
}
