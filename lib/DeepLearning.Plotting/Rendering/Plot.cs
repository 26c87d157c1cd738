using System.Text;

namespace DeepLearning.Plotting;

/// <summary>A flat panel of the still picture: data to pixels.</summary>
internal sealed class Plot(SvgCanvas canvas, ResolvedPanel resolved)
{
    public SvgCanvas Canvas { get; } = canvas;

    public Panel Panel { get; } = resolved.Panel;

    public AxisScale X { get; } = resolved.X;

    public AxisScale Y { get; } = resolved.Y;

    private Rect Area { get; } = resolved.Area;

    public double Px(double x) => Area.X + X.Share(x) * Area.Width;

    public double Py(double y) => Area.Bottom - Y.Share(y) * Area.Height;

    public bool Inside(double x, double y) => X.Share(x) is >= -0.001 and <= 1.001 && Y.Share(y) is >= -0.001 and <= 1.001;

    public string Point(double x, double y) => SvgCanvas.N(Px(x)) + " " + SvgCanvas.N(Py(y));

    /// <summary>
    /// The path through the points; a missing value lifts the pen, and points within half a pixel of the last are left out.
    /// </summary>
    public string Polyline(double[] x, double[] y)
    {
        var d = new StringBuilder();
        bool down = false;
        double lastX = 0, lastY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double px = Px(x[i]), py = Math.Clamp(Py(y[i]), -1e5, 1e5);
            if (!double.IsFinite(px) || !double.IsFinite(py))
            {
                down = false;
                continue;
            }
            bool last = i == x.Length - 1 || !double.IsFinite(x[i + 1]) || !double.IsFinite(y[i + 1]);
            if (down && !last && Math.Abs(px - lastX) + Math.Abs(py - lastY) < 0.5)
                continue;
            d.Append(down ? 'L' : 'M').Append(SvgCanvas.N(px)).Append(' ').Append(SvgCanvas.N(py));
            (down, lastX, lastY) = (true, px, py);
        }
        return d.ToString();
    }

    /// <summary>Paints the panel point by point: a share of the scale for each (x, y), NaN for nothing.</summary>
    public void Image(Func<double, double, double> share, ColorScale scale, double opacity, bool smooth)
    {
        int width = Math.Max(2, (int)Math.Round(Area.Width / 2)), height = Math.Max(2, (int)Math.Round(Area.Height / 2));
        byte[] rgba = new byte[width * height * 4];
        for (int row = 0, at = 0; row < height; row++)
            for (int column = 0; column < width; column++, at += 4)
            {
                double value = share(X.Invert((column + 0.5) / width), Y.Invert(1 - (row + 0.5) / height));
                if (double.IsNaN(value))
                    continue;
                (rgba[at], rgba[at + 1], rgba[at + 2]) = scale.At(value);
                rgba[at + 3] = 255;
            }
        Canvas.Image(Area.X, Area.Y, Area.Width, Area.Height, Png.DataUri(width, height, rgba), opacity, pixelated: !smooth);
    }
}
