namespace DeepLearning;

/// <summary>Distances and cosines between the vectors of two tensors, along the last axis.</summary>
internal static class Distances
{
    private const double TinySquare = 1e-12, Tiny = 1e-6;

    /// <summary>√(Σ x² + 10⁻¹²), the last axis kept.</summary>
    public static Tensor Length(Tensor x) => (x.Square().Sum(-1, keepAxes: true) + TinySquare).Sqrt();

    /// <summary>a·b/(|a||b|), without the last axis.</summary>
    public static Tensor Cosine(Tensor a, Tensor b)
    {
        Tensor cosine = (a * b).Sum(-1, keepAxes: true) / (Length(a) * Length(b));
        return cosine.Reshape(new Shape(a.Shape.Dims[..^1]));
    }

    /// <summary>
    /// (Σ |a − b + 10⁻⁶|ᵖ)^(1/p), without the last axis; the small number keeps the root from having no slope where a = b.
    /// </summary>
    public static Tensor Between(Tensor a, Tensor b, double p = 2)
    {
        Tensor d = a - b + Tiny;
        return p == 2 ? d.Square().Sum(-1).Sqrt() : p == 1 ? d.Abs().Sum(-1) : d.Abs().Power(p).Sum(-1).Power(1 / p);
    }
}
