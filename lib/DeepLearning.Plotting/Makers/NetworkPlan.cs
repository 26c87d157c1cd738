namespace DeepLearning.Plotting;

/// <summary>Where a network's nodes and labels stand, in pixels from the lower left corner.</summary>
internal sealed class NetworkPlan
{
    public const double TextSize = 15;

    public const double LineHeight = 1.25 * TextSize;

    // What a page gives a figure: labels are placed for the size at which they are seen.
    private const double MostWidth = 950;

    private readonly Dictionary<string, (double X, double Y)> _places = [];
    private readonly NetworkNode[] _units;
    private readonly NetworkEdge[] _links;
    private readonly double _margin, _layerStep;

    public NetworkPlan(NetworkNode[] units, NetworkEdge[] links, IReadOnlyList<string>? names)
    {
        (this._units, this._links) = (units, links);
        Layers = units.Max(n => n.Layer) + 1;
        int tallest = units.GroupBy(n => n.Layer).Max(g => g.Count());
        double labelWidth = links.Select(LabelSize).Select(s => s.Width).DefaultIfEmpty(0).Max();
        double labelHeight = links.Select(LabelSize).Select(s => s.Height).DefaultIfEmpty(0).Max();
        double detailHeight = units.Select(n => Lines(n.Detail) * LineHeight).Max();
        double detailWidth = units.Select(n => n.Detail is null ? 0 : TextMeasure.Width(n.Detail, TextSize)).Max();
        Radius = tallest > 9 ? Math.Clamp(520.0 / tallest / 2.8, 4, 26) : 27;
        double nodeStep = 2 * Radius + detailHeight
            + Math.Max(Radius * 0.8, labelHeight == 0 ? 22 : tallest > 3 ? labelHeight + 4 : labelHeight + 40);
        double nameWidth = names?.Select(n => TextMeasure.Width(n, Theme.FontSize)).DefaultIfEmpty(0).Max() ?? 0;
        _margin = Math.Max(Radius, Math.Max(detailWidth, nameWidth) / 2) + 14;
        double wanted = Math.Clamp(labelWidth * 2.4 + 2 * Radius, labelWidth > 0 ? 300 : 200, 480);
        _layerStep = tallest > 3 ? wanted
            : Math.Max(Math.Min(wanted, (MostWidth - 2 * _margin) / Math.Max(1, Layers - 1)), labelWidth + 2 * Radius + 20);
        Width = 2 * _margin + Math.Max(1, Layers - 1) * _layerStep;
        double head = names is not null ? 40 : 8;
        Height = Math.Max(220, tallest * nodeStep + head + 8);
        double middle = (Height - head) / 2;
        foreach (IGrouping<int, NetworkNode> layer in units.GroupBy(n => n.Layer))
        {
            NetworkNode[] column = [.. layer.Where(n => !n.Bias), .. layer.Where(n => n.Bias)];
            double step = Math.Min(nodeStep * 1.25, (Height - head) / column.Length);
            for (int i = 0; i < column.Length; i++)
                _places[column[i].Id] = (LayerX(layer.Key), middle + ((column.Length - 1) / 2.0 - i) * step + detailHeight / 2);
        }
    }

    public int Layers { get; }

    public double Width { get; }

    public double Height { get; }

    public double Radius { get; }

    public double BiasRadius => 0.7 * Radius;

    public double LayerX(int layer) => Layers == 1 ? Width / 2 : _margin + layer * _layerStep;

    public (double X, double Y) At(string id) => _places[id];

    /// <summary>The largest size at which the label fits into its node.</summary>
    public double LabelSize(NetworkNode node)
    {
        double room = 2 * (node.Bias ? BiasRadius : Radius) - 8;
        return Math.Clamp(room / Math.Max(0.1, TextMeasure.Width(node.Label, 1)), 9, Theme.FontSize);
    }

    /// <summary>Puts each label on its own edge, where it covers the least: first greedily, then again knowing all the others.</summary>
    public IReadOnlyList<(NetworkEdge Edge, Rect Box)> PlaceLabels()
    {
        NetworkEdge[] labelled = [.. _links.Where(e => e.Label is not null || e.Detail is not null)];
        Rect[] solid = [.. _units.SelectMany(NodeBoxes)];
        var boxes = new Rect?[labelled.Length];
        for (int round = 0; round < 4; round++)
            for (int i = 0; i < labelled.Length; i++)
            {
                boxes[i] = null;
                boxes[i] = Candidates(labelled[i]).MinBy(c => Cost(c.Box, c.Share, labelled[i], solid, boxes)).Box;
            }
        return [.. labelled.Select((e, i) => (e, boxes[i]!.Value))];
    }

    private IEnumerable<(Rect Box, double Share)> Candidates(NetworkEdge edge)
    {
        ((double X, double Y) from, (double X, double Y) to) = (At(edge.From), At(edge.To));
        (double width, double height) = LabelSize(edge);
        for (double share = 0.14; share <= 0.87; share += 0.03)
            yield return (new(from.X + share * (to.X - from.X) - width / 2, from.Y + share * (to.Y - from.Y) - height / 2, width, height),
                share);
    }

    private double Cost(Rect box, double share, NetworkEdge own, Rect[] solid, Rect?[] placed)
    {
        double cost = Math.Abs(share - 0.34);
        cost += 40 * solid.Sum(s => Shared(box, s));
        cost += 30 * placed.Sum(p => p is { } other ? Shared(box, other) : 0);
        if (box.Y < 0 || box.Bottom > Height)
            cost += 5;
        foreach (NetworkEdge edge in _links)
            if (edge != own && Crosses(box, At(edge.From), At(edge.To)))
                cost += 0.8;
        return cost;
    }

    private IEnumerable<Rect> NodeBoxes(NetworkNode node)
    {
        (double x, double y) = At(node.Id);
        double r = (node.Bias ? BiasRadius : Radius) + 3;
        yield return new(x - r, y - r, 2 * r, 2 * r);
        if (node.Detail is { } detail)
        {
            double w = TextMeasure.Width(detail, TextSize), h = Lines(detail) * LineHeight + 6;
            yield return new(x - w / 2, y - r - h, w, h);
        }
    }

    /// <summary>How much of a box another one covers, counted from a margin of a few pixels.</summary>
    private static double Shared(Rect a, Rect b)
    {
        double w = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X) + 14, h = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y) + 12;
        return w <= 0 || h <= 0 ? 0 : 0.05 + w * h / (a.Width * a.Height);
    }

    private static bool Crosses(Rect box, (double X, double Y) from, (double X, double Y) to)
    {
        for (int i = 1; i < 60; i++)
        {
            double x = from.X + i / 60.0 * (to.X - from.X), y = from.Y + i / 60.0 * (to.Y - from.Y);
            if (x > box.X && x < box.Right && y > box.Y && y < box.Bottom)
                return true;
        }
        return false;
    }

    private static (double Width, double Height) LabelSize(NetworkEdge edge) =>
        (Math.Max(Wide(edge.Label), Wide(edge.Detail)), (Lines(edge.Label) + Lines(edge.Detail)) * LineHeight);

    private static double Wide(string? text) => text is null ? 0 : TextMeasure.Width(text, TextSize) + 6;

    private static int Lines(string? text) => text is null ? 0 : text.Split('\n').Length;
}
