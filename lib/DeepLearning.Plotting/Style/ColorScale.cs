namespace DeepLearning.Plotting;

/// <summary>Turns a number between 0 and 1 into a colour, by straight lines between evenly spaced stops.</summary>
public sealed class ColorScale
{
    private readonly (byte R, byte G, byte B)[] _stops;

    /// <summary>A scale of one's own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hexStops">Two or more colours as <c>#rrggbb</c>, evenly spaced from 0 to 1.</param>
    public ColorScale(string name, params string[] hexStops)
    {
        if (hexStops.Length < 2)
            throw new ArgumentException($"A colour scale needs at least two stops, '{name}' got {hexStops.Length}.", nameof(hexStops));
        Name = name;
        _stops = [.. hexStops.Select(Parse)];
    }

    /// <summary>The scale's name.</summary>
    public string Name { get; }

    /// <summary>Magnitude, first choice: even in brightness, reads the same with colour-blind eyes and in grey print.</summary>
    public static ColorScale Cividis { get; } = new("cividis",
        "#00204c", "#002a66", "#00346e", "#273f6c", "#3c4a6b", "#4c556b", "#5b5f6d", "#686a70", "#757575",
        "#838178", "#928c78", "#a19876", "#b0a572", "#c0b16d", "#d1bf66", "#e1cc5c", "#f3db4f", "#ffe945");

    /// <summary>Magnitude, where more steps must be told apart.</summary>
    public static ColorScale Viridis { get; } = new("viridis",
        "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725");

    /// <summary>Signed values: blue below, pale at the centre, orange above.</summary>
    public static ColorScale Diverging { get; } = new("diverging",
        "#08519c", "#3182bd", "#6baed6", "#bdd7e7", "#f4f4f2", "#fdd0a2", "#fdae6b", "#e6550d", "#a63603");

    /// <summary>A probability under data: pale blue for no, pale orange for yes, white where it is even.</summary>
    public static ColorScale Probability { get; } = new("probability", "#5a9fd4", "#a9cfe8", "#f4f4f2", "#fbcf9d", "#f0a04b");

    /// <summary>Black to white, for pictures.</summary>
    public static ColorScale Gray { get; } = new("gray", "#000000", "#ffffff");

    /// <summary>White to black, for ink on paper.</summary>
    public static ColorScale GrayReversed { get; } = new("gray reversed", "#ffffff", "#000000");

    internal static ColorScale Steps(IReadOnlyList<string> colors) =>
        new("steps", colors.Count == 1 ? [colors[0], colors[0]] : [.. colors]);

    internal int StopCount => _stops.Length;

    internal (byte R, byte G, byte B) At(double t)
    {
        if (double.IsNaN(t))
            return (128, 128, 128);
        double position = Math.Clamp(t, 0, 1) * (_stops.Length - 1);
        int low = Math.Min((int)position, _stops.Length - 2);
        double share = position - low;
        ((byte R, byte G, byte B) a, (byte R, byte G, byte B) b) = (_stops[low], _stops[low + 1]);
        return (Mix(a.R, b.R, share), Mix(a.G, b.G, share), Mix(a.B, b.B, share));
    }

    /// <summary>The colour at <paramref name="t"/>, 0 … 1, as <c>#rrggbb</c>.</summary>
    public string Hex(double t)
    {
        (byte r, byte g, byte b) = At(t);
        return $"#{r:x2}{g:x2}{b:x2}";
    }

    private static byte Mix(byte a, byte b, double share) => (byte)Math.Round(a + (b - a) * share);

    private static (byte, byte, byte) Parse(string hex)
    {
        if (hex.Length != 7 || hex[0] != '#'
            || !int.TryParse(hex.AsSpan(1), System.Globalization.NumberStyles.HexNumber, null, out int value))
            throw new ArgumentException($"'{hex}' is not a colour of the form #rrggbb.", nameof(hex));
        return ((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }
}
