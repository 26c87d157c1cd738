namespace DeepLearning;

/// <summary>Gives the numbers a parameter starts from. <see cref="Init"/> lists them all.</summary>
/// <remarks>
/// Weights are [out, in] for a dense layer and [out, in, kernel height, kernel width] for a convolution. The fans count the connections of
/// one node: n_in = in · (kernel area) into it, n_out = out · (kernel area) out of it.
/// </remarks>
public abstract class Initializer
{
    /// <summary>New numbers.</summary>
    /// <param name="shape">The parameter's shape.</param>
    /// <param name="generator">Draws them.</param>
    public abstract Tensor Create(Shape shape, Generator generator);

    /// <summary>Overwrites a parameter with new numbers.</summary>
    /// <param name="parameter">Changed in place.</param>
    /// <param name="generator">Draws them.</param>
    public void Fill(Tensor parameter, Generator generator) => parameter.Assign(Create(parameter.Shape, generator));

    /// <summary>n_in and n_out of weights.</summary>
    /// <exception cref="ArgumentException">Fewer than two axes, as biases have.</exception>
    public static (int In, int Out) Fans(Shape weights)
    {
        if (weights.Rank < 2 || weights.Count == 0)
            throw new ArgumentException(
                $"Fans are counted on weights [out, in] or [out, in, kernel…], got {weights}; start biases from Init.Zeros.");
        int kernel = weights.Count / (weights[0] * weights[1]);
        return (weights[1] * kernel, weights[0] * kernel);
    }
}
