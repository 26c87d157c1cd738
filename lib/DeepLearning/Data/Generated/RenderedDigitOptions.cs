namespace DeepLearning;

/// <summary>How much <see cref="Datasets.RenderedDigits"/> vary. Each factor is uniform in its range.</summary>
/// <example><code>
/// FactorImages noisy = Datasets.RenderedDigits(100, new Generator(1), new RenderedDigitOptions { Noise = 0.2 });
/// </code></example>
public sealed record RenderedDigitOptions
{
    /// <summary>Rows and columns of an image, ≥ 8.</summary>
    public int Size { get; init; } = 28;

    /// <summary>Columns that a row leans to the right for each row from the middle up, at most, to either side.</summary>
    public double Slant { get; init; } = 0.35;

    /// <summary>Degrees turned at most, to either side.</summary>
    public double Rotation { get; init; } = 8;

    /// <summary>Pixels moved at most, along both axes, at size 28.</summary>
    public double Shift { get; init; } = 1.5;

    /// <summary>Height of a digit, as share of the image.</summary>
    public (double Min, double Max) Scale { get; init; } = (0.58, 0.75);

    /// <summary>Width of a digit as share of its height.</summary>
    public (double Min, double Max) Aspect { get; init; } = (0.55, 0.8);

    /// <summary>Thickness of the pen in pixels, at size 28.</summary>
    public (double Min, double Max) Thickness { get; init; } = (1.3, 3.2);

    /// <summary>Unsteadiness of the hand: standard deviation of each point of a stroke, as share of the digit's height.</summary>
    public double Wobble { get; init; } = 0.025;

    /// <summary>Standard deviation of the noise added to each pixel, before it is clipped to 0 … 1.</summary>
    public double Noise { get; init; } = 0.03;

    /// <summary>How they look.</summary>
    public DigitDomain Domain { get; init; } = DigitDomain.Plain;

    internal void Check()
    {
        if (Size < 8) throw new ArgumentOutOfRangeException(nameof(Size), Size, $"A digit needs an image of 8 × 8 or more, got {Size}.");
        foreach ((string name, double value) in new[] { (nameof(Slant), Slant), (nameof(Rotation), Rotation), (nameof(Shift), Shift),
            (nameof(Wobble), Wobble), (nameof(Noise), Noise) })
            Augment.Check(value, 0, double.PositiveInfinity, name);
        foreach ((string name, (double min, double max)) in new[] { (nameof(Scale), Scale), (nameof(Aspect), Aspect),
            (nameof(Thickness), Thickness) })
        {
            if (!(min > 0 && max >= min && double.IsFinite(max)))
                throw new ArgumentOutOfRangeException(name,
                    $"{name} must be a range above 0 whose end is not below its beginning, got {min} to {max}.");
        }
    }
}
