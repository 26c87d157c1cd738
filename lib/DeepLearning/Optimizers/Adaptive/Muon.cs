using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Momentum for matrices, whose step is made orthogonal so that it moves all directions alike, not only the few in which gradients are
/// large: v ← μv + g; O ≈ UVᵀ of g + μv = UΣVᵀ; w ← w − ηλw − 0.2η√max(m, n)·O for w of m rows and n columns. Biases and other vectors get
/// <see cref="AdamW"/>'s step with the same η, λ (weights only), β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸. State: <c>v</c> of matrices, <c>s</c>
/// and <c>r</c> of others.
/// </summary>
/// <remarks>
/// The factor 0.2√max(m, n) makes a step's root mean square 0.2, about Adam's, so that one η serves both. Filters [out, in, …] count as
/// matrices [out, in·…]. Embeddings and the last layer are usually left to Adam: see <c>orthogonalize</c>.
/// <para>
/// O comes from five rounds of X ← 3.4445X + (−4.775A + 2.0315A²)X with A = XXᵀ, begun at X = (g + μv)/|g + μv|: an odd polynomial that
/// drives every singular value to between 0.7 and 1.2, near enough to 1 and far cheaper than a decomposition.
/// </para>
/// <para>
/// Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024; the factor: Liu et al., "Muon is scalable for
/// LLM training", 2025.
/// </para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Muon(model.Parameters, learningRate: 0.001, orthogonalize: p => p.IsWeight &amp;&amp; p.Rank == 2);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Muon : Optimizer
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, StepSize = 0.2, Tiny = 1e-7;
    private const double A = 3.4445, B = -4.775, C = 2.0315;
    private const int Rounds = 5;

    private readonly Func<Parameter, bool> _orthogonalize;
    private readonly double _momentum;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0; 0.001.</param>
    /// <param name="momentum">μ, the share of the last v kept; 0 ≤ μ &lt; 1; 0.95.</param>
    /// <param name="weightDecay">λ ≥ 0 in w ← w − ηλw; 0.01.</param>
    /// <param name="orthogonalize">
    /// Which parameters get orthogonal steps; each must have 2 or more axes. By default all weights that have.
    /// </param>
    /// <exception cref="ArgumentException">A parameter chosen by <paramref name="orthogonalize"/> is no matrix.</exception>
    public Muon(IEnumerable<Parameter> parameters, double learningRate = 0.001, double momentum = 0.95, double weightDecay = 0.01,
        Func<Parameter, bool>? orthogonalize = null)
        : base(parameters, learningRate, weightDecay, p => (orthogonalize ?? IsMatrix)(p) ? ["v"] : ["s", "r"])
    {
        (_momentum, _orthogonalize) = (BelowOne(momentum, nameof(momentum)), orthogonalize ?? IsMatrix);
        if (Parameters.FirstOrDefault(p => _orthogonalize(p) && p.Rank < 2) is { } vector)
            throw new ArgumentException(
                $"Muon can make only matrices orthogonal, but was told to for '{vector.Name}' {vector.Shape}; " +
                "leave it out in orthogonalize.");
    }

    private static bool IsMatrix(Parameter parameter) => parameter.IsWeight && parameter.Rank >= 2;

    /// <summary>A matrix with the same singular vectors and singular values between about 0.7 and 1.2: near UVᵀ of UΣVᵀ.</summary>
    /// <param name="matrix">[m, n]; one of zeros stays so.</param>
    /// <exception cref="ArgumentException">It is no matrix.</exception>
    public static Tensor Orthogonalize(Tensor matrix)
    {
        if (matrix.Rank != 2) throw new ArgumentException($"Orthogonalize needs a matrix [m, n], got {matrix.Shape}.");
        bool tall = matrix.Shape[0] > matrix.Shape[1];
        Tensor x = tall ? matrix.Transpose() : matrix;
        x /= x.Norm() + Tiny;
        for (int round = 0; round < Rounds; round++)
        {
            Tensor a = Tensor.MatMul(x, x, transposeA: false, transposeB: true);
            x = A * x + (B * a + C * a.MatMul(a)).MatMul(x);
        }
        return tall ? x.Transpose() : x;
    }

    /// <inheritdoc/>
    protected override bool DecouplesWeightDecay => true;

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor shrunk = (1 - p.LearningRate * p.WeightDecay) * w;
        if (!_orthogonalize(p.Parameter)) return shrunk - p.LearningRate * AdamStep(g, p);
        Tensor v = p["v"] = _momentum * p["v"] + g;
        Tensor step = Orthogonalize((g + _momentum * v).Flatten());
        double size = StepSize * Math.Sqrt(Math.Max(step.Shape[0], step.Shape[1]));
        return shrunk - p.LearningRate * size * step.Reshape(w.Shape);
    }

    private static Tensor AdamStep(Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = Beta1 * p["s"] + (1 - Beta1) * g;
        Tensor r = p["r"] = Beta2 * p["r"] + (1 - Beta2) * g * g;
        return s / (1 - Math.Pow(Beta1, p.Steps)) / ((r / (1 - Math.Pow(Beta2, p.Steps))).Sqrt() + Epsilon);
    }
}
