namespace DeepLearning;

/// <summary>A small gray picture, 0 paper to 1 ink, that a round pen draws on; edges are smooth.</summary>
internal readonly ref struct InkCanvas(Span<float> pixels, int size)
{
    private readonly Span<float> _pixels = pixels;

    /// <summary>
    /// Draws a straight line. A pixel's ink is how much of its width lies under the pen, measured along the shortest way to the line.
    /// </summary>
    public void Line((double X, double Y) from, (double X, double Y) to, double thickness)
    {
        double radius = thickness / 2, reach = radius + 0.5;
        double dx = to.X - from.X, dy = to.Y - from.Y, length = dx * dx + dy * dy;
        int left = Math.Max(0, (int)Math.Floor(Math.Min(from.X, to.X) - reach)),
            right = Math.Min(size - 1, (int)Math.Ceiling(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)Math.Floor(Math.Min(from.Y, to.Y) - reach)),
            bottom = Math.Min(size - 1, (int)Math.Ceiling(Math.Max(from.Y, to.Y) + reach));
        for (int r = top; r <= bottom; r++)
        for (int c = left; c <= right; c++)
        {
            double x = c - from.X, y = r - from.Y;
            double along = length > 0 ? Math.Clamp((x * dx + y * dy) / length, 0, 1) : 0;
            double ex = x - along * dx, ey = y - along * dy;
            float ink = (float)Math.Clamp(reach - Math.Sqrt(ex * ex + ey * ey), 0, 1);
            ref float pixel = ref _pixels[r * size + c];
            if (ink > pixel) pixel = ink;
        }
    }
}
