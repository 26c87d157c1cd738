namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>
    /// Images of digits drawn with a pen of random thickness in several hands, slanted, turned, scaled and moved at random: as many as
    /// wanted, each with all that it was drawn from. Other <see cref="RenderedDigitOptions.Domain"/>s are targets for domain adaptation.
    /// </summary>
    /// <remarks>
    /// Sample i is of class i mod 10. Images.X: [count, 1, 28, 28], from 0 (paper) to 1 (ink) in the plain domain; Images.Y: [count];
    /// Factors: [count, 8], style (which hand), slant, rotation (degrees), scale, aspect, shift x and y (pixels at size 28), thickness
    /// (pixels at size 28). Image i depends on the seed and i alone. The strokes are this library's own.
    /// </remarks>
    /// <param name="count">Images, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="options">How much they vary, and how they look.</param>
    /// <exception cref="ArgumentOutOfRangeException">No images, or an option outside its range.</exception>
    public static FactorImages RenderedDigits(int count, Generator generator, RenderedDigitOptions? options = null)
    {
        CheckCount(count, 1);
        RenderedDigitOptions chosen = options ?? new();
        chosen.Check();
        DigitPainter painter = new(chosen);
        string[] names = DigitPainter.Factors;
        (float[] x, float[] factors) = FactorImages.Draw(count, chosen.Size * chosen.Size, names.Length, generator,
            (i, g, image, f) => painter.Draw(i % 10, g, image.Span, f.Span));
        return new(new(Tensor.From(x, count, 1, chosen.Size, chosen.Size),
            Tensor.From([.. Enumerable.Range(0, count).Select(i => i % 10)], count), Numbered(10))
        {
            Name = "rendered digits",
            Description = $"Digits drawn with a pen, {chosen.Domain.ToString().ToLowerInvariant()}.",
            Source = Synthetic,
        }, Tensor.From(factors, count, names.Length), names);
    }

    /// <summary>
    /// Images of one white shape on black: square, ellipse or heart, with position, size and rotation known. In the manner of dSprites, for
    /// learning factors apart.
    /// </summary>
    /// <remarks>
    /// Sample i is of class i mod 3. Images.X: [count, 1, size, size], 0 … 1; Images.Y: [count]; Factors: [count, 5], uniform: shape 0 … 2;
    /// x and y of the middle, −1 … 1 (at ±1 the largest shape just fits); scale ½ … 1; rotation 0 … 2π. A square looks the same after a
    /// quarter turn, an ellipse after half a turn. Source: the idea is Matthey et al., dSprites, 2017; the images are this library's own.
    /// </remarks>
    /// <param name="count">Images, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="size">Rows and columns, ≥ 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">No images, or too small ones.</exception>
    public static FactorImages ShapeImages(int count, Generator generator, int size = 32)
    {
        CheckCount(count, 1);
        ShapePainter.CheckSize(size);
        (float[] x, float[] factors) = FactorImages.Draw(count, size * size, 5, generator, (i, g, image, f) =>
        {
            ShapeFactors drawn = new(i % 3, g.Uniform(-1, 1), g.Uniform(-1, 1), g.Uniform(0.5, 1), g.Uniform(0, 2 * Math.PI));
            drawn.CopyTo(f.Span);
            ShapePainter.Draw(drawn, size, image.Span);
        });
        return ShapeSet(x, factors, count, size);
    }

    /// <summary>
    /// Images of shapes with given factors, for instance to walk along one of them; see <see cref="ShapeImages(int, Generator, int)"/>.
    /// </summary>
    /// <param name="factors">What to draw, 1 or more.</param>
    /// <param name="size">Rows and columns, ≥ 16.</param>
    /// <exception cref="ArgumentException">No images, too small ones, or factors outside their ranges.</exception>
    public static FactorImages ShapeImages(IReadOnlyList<ShapeFactors> factors, int size = 32)
    {
        CheckCount(factors.Count, 1);
        ShapePainter.CheckSize(size);
        float[] x = new float[factors.Count * size * size], f = new float[factors.Count * 5];
        for (int i = 0; i < factors.Count; i++)
        {
            factors[i].CopyTo(f.AsSpan(i * 5, 5));
            ShapePainter.Draw(factors[i], size, x.AsSpan(i * size * size, size * size));
        }
        return ShapeSet(x, f, factors.Count, size);
    }

    private static FactorImages ShapeSet(float[] x, float[] factors, int count, int size) =>
        new(new(Tensor.From(x, count, 1, size, size), Tensor.From([.. Enumerable.Range(0, count).Select(i => (int)factors[5 * i])], count),
            ["square", "ellipse", "heart"])
        {
            Name = "shapes",
            Description = "A square, an ellipse or a heart of random place, size and rotation.",
            Source = Synthetic,
        }, Tensor.From(factors, count, 5), ["shape", "x", "y", "scale", "rotation"]);
}
