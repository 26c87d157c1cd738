using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Makes augmentations. Images are [N, C, H, W]; each image gets a change of its own, all its channels the same one. Values are not
/// clipped.
/// </summary>
/// <example><code>
/// Augmentation augment = Augment.Shift(2).Then(Augment.Flip()).Then(Augment.Noise(0.05));
/// DataLoader loader = new(Datasets.Digits(images: true), 64, shuffle: new Generator(1), augment: augment, random: new Generator(2));
/// </code></example>
public static class Augment
{
    /// <summary>One change after the other, in the order given; none changes nothing.</summary>
    public static Augmentation Compose(params Augmentation[] steps) => new ComposedAugmentation(steps);

    /// <summary>Moves by whole pixels, each distance from −pixels to pixels equally likely along both axes.</summary>
    /// <param name="pixels">The farthest, ≥ 0.</param>
    /// <param name="fill">What comes in at the edge.</param>
    public static ImageAugmentation Shift(int pixels, double fill = 0) => new RandomCrop(null, pixels, fill);

    /// <summary>Adds a margin around the image and cuts out a piece at a random place.</summary>
    /// <param name="height">Rows of the piece, ≥ 1.</param>
    /// <param name="width">Columns of the piece, ≥ 1.</param>
    /// <param name="padding">Width of the margin, ≥ 0.</param>
    /// <param name="fill">What the margin holds.</param>
    public static ImageAugmentation Crop(int height, int width, int padding = 0, double fill = 0) =>
        new RandomCrop((height, width), padding, fill);

    /// <summary>Turns around the middle by an angle between −degrees and degrees, with bilinear interpolation.</summary>
    /// <param name="degrees">The largest angle, ≥ 0.</param>
    /// <param name="fill">What comes in at the corners.</param>
    public static ImageAugmentation Rotate(double degrees, double fill = 0) => new RandomAffine(degrees, 0, 0, 0, fill);

    /// <summary>Enlarges or shrinks around the middle by a factor between 1 − share and 1 + share, with bilinear interpolation.</summary>
    /// <param name="share">In [0, 1).</param>
    /// <param name="fill">What comes in at the edge.</param>
    public static ImageAugmentation Scale(double share, double fill = 0) => new RandomAffine(0, share, 0, 0, fill);

    /// <summary>Turn, scale, slant and shift at once, so that the image is interpolated only once.</summary>
    /// <param name="degrees">The largest angle, ≥ 0.</param>
    /// <param name="scale">Factors between 1 − scale and 1 + scale, in [0, 1).</param>
    /// <param name="shear">Columns a row moves for each row from the middle, at most; ≥ 0.</param>
    /// <param name="shift">Pixels along both axes at most, not only whole ones; ≥ 0.</param>
    /// <param name="fill">What comes in at the edge.</param>
    public static ImageAugmentation Affine(double degrees = 10, double scale = 0.1, double shear = 0.1, double shift = 2,
        double fill = 0) =>
        new RandomAffine(degrees, scale, shear, shift, fill);

    /// <summary>Mirrors left and right (or top and bottom) with some probability. Not for digits or letters.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="vertical">Swap top and bottom instead.</param>
    public static ImageAugmentation Flip(double probability = 0.5, bool vertical = false) => new RandomFlip(probability, vertical);

    /// <summary>Adds normal noise to every pixel.</summary>
    /// <param name="deviation">σ ≥ 0, its standard deviation.</param>
    public static ImageAugmentation Noise(double deviation) => new PixelNoise(deviation);

    /// <summary>
    /// Covers a square at a random place, part of which may lie outside. Source: DeVries and Taylor, "Improved regularization of
    /// convolutional neural networks with cutout", 2017.
    /// </summary>
    /// <param name="size">Its side in pixels, ≥ 1.</param>
    /// <param name="fill">What covers it.</param>
    public static ImageAugmentation Cutout(int size, double fill = 0) => new RandomCutout(size, fill);

    /// <summary>Adds the same number, between −amount and amount, to all pixels of an image.</summary>
    /// <param name="amount">≥ 0</param>
    public static ImageAugmentation Brightness(double amount) => new RandomTone(amount, 0);

    /// <summary>Multiplies each pixel's distance from the image's mean by a factor between 1 − share and 1 + share.</summary>
    /// <param name="share">In [0, 1].</param>
    public static ImageAugmentation Contrast(double share) => new RandomTone(0, share);

    /// <summary>
    /// Mixes each sample with another one of the batch, features and targets alike: λ·a + (1 − λ)·b with λ ~ Beta(α, α), drawn once a
    /// batch. Targets must be rows (<see cref="Dataset.OneHot"/>), not labels. Source: Zhang et al., "mixup: beyond empirical risk
    /// minimization", 2018.
    /// </summary>
    /// <param name="alpha">α in (0, 10]: near 0 hardly any mixing, 1 every share equally likely.</param>
    public static Augmentation Mixup(double alpha = 0.2) => new Mixup(alpha);

    internal static double Check(double value, double low, double high, string what)
    {
        if (value >= low && value <= high && double.IsFinite(value)) return value;
        string range = double.IsPositiveInfinity(high) ? $"{(double.IsInfinity(value) ? "finite and " : "")}{low} or " +
            "more" : $"from {low} to {high}";
        throw new ArgumentOutOfRangeException(what, value, string.Create(CultureInfo.InvariantCulture,
            $"{what} must be {range}, got {value}."));
    }

    internal static float CheckFill(double fill) => double.IsFinite(fill) ? (float)fill
        : throw new ArgumentOutOfRangeException(nameof(fill), fill, string.Create(CultureInfo.InvariantCulture,
            $"fill must be a finite number, got {fill}."));
}
