using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Digits as strokes of a pen, each in several hands. A stroke is a row of points "x,y" in hundredths of the glyph's box, x to the right
/// and y down;
/// <c>S</c> draws a smooth curve through them (Catmull and Rom, 1974), <c>L</c> straight lines.
/// </summary>
internal static class StrokeFont
{
    private const int Pieces = 8;

    /// <summary>Handwriting: the styles of each digit.</summary>
    public static readonly Stroke[][][] Handwriting = Parse(
        ["S 50,0 20,13 6,50 20,87 50,100 80,87 94,50 80,13 50,0",
         "S 70,6 42,0 14,24 6,60 24,94 56,99 86,74 92,36 74,8 46,8",
         "S 50,0 29,12 20,50 29,88 50,100 71,88 80,50 71,12 50,0"],
        ["L 50,0 50,100",
         "L 24,26 54,0 54,100",
         "L 28,22 52,0 52,100; L 22,100 82,100"],
        ["S 10,26 24,6 50,0 78,8 86,30 70,56 40,80 8,100; L 8,100 92,100",
         "S 12,22 35,2 68,4 84,26 70,58 38,88 16,95 10,86 24,78 54,90 92,95",
         "S 14,18 40,0 74,6 84,30 58,66 10,98; S 10,98 38,92 66,100 94,93"],
        ["S 12,12 42,0 76,8 80,30 62,44 36,48; S 36,48 72,51 90,72 76,94 42,100 8,88",
         "L 12,3 82,3 42,40; S 42,40 76,46 90,70 74,94 42,100 10,88",
         "S 14,10 46,0 80,14 74,36 42,47; S 42,47 78,56 88,78 60,99 24,99 8,84"],
        ["L 24,0 8,60 94,60; L 70,24 70,100",
         "L 68,100 68,0 5,68 95,68",
         "S 18,2 10,32 16,56 46,62 88,54; L 86,4 70,100"],
        ["L 84,2 22,2 16,44; S 16,44 48,35 84,48 90,74 68,97 36,100 8,88",
         "L 82,3 30,3; S 30,3 24,24 20,44; S 20,44 54,36 86,54 84,86 50,100 10,92",
         "S 88,2 60,6 28,4; S 28,4 22,26 24,42; S 24,42 62,42 84,64 66,92 34,100 6,96"],
        ["S 76,4 40,18 14,54 16,84 46,100 80,88 84,64 58,50 28,58 14,76",
         "S 62,0 32,32 12,68 24,94 54,100 82,84 78,60 50,53 20,68",
         "S 84,12 62,0 30,16 10,56 20,92 54,100 86,82 80,56 50,49 16,66"],
        ["L 8,4 90,4 40,100",
         "L 8,4 90,4 42,100; L 26,52 80,48",
         "S 8,12 22,3 52,7 92,2; S 92,2 62,44 46,100",
         "L 10,20 10,4 88,4; S 88,4 58,46 46,100"],
        ["S 50,48 22,32 22,8 50,0 78,8 78,32 50,48 16,66 14,92 50,100 86,92 84,66 50,48",
         "S 80,16 52,0 22,12 28,36 70,60 84,82 52,100 18,84 30,58 66,40 82,14",
         "S 50,0 22,8 20,34 50,46 80,34 78,8 50,0; S 50,46 14,58 12,88 50,100 88,88 86,58 50,46"],
        ["S 82,26 58,2 24,8 14,34 34,54 66,48 82,26; L 84,6 76,100",
         "S 80,22 50,0 18,18 20,46 50,54 78,36 84,8; S 84,8 86,58 66,90 34,100",
         "S 84,30 70,4 36,0 12,24 28,52 62,52 84,26; S 84,26 86,62 64,96 22,98"]);

    /// <summary>The seven segments of a display, one style.</summary>
    public static readonly Stroke[][][] Segments = Parse(
        ["L 10,0 90,0 90,100 10,100 10,0"], ["L 90,0 90,100"], ["L 10,0 90,0 90,50 10,50 10,100 90,100"],
        ["L 10,0 90,0 90,100 10,100; L 10,50 90,50"],
        ["L 10,0 10,50 90,50; L 90,0 90,100"], ["L 90,0 10,0 10,50 90,50 90,100 10,100"], ["L 90,0 10,0 10,100 90,100 90,50 10,50"],
        ["L 10,0 90,0 90,100"], ["L 10,0 90,0 90,100 10,100 10,0; L 10,50 90,50"], ["L 90,50 10,50 10,0 90,0 90,100 10,100"]);

    /// <summary>A movement of the pen.</summary>
    internal sealed record Stroke(bool Smooth, (double X, double Y)[] Points)
    {
        /// <summary>
        /// Points so close together that straight lines join them; <paramref name="points"/> stands for <see cref="Points"/>, moved a
        /// little.
        /// </summary>
        public IEnumerable<(double X, double Y)> Trace((double X, double Y)[] points)
        {
            yield return points[0];
            bool closed = Points[0] == Points[^1];
            for (int i = 1; i < points.Length; i++)
            {
                ((double X, double Y) a, (double X, double Y) b) = (points[i - 1], points[i]);
                (double X, double Y) before = i > 1 ? points[i - 2] : closed ? points[^2] : a;
                (double X, double Y) after = i < points.Length - 1 ? points[i + 1] : closed ? points[1] : b;
                for (int piece = 1; Smooth && piece < Pieces; piece++) yield return Curve(before, a, b, after, (double)piece / Pieces);
                yield return b;
            }
        }

        private static (double X, double Y) Curve((double X, double Y) before, (double X, double Y) a, (double X, double Y) b,
            (double X, double Y) after, double t)
        {
            return (Along(before.X, a.X, b.X, after.X), Along(before.Y, a.Y, b.Y, after.Y));

            double Along(double p0, double p1, double p2, double p3) =>
                p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
        }
    }

    private static Stroke[][][] Parse(params string[][] digits) => [.. digits.Select(styles => styles.Select(style =>
        style.Split(';', StringSplitOptions.TrimEntries).Select(ParseStroke).ToArray()).ToArray())];

    private static Stroke ParseStroke(string text) => new(text[0] == 'S', [.. text[2..].Split(' ').Select(point => point.Split(','))
        .Select(xy => (double.Parse(xy[0], CultureInfo.InvariantCulture) / 100, double.Parse(xy[1], CultureInfo.InvariantCulture) / 100))]);
}
