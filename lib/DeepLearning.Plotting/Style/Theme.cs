namespace DeepLearning.Plotting;

/// <summary>
/// The one look of every figure. Colours are written for light paper; <see cref="Dark"/> says what each becomes on a dark page, and both
/// the still picture and the live plot apply that same list.
/// </summary>
public static class Theme
{
    /// <summary>Size of ordinary text in pixels; legible from the last row when 1280 × 720 pixels are projected.</summary>
    public const double FontSize = 16;

    /// <summary>Size of tick labels in pixels.</summary>
    public const double TickSize = 14;

    /// <summary>Size of the figure's title in pixels.</summary>
    public const double TitleSize = 20;

    /// <summary>Fonts every system has, the reader's own first.</summary>
    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

    /// <summary>Text, axes, and the "black" of the palette; white-ish on a dark page.</summary>
    public const string Ink = "#1f2328";

    /// <summary>The same over a heat map, which is as light on a dark page: dark on both.</summary>
    public const string InkOnColors = "#1f2329";

    /// <summary>Quiet text: ticks, captions.</summary>
    public const string Muted = "#57606a";

    /// <summary>Grid lines.</summary>
    public const string Grid = "#dde2e7";

    /// <summary>The page behind the figure; used only under labels and around markers.</summary>
    public const string Paper = "#fffffe";

    /// <summary>Okabe–Ito blue.</summary>
    public const string Blue = "#0072b2";

    /// <summary>Okabe–Ito orange.</summary>
    public const string Orange = "#e69f00";

    /// <summary>Okabe–Ito bluish green.</summary>
    public const string Green = "#009e73";

    /// <summary>Okabe–Ito vermillion.</summary>
    public const string Vermillion = "#d55e00";

    /// <summary>Okabe–Ito reddish purple.</summary>
    public const string Purple = "#cc79a7";

    /// <summary>Okabe–Ito sky blue.</summary>
    public const string Sky = "#56b4e9";

    /// <summary>Okabe–Ito yellow, a shade deeper on light paper, where the original vanishes.</summary>
    public const string Yellow = "#c4b000";

    /// <summary>What each of the theme's colours becomes on a dark page; a colour not listed stays as it is.</summary>
    public static IReadOnlyDictionary<string, string> Dark { get; } = new Dictionary<string, string>
    {
        [Ink] = "#e6e9ee",
        [Muted] = "#a9b4c0",
        [Grid] = "#3a424c",
        [Paper] = "#14181d",
        [Blue] = "#4c9be0",
        [Sky] = "#8fd0fa",
        [Yellow] = "#f0e442",
        ["#006299"] = "#6db3ee",
        ["#8f6300"] = "#f0b429",
        ["#007a59"] = "#27c79a",
        ["#ad4c00"] = "#f58a3c",
        ["#a04a7a"] = "#e39ac2",
        ["#23719f"] = "#8fd0fb",
        ["#776b00"] = "#f0e443",
    };

    /// <summary>The shade of a palette colour that is dark enough to be read as text.</summary>
    /// <param name="color">A colour of this theme; any other is returned as it is.</param>
    public static string TextShade(string color) => color switch
    {
        Blue => "#006299",
        Orange => "#8f6300",
        Green => "#007a59",
        Vermillion => "#ad4c00",
        Purple => "#a04a7a",
        Sky => "#23719f",
        Yellow => "#776b00",
        InkOnColors => Ink,
        _ => color,
    };
}
