using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>Weights that turn and mirror but do not stretch: a layer of them keeps the length of every signal it has room for.</summary>
/// <remarks>
/// Weights [out, in, …] are read as a matrix W: [out, n]. With out ≤ n its rows are orthonormal, W·Wᵀ = gain²·I; with out ≥ n its columns
/// are, Wᵀ·W = gain²·I. W is the Q of the factorization A = Q·R of a matrix of normal numbers; R's diagonal is positive, which makes every
/// such Q equally likely. Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
/// neural networks", 2014.
/// </remarks>
/// <param name="gain">For the activation that follows, ≥ 0, 1 by default; see <see cref="Gain"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">The gain is negative or not finite.</exception>
/// <example><code>
/// Tensor w = Init.Orthogonal().Create([4, 8], new Generator(1));
/// Tensor product = w.MatMul(w.Transpose());                       // [4, 4], the identity
/// </code></example>
public sealed class Orthogonal(double gain = 1) : Initializer
{
    private readonly double _gain = Gain.Checked(gain, nameof(Orthogonal));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer than two axes.</exception>
    public override Tensor Create(Shape shape, Generator generator)
    {
        Generator.Given(generator, nameof(Orthogonal));
        _ = Fans(shape);
        int rows = shape[0], columns = shape.Count / rows;
        double[][] vectors = Orthonormal(Math.Min(rows, columns), Math.Max(rows, columns), generator);
        double[] weights = new double[shape.Count];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++) weights[r * columns + c] = _gain * (rows <= columns ? vectors[r][c] : vectors[c][r]);
        }
        return Tensor.From(weights, shape.Dims);
    }

    /// <summary>
    /// Gram and Schmidt: from each new vector its part along the earlier ones is taken away, twice against rounding, and the rest gets
    /// length 1.
    /// </summary>
    private static double[][] Orthonormal(int count, int length, Generator generator)
    {
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            double[] v = vectors[i] = new double[length];
            for (int k = 0; k < length; k++) v[k] = generator.Normal();
            for (int j = 0; j < 2 * i; j++)
            {
                double[] earlier = vectors[j % i];
                TensorPrimitives.MultiplyAdd(earlier, -TensorPrimitives.Dot<double>(earlier, v), v, v);
            }
            TensorPrimitives.Divide(v, TensorPrimitives.Norm<double>(v), v);
        }
        return vectors;
    }
}
