using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>
/// All parameters of a model as one long vector θ = (w₁, b₁, w₂, b₂, …): a point of the space in which training walks, or a
/// direction in it.
/// </summary>
public sealed class WeightVector
{
    private readonly double[] _values;

    private WeightVector(double[] values) => _values = values;

    /// <summary>How many numbers.</summary>
    public int Count => _values.Length;

    /// <summary>The numbers, parameter after parameter in the model's order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>‖θ‖, the Euclidean length.</summary>
    public double Norm => Math.Sqrt(Dot(this));

    /// <summary>The weights a model has now, copied.</summary>
    /// <exception cref="ArgumentException">The model has no parameters.</exception>
    public static WeightVector Of(Layer model)
    {
        double[] values = [.. model.Parameters.SelectMany(p => p.ToDoubles())];
        return values.Length > 0 ? new(values) : throw new ArgumentException("The model has no parameters, so its loss has no landscape.");
    }

    /// <summary>
    /// A random direction in which every filter is as long as the model's own: d_f ← d_f / ‖d_f‖ · ‖w_f‖, where a filter f is what feeds
    /// one neuron or one output channel. Then a step of 1 changes each filter by its own size, and landscapes of different models can be
    /// compared. Biases, and whatever else is not a weight, stay where they are.
    /// <para>Source: Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018.</para>
    /// </summary>
    /// <param name="model">Whose weights give the lengths.</param>
    /// <param name="generator">Draws the direction from a normal distribution.</param>
    public static WeightVector RandomDirection(Layer model, Generator generator)
    {
        double[] weights = Of(model)._values, direction = new double[weights.Length];
        int start = 0;
        foreach (Parameter parameter in model.Parameters)
        {
            if (parameter.IsWeight)
                FillFilters(weights.AsSpan(start, parameter.Count), direction.AsSpan(start, parameter.Count), parameter, generator);
            start += parameter.Count;
        }
        return new(direction);
    }

    // In double precision, wherever the model is.
    internal Tensor ToTensor()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        return Tensor.From(_values);
    }

    internal static WeightVector From(Tensor values) => new(values.ToDoubles());

    /// <summary>Gives a model these weights.</summary>
    /// <exception cref="ArgumentException">The model has another number of parameters.</exception>
    public void ApplyTo(Layer model)
    {
        if (model.ParameterCount != Count)
            throw new ArgumentException(
                $"These weights are {Count} numbers, the model has {model.ParameterCount}; use weights of the same architecture.");
        int start = 0;
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Device.Upload((ReadOnlySpan<double>)_values.AsSpan(start, parameter.Count), parameter.Storage);
            start += parameter.Count;
        }
    }

    /// <summary>Σ aᵢ·bᵢ</summary>
    public double Dot(WeightVector other) => TensorPrimitives.Dot<double>(_values, Checked(other));

    /// <summary>Component by component.</summary>
    public static WeightVector operator +(WeightVector a, WeightVector b)
    {
        double[] sum = new double[a.Count];
        TensorPrimitives.Add<double>(a._values, a.Checked(b), sum);
        return new(sum);
    }

    /// <summary>Component by component.</summary>
    public static WeightVector operator -(WeightVector a, WeightVector b)
    {
        double[] difference = new double[a.Count];
        TensorPrimitives.Subtract<double>(a._values, a.Checked(b), difference);
        return new(difference);
    }

    /// <summary>Each component times <paramref name="factor"/>.</summary>
    public static WeightVector operator *(double factor, WeightVector a)
    {
        double[] product = new double[a.Count];
        TensorPrimitives.Multiply(a._values, factor, product);
        return new(product);
    }

    private double[] Checked(WeightVector other) => other.Count == Count
        ? other._values
        : throw new ArgumentException($"Weights of two models do not mix: {Count} numbers here, {other.Count} there.");

    private static void FillFilters(ReadOnlySpan<double> weights, Span<double> direction, Parameter parameter, Generator generator)
    {
        int filters = parameter.Rank > 1 ? parameter.Shape[0] : 1, length = weights.Length / filters;
        for (int f = 0; f < filters; f++)
        {
            Span<double> d = direction.Slice(f * length, length);
            for (int i = 0; i < length; i++) d[i] = generator.Normal();
            double scale = TensorPrimitives.Norm(weights.Slice(f * length, length)) / TensorPrimitives.Norm<double>(d);
            TensorPrimitives.Multiply(d, scale, d);
        }
    }
}
