using System.Text;

namespace DeepLearning.Plotting;

/// <summary>The line along which a sampled function has one value: crossings on the edges of each cell, joined from cell to cell.</summary>
internal static class MarchingSquares
{
    public static string Path(double[,] z, double[] x, double[] y, double level, Plot plot)
    {
        var path = new StringBuilder();
        foreach (List<(double X, double Y)> line in Lines(z, x, y, level))
            for (int i = 0; i < line.Count; i++)
                path.Append(i == 0 ? 'M' : 'L').Append(plot.Point(line[i].X, line[i].Y));
        return path.ToString();
    }

    public static IEnumerable<List<(double X, double Y)>> Lines(double[,] z, double[] x, double[] y, double level)
    {
        var next = new Dictionary<Edge, List<Edge>>();
        for (int i = 0; i + 1 < y.Length; i++)
            for (int j = 0; j + 1 < x.Length; j++)
                foreach ((Edge a, Edge b) in Cell(z, i, j, level))
                {
                    Link(next, a, b);
                    Link(next, b, a);
                }
        foreach (Edge start in next.Keys.OrderBy(e => next[e].Count).ToList())
            while (next[start].Count > 0)
            {
                var line = new List<(double, double)> { At(start, z, x, y, level) };
                for (Edge here = start; next[here].Count > 0;)
                {
                    Edge there = next[here][0];
                    next[here].RemoveAt(0);
                    next[there].Remove(here);
                    line.Add(At(there, z, x, y, level));
                    here = there;
                }
                yield return line;
            }
    }

    private static void Link(Dictionary<Edge, List<Edge>> next, Edge a, Edge b)
    {
        if (!next.TryGetValue(a, out List<Edge>? list))
            next[a] = list = new(2);
        list.Add(b);
    }

    private static IEnumerable<(Edge, Edge)> Cell(double[,] z, int i, int j, double level)
    {
        double a = z[i, j], b = z[i, j + 1], c = z[i + 1, j + 1], d = z[i + 1, j];
        if (double.IsNaN(a + b + c + d))
            yield break;
        Edge bottom = new(i, j, true), right = new(i, j + 1, false), top = new(i + 1, j, true), left = new(i, j, false);
        int pattern = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
        if (pattern is 5 or 10)
        {
            bool highCentre = (a + b + c + d) / 4 >= level;
            bool cutOffAAndC = pattern == 5 != highCentre;
            yield return cutOffAAndC ? (left, bottom) : (bottom, right);
            yield return cutOffAAndC ? (right, top) : (top, left);
            yield break;
        }
        switch (pattern)
        {
            case 1 or 14: yield return (left, bottom); break;
            case 2 or 13: yield return (bottom, right); break;
            case 4 or 11: yield return (right, top); break;
            case 8 or 7: yield return (top, left); break;
            case 3 or 12: yield return (left, right); break;
            case 6 or 9: yield return (bottom, top); break;
        }
    }

    private static (double, double) At(Edge e, double[,] z, double[] x, double[] y, double level)
    {
        double a = z[e.Row, e.Column], b = e.Across ? z[e.Row, e.Column + 1] : z[e.Row + 1, e.Column];
        double share = Math.Abs(b - a) < 1e-300 ? 0.5 : (level - a) / (b - a);
        return e.Across
            ? (x[e.Column] + share * (x[e.Column + 1] - x[e.Column]), y[e.Row])
            : (x[e.Column], y[e.Row] + share * (y[e.Row + 1] - y[e.Row]));
    }

    /// <summary>The side of a cell that starts at a grid point and goes across (in x) or up (in y).</summary>
    private readonly record struct Edge(int Row, int Column, bool Across);
}
