namespace DeepLearning;

internal sealed class RandomAffine : ImageAugmentation
{
    private readonly double _degrees, _scale, _shear, _shift;
    private readonly float _fill;

    public RandomAffine(double degrees, double scale, double shear, double shift, double fill)
    {
        _degrees = Augment.Check(degrees, 0, double.PositiveInfinity, nameof(degrees));
        _scale = Augment.Check(scale, 0, 0.99, nameof(scale));
        _shear = Augment.Check(shear, 0, double.PositiveInfinity, nameof(shear));
        _shift = Augment.Check(shift, 0, double.PositiveInfinity, nameof(shift));
        _fill = Augment.CheckFill(fill);
    }

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        double angle = generator.Uniform(-_degrees, _degrees) * Math.PI / 180, scale = generator.Uniform(1 - _scale, 1 + _scale);
        double shear = generator.Uniform(-_shear, _shear), right = generator.Uniform(-_shift, _shift),
            down = generator.Uniform(-_shift, _shift);
        Resample(image, size, result, angle, scale, shear, right, down, _fill);
    }

    /// <summary>
    /// Slants, scales, turns counter-clockwise (all about the middle) and shifts; pixels between pixels by bilinear interpolation.
    /// </summary>
    internal static void Resample(ReadOnlySpan<float> image, ImageSize size, Span<float> result, double angle, double scale, double shear,
        double right,
        double down, float fill)
    {
        double cos = Math.Cos(angle) / scale, sin = Math.Sin(angle) / scale;
        double middleX = (size.Width - 1) / 2.0, middleY = (size.Height - 1) / 2.0;
        for (int r = 0; r < size.Height; r++)
        for (int c = 0; c < size.Width; c++)
        {
            // Backwards: where the pixel at (r, c) came from.
            double x = c - middleX - right, y = r - middleY - down;
            double fromY = sin * x + cos * y, fromX = cos * x - sin * y - shear * fromY;
            Interpolate(image, size, result, r, c, fromX + middleX, fromY + middleY, fill);
        }
    }

    private static void Interpolate(ReadOnlySpan<float> image, ImageSize size, Span<float> result, int r, int c, double x, double y,
        float fill)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        float fx = (float)(x - left), fy = (float)(y - top);
        for (int channel = 0; channel < size.Channels; channel++)
        {
            ReadOnlySpan<float> plane = image.Slice(channel * size.Height * size.Width, size.Height * size.Width);
            float upper = (1 - fx) * At(plane, size, top, left, fill) + fx * At(plane, size, top, left + 1, fill);
            float lower = (1 - fx) * At(plane, size, top + 1, left, fill) + fx * At(plane, size, top + 1, left + 1, fill);
            result[(channel * size.Height + r) * size.Width + c] = (1 - fy) * upper + fy * lower;
        }
    }

    private static float At(ReadOnlySpan<float> plane, ImageSize size, int r, int c, float fill) =>
        (uint)r < (uint)size.Height && (uint)c < (uint)size.Width ? plane[r * size.Width + c] : fill;
}
