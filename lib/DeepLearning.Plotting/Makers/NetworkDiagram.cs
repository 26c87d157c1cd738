namespace DeepLearning.Plotting;

/// <summary>A unit of a drawn network.</summary>
/// <param name="Id">What edges call it.</param>
/// <param name="Layer">0 for the inputs, then one more per layer.</param>
/// <param name="Label">Written in it; short.</param>
/// <param name="Detail">Written beneath it, for example "net 0.3775\nout 0.5933"; lines separated by <c>\n</c>.</param>
/// <param name="Bias">True for a constant 1: drawn as a small square below its layer.</param>
public sealed record NetworkNode(string Id, int Layer, string Label, string? Detail = null, bool Bias = false);

/// <summary>A connection of a drawn network.</summary>
/// <param name="From">The id of the node it leaves.</param>
/// <param name="To">The id of the node it enters.</param>
/// <param name="Label">Written on it, for example "w₁ = 0.15".</param>
/// <param name="Detail">Written beneath the label in the colour of the backward pass, for example "∂E/∂w₁ = 0.0004".</param>
/// <param name="Weight">Its sign becomes colour, its size thickness; null for a plain line.</param>
public sealed record NetworkEdge(string From, string To, string? Label = null, string? Detail = null, double? Weight = null);

/// <summary>A network as nodes and connections, with numbers on both.</summary>
public static class NetworkDiagram
{
    /// <summary>Draws the network from left to right; labels are placed so that they cover neither nodes nor each other.</summary>
    /// <param name="nodes">The units, each layer from top to bottom.</param>
    /// <param name="edges">The connections.</param>
    /// <param name="layerNames">A word over each layer, or null.</param>
    public static Figure Draw(IEnumerable<NetworkNode> nodes, IEnumerable<NetworkEdge> edges, IReadOnlyList<string>? layerNames = null)
    {
        NetworkNode[] units = [.. nodes];
        NetworkEdge[] links = [.. edges];
        Check(units, links);
        var plan = new NetworkPlan(units, links, layerNames);
        Figure figure = new Figure().Size(Math.Max(480, plan.Width + 16), plan.Height + 60).XAxis(min: 0, max: plan.Width, hidden: true)
            .YAxis(min: 0, max: plan.Height, hidden: true).Legend(Legend.Row);
        Lines(figure, links, plan);
        Nodes(figure, units, plan);
        foreach ((NetworkEdge edge, Rect box) in plan.PlaceLabels())
            Words(figure, edge, box);
        if (layerNames is not null)
            for (int layer = 0; layer < Math.Min(plan.Layers, layerNames.Count); layer++)
                figure.Annotate(new Annotation(plan.LayerX(layer), plan.Height - 14, layerNames[layer]) { Color = Theme.Muted });
        return figure;
    }

    private static void Check(NetworkNode[] units, NetworkEdge[] links)
    {
        if (units.Length == 0)
            throw new ArgumentException("A network diagram needs at least one node, got none.");
        if (units.GroupBy(n => n.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Node ids must differ; '{twice.Key}' is used {twice.Count()} times.");
        if (units.FirstOrDefault(n => n.Layer < 0) is { } early)
            throw new ArgumentException($"Layers count from 0; node '{early.Id}' is in layer {early.Layer}.");
        var ids = units.Select(n => n.Id).ToHashSet();
        foreach (NetworkEdge link in links)
            if (!ids.Contains(link.From) || !ids.Contains(link.To))
                throw new ArgumentException(
                    $"The edge {link.From} → {link.To} names a node that is not there: " +
                    $"'{(ids.Contains(link.From) ? link.To : link.From)}'.");
    }

    /// <summary>All connections of one sign and thickness are one trace, so that large networks stay quick.</summary>
    private static void Lines(Figure figure, NetworkEdge[] links, NetworkPlan plan)
    {
        double largest = links.Select(e => Math.Abs(e.Weight ?? 0)).DefaultIfEmpty(0).Max();
        foreach (IGrouping<(int Sign, int Size), NetworkEdge> group in links.GroupBy(e => (Sign: e.Weight is { } w ? Math.Sign(w) : 0,
            Size: e.Weight is { } v && largest > 0 ? (int)Math.Ceiling(5 * Math.Abs(v) / largest) : 1)).OrderBy(g => g.Key.Size))
        {
            (List<double> x, List<double> y) = (new List<double>(), new List<double>());
            foreach (NetworkEdge edge in group)
            {
                ((double X, double Y) from, (double X, double Y) to) = (plan.At(edge.From), plan.At(edge.To));
                x.AddRange([from.X, to.X, double.NaN]);
                y.AddRange([from.Y, to.Y, double.NaN]);
            }
            figure.Add(new LineTrace([.. x], [.. y])
            {
                Name = group.Key.Sign switch { > 0 => "positive weight", < 0 => "negative weight", _ => null },
                Color = group.Key.Sign switch { > 0 => Theme.Orange, < 0 => Theme.Blue, _ => Theme.Muted },
                Dash = group.Key.Sign < 0 ? Dash.Dash : Dash.Solid,
                Width = group.Key.Sign == 0 ? 1.2 : 0.4 + 0.75 * group.Key.Size,
                Opacity = links.Length > 60 ? 0.7 : 1,
            });
        }
    }

    private static void Nodes(Figure figure, NetworkNode[] units, NetworkPlan plan)
    {
        foreach (IGrouping<bool, NetworkNode> group in units.GroupBy(n => n.Bias))
        {
            double[] x = [.. group.Select(n => plan.At(n.Id).X)], y = [.. group.Select(n => plan.At(n.Id).Y)];
            double size = 2 * (group.Key ? plan.BiasRadius : plan.Radius);
            Marker shape = group.Key ? Marker.Square : Marker.Circle;
            string ring = group.Key ? Theme.Muted : Theme.Ink;
            figure.Add(new ScatterTrace(x, y) { Color = ring, Marker = shape, MarkerSize = size });
            figure.Add(new ScatterTrace(x, y)
            {
                Color = Theme.Paper,
                Marker = shape,
                MarkerSize = size - 4,
                Texts = [.. group.Select(n => n.Detail is null ? n.Label : n.Label + "\n" + n.Detail)],
            });
        }
        foreach (NetworkNode node in units)
        {
            (double x, double y) = plan.At(node.Id);
            if (plan.Radius >= 13)
                figure.Annotate(new Annotation(x, y, node.Label) { Bold = true, Size = plan.LabelSize(node) });
            if (node.Detail is { } detail)
            {
                int lines = detail.Split('\n').Length;
                figure.Annotate(new Annotation(x, y, detail)
                {
                    ShiftY = -(node.Bias ? plan.BiasRadius : plan.Radius) - 6 - lines * NetworkPlan.TextSize * 0.625,
                    Size = NetworkPlan.TextSize, Color = Theme.TextShade(Theme.Blue), Boxed = true,
                });
            }
        }
    }

    private static void Words(Figure figure, NetworkEdge edge, Rect box)
    {
        double x = box.X + box.Width / 2, top = box.Bottom;
        foreach ((string? text, string color) in (ReadOnlySpan<(string?, string)>)[(edge.Label, Theme.Ink),
            (edge.Detail, Theme.TextShade(Theme.Vermillion))])
            if (text is not null)
            {
                double height = text.Split('\n').Length * NetworkPlan.LineHeight;
                figure.Annotate(new Annotation(x, top - height / 2, text) { Boxed = true, Size = NetworkPlan.TextSize, Color = color });
                top -= height;
            }
    }
}
