using System.Numerics;

namespace DeepLearning.Plotting;

/// <summary>Small pictures side by side: digits, filters, feature maps.</summary>
public static class ImageGrid
{
    /// <summary>Draws pictures of one channel.</summary>
    /// <param name="images">The pixels of each picture, row by row.</param>
    /// <param name="height">Rows of each picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="rows">Rows of pictures.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="titles">A word over each picture, or null.</param>
    /// <param name="scale">What values become; black to white when null, or the diverging scale with <paramref name="signed"/>.</param>
    /// <param name="signed">True for values around zero, such as weights.</param>
    /// <param name="range">The values of the scale's ends; the lowest and highest of all pictures when null.</param>
    public static Figure Draw<T>(IEnumerable<IReadOnlyList<T>> images, int height, int width, int rows, int columns,
        IReadOnlyList<string>? titles = null, ColorScale? scale = null, bool signed = false, (double Min, double Max)? range = null)
        where T : INumber<T>
    {
        double[][] all = [.. images.Select(i => Numbers.From(i, nameof(images)))];
        Check(all.Length, rows, columns, titles, Array.FindIndex(all, i => i.Length != height * width), i => all[i].Length, height * width);
        (double low, double high) = range ?? Numbers.Extent(all.SelectMany(i => i));
        if (signed)
            (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
        if (!(low < high))
            high = low + 1;
        ColorScale colors = scale ?? (signed ? ColorScale.Diverging : ColorScale.Gray);
        return Mosaic(all.Length, height, width, rows, columns, titles,
            (image, pixel) => colors.At((all[image][pixel] - low) / (high - low)));
    }

    /// <summary>Draws pictures of three channels.</summary>
    /// <param name="images">Red, green, blue of each pixel, 0 … 255, row by row.</param>
    /// <param name="height">Rows of each picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="rows">Rows of pictures.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="titles">A word over each picture, or null.</param>
    public static Figure DrawRgb(IEnumerable<byte[]> images, int height, int width, int rows, int columns,
        IReadOnlyList<string>? titles = null)
    {
        byte[][] all = [.. images];
        Check(all.Length, rows, columns, titles, Array.FindIndex(all, i => i.Length != 3 * height * width), i => all[i].Length,
            3 * height * width);
        return Mosaic(all.Length, height, width, rows, columns, titles,
            (image, pixel) => (all[image][3 * pixel], all[image][3 * pixel + 1], all[image][3 * pixel + 2]));
    }

    private static void Check(int count, int rows, int columns, IReadOnlyList<string>? titles, int wrong,
        Func<int, int> length, int expected)
    {
        if (rows < 1 || columns < 1 || count == 0 || count > rows * columns)
            throw new ArgumentException($"A grid of {rows} × {columns} holds 1 to {Math.Max(0, rows * columns)} images, got {count}.");
        if (wrong >= 0)
            throw new ArgumentException($"Every image needs {expected} values, image {wrong} has {length(wrong)}.");
        if (titles is not null && titles.Count != count)
            throw new ArgumentException($"{count} images need as many titles, got {titles.Count}.");
    }

    /// <summary>One picture of all of them, with clear gaps; room for the titles is part of the gaps.</summary>
    private static Figure Mosaic(int count, int height, int width, int rows, int columns, IReadOnlyList<string>? titles,
        Func<int, int, (byte R, byte G, byte B)> color)
    {
        const double cell = 110;
        double pixel = cell / width;
        int head = titles is null ? 0 : (int)Math.Ceiling(24 / pixel), gap = Math.Max(1, (int)Math.Round(8 / pixel));
        int w = columns * width + (columns - 1) * gap, h = rows * (height + head) + (rows - 1) * gap;
        byte[] rgba = new byte[w * h * 4];
        var figure = new Figure();
        for (int image = 0; image < count; image++)
        {
            int left = image % columns * (width + gap), top = image / columns * (height + head + gap) + head;
            for (int p = 0; p < width * height; p++)
            {
                int at = 4 * ((top + p / width) * w + left + p % width);
                (rgba[at], rgba[at + 1], rgba[at + 2]) = color(image, p);
                rgba[at + 3] = 255;
            }
            if (titles is not null)
                figure.Annotate(left + (width - 1) / 2.0, top - 0.5, titles[image], shiftY: 12);
        }
        return figure.Add(new ImageTrace(w, h, rgba)).YAxis(reversed: true, hidden: true).XAxis(hidden: true).EqualAspect()
            .Size(Math.Clamp(w * pixel + 40, 300, 1280), Math.Clamp(h * pixel + 70, 180, 1600));
    }
}
