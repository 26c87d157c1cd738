namespace DeepLearning;

/// <summary>What an image of <see cref="Datasets.ShapeImages(int, Generator, int)"/> is drawn from.</summary>
/// <param name="Shape">0 a square, 1 an ellipse, 2 a heart.</param>
/// <param name="X">From −1, left, to 1.</param>
/// <param name="Y">From −1, top, to 1.</param>
/// <param name="Scale">Above 0, to 1 for the largest.</param>
/// <param name="Rotation">In radians, clockwise.</param>
public readonly record struct ShapeFactors(int Shape, double X, double Y, double Scale, double Rotation)
{
    internal void CopyTo(Span<float> row)
    {
        ReadOnlySpan<double> all = [Shape, X, Y, Scale, Rotation];
        for (int i = 0; i < all.Length; i++) row[i] = (float)all[i];
    }
}

/// <summary>Draws a shape; a pixel is the share of its 16 sample points that lie inside.</summary>
internal static class ShapePainter
{
    private const int Samples = 4;

    public static void CheckSize(int size)
    {
        if (size < 16) throw new ArgumentOutOfRangeException(nameof(size), size, $"A shape needs an image of 16 × 16 or more, got {size}.");
    }

    public static void Draw(ShapeFactors f, int size, Span<float> pixels)
    {
        if (f.Shape is < 0 or > 2 || !(Math.Abs(f.X) <= 1 && Math.Abs(f.Y) <= 1 && f.Scale is > 0 and <= 1 && double.IsFinite(f.Rotation)))
            throw new ArgumentException($"A shape needs shape 0 to 2, x and y from -1 to 1, a scale above 0 up to 1 and a rotation, " +
                $"got {f}.");
        // The largest shape has a radius of a quarter of the image.
        double largest = size / 4.0, radius = f.Scale * largest, room = size / 2.0 - largest;
        double middleX = size / 2.0 + f.X * room, middleY = size / 2.0 + f.Y * room, cos = Math.Cos(f.Rotation) / radius,
            sin = Math.Sin(f.Rotation) / radius;
        pixels.Clear();
        for (int r = (int)(middleY - radius); r <= Math.Min(size - 1, (int)(middleY + radius)); r++)
        for (int c = (int)(middleX - radius); c <= Math.Min(size - 1, (int)(middleX + radius)); c++)
        {
            int inside = 0;
            for (int sample = 0; sample < Samples * Samples; sample++)
            {
                double x = c + (sample % Samples + 0.5) / Samples - middleX, y = r + (sample / Samples + 0.5) / Samples - middleY;
                if (Contains(f.Shape, cos * x + sin * y, cos * y - sin * x)) inside++;
            }
            pixels[r * size + c] = (float)inside / (Samples * Samples);
        }
    }

    // Inside the unit circle, y down.
    private static bool Contains(int shape, double x, double y)
    {
        const double half = 0.7071;
        if (shape == 0) return Math.Abs(x) <= half && Math.Abs(y) <= half;
        if (shape == 1) return x * x + 4 * y * y <= 1;
        return InHeart(Math.Abs(x), y);
    }

    // Two round lobes, the lines from its tip (0, 0.98) that touch them, and what lies between.
    private static bool InHeart(double x, double y)
    {
        const double lobeX = 0.42, lobeY = -0.35, radius = 0.45, touch = -0.083, tip = 0.98, slope = 0.7355;
        double dx = x - lobeX, dy = y - lobeY;
        return dx * dx + dy * dy <= radius * radius || (y >= touch ? x <= slope * (tip - y) : y >= lobeY && x <= lobeX);
    }
}
