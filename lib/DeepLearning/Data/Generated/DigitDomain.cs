namespace DeepLearning;

/// <summary>
/// How rendered digits look. The same seed draws the same digits in all domains but <see cref="Display"/>, so that pairs can be compared.
/// </summary>
public enum DigitDomain
{
    /// <summary>Light ink on black, as in MNIST.</summary>
    Plain,

    /// <summary>Dark ink on white.</summary>
    Inverted,

    /// <summary>On a random pattern of waves, light on dark or dark on light.</summary>
    Textured,

    /// <summary>Only the rim of each stroke.</summary>
    Outline,

    /// <summary>The seven segments of a display instead of handwriting.</summary>
    Display,
}
