namespace DeepLearning;

/// <summary>Draws one digit: the pen's strokes, slanted, turned and moved, and then the domain's paper.</summary>
internal sealed class DigitPainter(RenderedDigitOptions options)
{
    public static readonly string[] Factors = ["style", "slant", "rotation", "scale", "aspect", "shift x", "shift y", "thickness"];

    private readonly double _unit = options.Size / 28.0;

    public void Draw(int digit, Generator generator, Span<float> pixels, Span<float> factors)
    {
        StrokeFont.Stroke[][] styles = (options.Domain == DigitDomain.Display ? StrokeFont.Segments : StrokeFont.Handwriting)[digit];
        int style = generator.Integer(styles.Length);
        double slant = generator.Uniform(-options.Slant, options.Slant), rotation = generator.Uniform(-options.Rotation, options.Rotation);
        double scale = Between(generator, options.Scale), aspect = Between(generator, options.Aspect);
        double right = generator.Uniform(-options.Shift, options.Shift), down = generator.Uniform(-options.Shift, options.Shift);
        double thickness = Between(generator, options.Thickness);
        ReadOnlySpan<double> all = [style, slant, rotation, scale, aspect, right, down, thickness];
        for (int i = 0; i < all.Length; i++) factors[i] = (float)all[i];

        double height = scale * options.Size, cos = Math.Cos(rotation * Math.PI / 180), sin = Math.Sin(rotation * Math.PI / 180);
        double middle = (options.Size - 1) / 2.0;
        InkCanvas canvas = new(pixels, options.Size);
        foreach (StrokeFont.Stroke stroke in styles[style])
        {
            (double X, double Y)[] points = Wobble(stroke.Points, generator, aspect);
            (double X, double Y)? last = null;
            foreach ((double X, double Y) point in stroke.Trace(points))
            {
                double y = (point.Y - 0.5) * height, x = (point.X - 0.5) * aspect * height - slant * y;
                (double, double) here = (middle + cos * x - sin * y + right * _unit, middle + sin * x + cos * y + down * _unit);
                if (last is { } from) canvas.Line(from, here, thickness * _unit);
                last = here;
            }
        }
        Finish(pixels, generator);
    }

    // Both ends of a closed stroke stay together.
    private (double X, double Y)[] Wobble((double X, double Y)[] points, Generator generator, double aspect)
    {
        (double X, double Y)[] moved = [.. points.Select(p => (p.X + generator.Normal(0, options.Wobble) / aspect,
            p.Y + generator.Normal(0, options.Wobble)))];
        if (points[0] == points[^1]) moved[^1] = moved[0];
        return moved;
    }

    private void Finish(Span<float> pixels, Generator generator)
    {
        if (options.Domain == DigitDomain.Textured) Texture(pixels, generator);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = options.Domain switch
            {
                DigitDomain.Inverted => 1 - pixels[i],
                DigitDomain.Outline => 4 * pixels[i] * (1 - pixels[i]),
                _ => pixels[i],
            };
        }
        float[] noise = new float[pixels.Length];
        Philox.Fill(RandomKind.Normal, generator.Seed, generator.Take(noise.Length), 0, options.Noise, noise.AsSpan(),
            static value => (float)value);
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Math.Clamp(pixels[i] + noise[i], 0, 1);
    }

    // Four waves of random direction, length and phase make a paper of 0 … 0.5; the ink is light. Half of the pictures are then turned to
    // their negative.
    private void Texture(Span<float> pixels, Generator generator)
    {
        const int waves = 4;
        Span<double> fx = stackalloc double[waves], fy = stackalloc double[waves], phase = stackalloc double[waves];
        for (int w = 0; w < waves; w++)
        {
            double angle = generator.Uniform(0, 2 * Math.PI), frequency = 2 * Math.PI / (generator.Uniform(4, 14) * _unit);
            (fx[w], fy[w], phase[w]) = (frequency * Math.Cos(angle), frequency * Math.Sin(angle), generator.Uniform(0, 2 * Math.PI));
        }
        double ink = generator.Uniform(0.8, 1);
        bool negative = generator.Uniform() < 0.5;
        for (int i = 0; i < pixels.Length; i++)
        {
            int r = i / options.Size, c = i % options.Size;
            double sum = 0;
            for (int w = 0; w < waves; w++) sum += Math.Sin(fx[w] * c + fy[w] * r + phase[w]);
            double paper = 0.25 + sum / (4 * waves), pixel = paper + pixels[i] * (ink - paper);
            pixels[i] = (float)(negative ? 1 - pixel : pixel);
        }
    }

    private static double Between(Generator generator, (double Min, double Max) range) => generator.Uniform(range.Min, range.Max);
}
