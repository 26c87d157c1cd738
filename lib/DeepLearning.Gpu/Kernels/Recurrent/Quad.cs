namespace DeepLearning;

/// <summary>Four numbers side by side, which a thread reads and writes at once.</summary>
internal struct Quad(float a, float b, float c, float d)
{
    public float A = a, B = b, C = c, D = d;

    /// <summary>This + factor·other.</summary>
    public readonly Quad Plus(float factor, in Quad other) => new(A + factor * other.A, B + factor * other.B, C + factor * other.C, D + factor * other.D);
}
