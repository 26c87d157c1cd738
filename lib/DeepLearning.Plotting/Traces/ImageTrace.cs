using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>A picture: one unit a pixel, the first row on top. Its panel's y axis must grow downwards.</summary>
public sealed record ImageTrace : Trace
{
    /// <summary>A picture from its pixels.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgba">Red, green, blue, alpha of each pixel, row by row.</param>
    public ImageTrace(int width, int height, byte[] rgba)
    {
        if (width < 1 || height < 1 || rgba.Length != width * height * 4)
            throw new ArgumentException(
                $"An image {width}×{height} needs {width * height * 4} bytes of red, green, blue, alpha, got {rgba.Length}.");
        (Width, Height, Uri) = (width, height, Png.DataUri(width, height, rgba));
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    internal string Uri { get; }

    internal override bool Tight => true;

    internal override string Kind => "image";

    internal override string Size => $"{Width}×{Height} pixels";

    internal override IEnumerable<double> Xs => [-0.5, Width - 0.5];

    internal override IEnumerable<double> Ys => [-0.5, Height - 0.5];

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        json.WriteString("type", "image");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.WriteString("source", Uri);
        json.WriteString("hoverinfo", "skip");
    }

    internal override void Draw(Plot plot)
    {
        double left = plot.Px(-0.5), top = plot.Py(-0.5);
        plot.Canvas.Image(left, top, plot.Px(Width - 0.5) - left, plot.Py(Height - 0.5) - top, Uri, 1, pixelated: true);
    }
}
