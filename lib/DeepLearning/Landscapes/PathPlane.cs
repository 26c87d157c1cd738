using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DeepLearning;

/// <summary>
/// A plane laid through a path of training by principal components: of all planes through the path's end, the one that holds most of its
/// movement. With the differences mᵢ = θᵢ − θ_end as rows of M, its axes are the two leading eigenvectors of MᵀM. They are found from
/// the small matrix M·Mᵀ, which has a row for each point instead of one for each parameter: M·Mᵀ·u = λ·u gives the axis Mᵀ·u/√λ.
/// </summary>
public sealed class PathPlane
{
    private PathPlane(IReadOnlyList<WeightVector> path, WeightVector[] moves, WeightVector first, WeightVector second, double[] share)
    {
        (Path, Center, First, Second, VarianceExplained) = (path, path[^1], first, second, share);
        (X, Y) = ([.. moves.Select(first.Dot)], [.. moves.Select(second.Dot)]);
    }

    /// <summary>The points θᵢ.</summary>
    public IReadOnlyList<WeightVector> Path { get; }

    /// <summary>θ_end, where the plane's axes cross.</summary>
    public WeightVector Center { get; }

    /// <summary>The axis of most movement, of length 1.</summary>
    public WeightVector First { get; }

    /// <summary>The axis of most movement across it, of length 1; of length 0 where the path is a straight line.</summary>
    public WeightVector Second { get; }

    /// <summary>Each point's place along <see cref="First"/>.</summary>
    public double[] X { get; }

    /// <summary>Each point's place along <see cref="Second"/>.</summary>
    public double[] Y { get; }

    /// <summary>
    /// The share of the squared distances from the end that lies along each axis, each 0 … 1; their sum says how flat the path is.
    /// </summary>
    public double[] VarianceExplained { get; }

    /// <summary>A range of x and y that holds the whole path, with some space around it.</summary>
    /// <param name="margin">Space on each side, as a share of the path's extent.</param>
    public ((double Min, double Max) X, (double Min, double Max) Y) Extent(double margin = 0.2) => (Around(X, margin), Around(Y, margin));

    internal static PathPlane Through(IReadOnlyList<WeightVector> path)
    {
        if (path.Count < 3)
            throw new InvalidOperationException(
                $"A plane needs 3 or more points of the path, got {path.Count}; train longer or keep more points.");
        path = [.. path];
        WeightVector[] moves = [.. path.Select(point => point - path[^1])];
        Evd<double> parts = Matrix<double>.Build.Dense(moves.Length, moves.Length, Products(moves)).Evd(Symmetricity.Symmetric);
        double[] sizes = [.. parts.EigenValues.Select(value => Math.Max(0, value.Real))];
        double total = sizes.Sum();
        if (total == 0)
            throw new InvalidOperationException(
                "The path never leaves its end, so no plane goes through it; check that the optimizer changes this model.");
        int last = sizes.Length - 1;
        return new(path, moves, Axis(last), Axis(last - 1), [sizes[last] / total, sizes[last - 1] / total]);

        // Rounding leaves eigenvalues of about 1e-16 of the largest where there is no movement at all.
        WeightVector Axis(int k)
        {
            Vector<double> u = parts.EigenVectors.Column(k);
            double size = sizes[k] > 1e-12 * total ? Math.Sqrt(sizes[k]) : double.PositiveInfinity;
            return moves.Select((move, i) => u[i] / size * move).Aggregate((sum, part) => sum + part);
        }
    }

    private static Func<int, int, double> Products(WeightVector[] moves)
    {
        double[,] products = new double[moves.Length, moves.Length];
        for (int i = 0; i < moves.Length; i++)
        for (int j = i; j < moves.Length; j++)
            products[i, j] = products[j, i] = moves[i].Dot(moves[j]);
        return (i, j) => products[i, j];
    }

    private static (double, double) Around(double[] values, double margin)
    {
        double low = values.Min(), high = values.Max(), space = Math.Max(high - low, 1e-9) * margin;
        return (low - space, high + space);
    }
}
