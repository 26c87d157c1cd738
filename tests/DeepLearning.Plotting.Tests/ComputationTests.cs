using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepLearning.Plotting.Tests;

public class ComputationTests
{
    [Fact]
    public void ContourOfACircleIsOneClosedRing()
    {
        double[] at = Numbers.Space((-2, 2), 81, "x");
        List<(double X, double Y)> line = Assert.Single(MarchingSquares.Lines(Numbers.Sample((x, y) => x * x + y * y, at, at), at, at, 1));
        Assert.Equal(line[0], line[^1]);
        Assert.True(line.Count > 100);
        Assert.All(line, p => Assert.Equal(1, Math.Sqrt(p.X * p.X + p.Y * p.Y), 0.002));
    }

    [Fact]
    public void ContourNextToNaNStopsThere()
    {
        double[] at = [0, 1, 2];
        double[,] z = { { 0, 0, 0 }, { 1, 1, double.NaN }, { 1, 1, 1 } };
        List<(double X, double Y)> line = Assert.Single(MarchingSquares.Lines(z, at, at, 0.5));
        Assert.Equal([(0, 0.5), (1, 0.5)], line.OrderBy(p => p.X));
    }

    [Fact]
    public void HeatMapOfAFunctionHasColumnsForXAndRowsForY()
    {
        HeatmapTrace cells = Assert.IsType<HeatmapTrace>(
            Figure.Heatmap((x, y) => x + 10 * y, (0, 1), (0, 2), range: (0, 30), opacity: 0.5, points: 3).Panels[0].Traces[0]);
        Assert.Equal([0, 0.5, 1], cells.X);
        Assert.Equal([0.0, 1, 2], cells.Y);
        Assert.Equal(20.5, cells.Z[2, 1]);
        Assert.Equal((0, 30, 0.5), (cells.Min, cells.Max, cells.Opacity));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(5000, false)]
    [InlineData(0.001, false)]
    public void DecisionSurfaceKeepsShapesOnlyWhereUnitsAreComparable(double height, bool equal) =>
        Assert.Equal(equal, DecisionSurface.Draw((x, y) => x, [(0, 0), (3, height)], [0, 1]).Panels[0].EqualAspect);

    [Fact]
    public void HistogramCountsEveryValueOnceTheLargestToo()
    {
        BarTrace bars = Assert.IsType<BarTrace>(Figure.Histogram([0.0, 0.1, 0.5, 0.9, 1.0], bins: 2).Panels[0].Traces[0]);
        Assert.Equal([2.0, 3], bars.Height);
        Assert.Equal([0.25, 0.75], bars.X);
        BarTrace density = Assert.IsType<BarTrace>(Figure.Histogram([0.0, 0.1, 0.5, 0.9, 1.0], bins: 2, density: true).Panels[0].Traces[0]);
        Assert.Equal(1, density.Height.Sum() * 0.5, 1e-12);
    }

    [Fact]
    public void BoxHasLinearQuartilesAndWhiskersWithinReach()
    {
        // numpy.percentile([1, 2, 3, 4, 10], [25, 50, 75]) → 2, 3, 4; whiskers reach 4 + 1.5·2 = 7
        var box = new BoxTrace(0, [10, 1, 2, 3, 4]);
        Assert.Equal((2, 3, 4, 1, 4), (box.Q1, box.Median, box.Q3, box.Low, box.High));
        Assert.Equal([10.0], box.Outliers);
    }

    [Fact]
    public void RunsBecomeMeanAndStandardDeviation()
    {
        Figure figure = new Figure().AddRuns([0, 1], [[1.0, 2], [3.0, 2]], "Adam");
        LineTrace mean = Assert.IsType<LineTrace>(figure.Panels[0].Traces[^1]);
        BandTrace band = Assert.IsType<BandTrace>(figure.Panels[0].Traces[0]);
        Assert.Equal([2.0, 2], mean.Y);
        Assert.Equal(2 + Math.Sqrt(2), band.Upper[0], 1e-12);
        Assert.Equal(2, band.Upper[1], 1e-12);
        Assert.Equal(CoursePalette.Adam.Color, mean.Color);
    }

    [Fact]
    public void PngHoldsThePixels()
    {
        byte[] rgba = [255, 0, 0, 255, 0, 255, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8];
        byte[] png = Png.Encode(2, 2, rgba);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        Assert.Equal(2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        byte[] raw = new byte[18];
        zlib.ReadExactly(raw);
        Assert.Equal([2, .. rgba[..8]], raw[..9]);
        for (int i = 0; i < 8; i++)
            Assert.Equal(rgba[8 + i], (byte)(raw[10 + i] + rgba[i]));
        Assert.Equal([0xae, 0x42, 0x60, 0x82], png[^4..]); // the checksum every PNG ends in
    }

    [Theory]
    [InlineData(0.0, 1.0, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3.0, 3.0, "−3 −2 −1 0 1 2 3")]
    public void TicksAreRound(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(" ", Ticks.Linear(min, max, 6).Select(Numbers.Short)));

    [Theory]
    [InlineData(0.000012, "1.2·10⁻⁵")]
    [InlineData(-1234.5, "−1234.5")]
    [InlineData(1e6, "10⁶")]
    [InlineData(0.25, "0.25")]
    public void NumbersReadWell(double v, string expected) => Assert.Equal(expected, Numbers.Short(v));

    [Fact]
    public void MinimumIsFoundWithinTheRangeOnly()
    {
        static ScatterTrace[] Stars(Figure f) => [.. f.Panels[0].Traces.OfType<ScatterTrace>().Where(t => t.Marker == Marker.Star)];
        ScatterTrace star = Assert.Single(Stars(LossSurface.Contour((x, y) => (x - 1.234) * (x - 1.234) + y * y, (-5, 5), (-3, 3))));
        Assert.Equal(1.234, star.X[0], 1e-6);
        Assert.Empty(Stars(LossSurface.Contour((x, y) => x, (-5, 5), (-3, 3))));
    }

    [Fact]
    public void ImageGridKeepsEveryPixelAndLeavesGapsClear()
    {
        ImageTrace image = Assert.IsType<ImageTrace>(ImageGrid.Draw([[0.0, 1, 1, 0], [1.0, 0, 0, 1]], 2, 2, 1, 2).Panels[0].Traces[0]);
        Assert.Equal((5, 2), (image.Width, image.Height));
    }

    [Fact]
    public void ArrowsPointAlongTheField()
    {
        LineTrace arrow = Assert.IsType<LineTrace>(VectorField.Draw((x, y) => (1, 0), (0, 1), (0, 1), 2).Panels[0].Traces[0]);
        Assert.True(arrow.X[1] > arrow.X[0]);
        Assert.Equal(arrow.Y[0], arrow.Y[1]);
    }
}
