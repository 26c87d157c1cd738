using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

/// <summary>
/// Four numbers side by side, which a thread fetches and stores at once: only with 16 bytes under way in each thread is as much under way
/// in all of a card's threads together as its memory can deliver.
/// </summary>
internal struct Float4(float a, float b, float c, float d)
{
    public float A = a, B = b, C = c, D = d;

    /// <summary>How many of them cover n numbers.</summary>
    public static int Count(int n) => n / 4 + (n % 4 == 0 ? 0 : 1);

    /// <summary>
    /// The numbers from place <paramref name="at"/> on, a multiple of 4. Every block begins where a card can fetch 16 bytes.
    /// </summary>
    public static Float4 Load(ArrayView<float> x, int at) => x.AsAligned(16).Cast<Float4>()[at >> 2];

    public readonly void Store(ArrayView<float> y, int at) => y.AsAligned(16).Cast<Float4>()[at >> 2] = this;

    /// <summary>This + factor·other.</summary>
    public readonly Float4 Plus(float factor, Float4 other) =>
        new(A + factor * other.A, B + factor * other.B, C + factor * other.C, D + factor * other.D);

    /// <summary>Four numbers that are a step apart, from place <paramref name="at"/> on: four reads under way at once.</summary>
    public static Float4 Apart(ArrayView<float> x, int at, int step) => new(x[at], x[at + step], x[at + 2 * step], x[at + 3 * step]);

    /// <summary>One number four times.</summary>
    public static Float4 Of(float x) => new(x, x, x, x);
}
