namespace DeepLearning.Plotting;

/// <summary>Finds what each axis shows, and says what is wrong where data and axis do not fit.</summary>
internal static class Ranges
{
    public static ResolvedPanel Resolve(Panel panel, int row, int column)
    {
        bool tight = panel.TraceList.Exists(t => t.Tight);
        bool bars = panel.TraceList.Exists(t => t.FromZero);
        bool is3d = panel.Is3d;
        if (is3d && panel.TraceList.Find(t => !t.Is3d) is { } flat)
            throw new InvalidOperationException(
                $"A panel is either flat or 3-D: a {flat.Kind} cannot be drawn among surfaces and 3-D paths.");
        IEnumerable<Trace> wide = tight ? panel.TraceList.Where(t => t.Tight) : panel.TraceList;
        return new()
        {
            Panel = panel,
            Row = row,
            Column = column,
            X = Scale(panel, panel.X, "x", wide.SelectMany(t => t.Xs), t => t.Xs, tight || bars || is3d ? 0 : 0.02, false),
            Y = Scale(panel, panel.Y, "y", wide.SelectMany(t => t.Ys), t => t.Ys, tight || is3d ? 0 : 0.06, bars),
            Z = Scale(panel, is3d ? panel.Z : new(), "z", panel.TraceList.SelectMany(t => t.Zs), t => t.Zs, 0, false),
        };
    }

    /// <summary>A copy of a panel whose axes hold what all of these show.</summary>
    public static Panel Over(Panel panel, IEnumerable<Panel> frames)
    {
        ResolvedPanel[] all = [.. frames.Select(f => Resolve(f, 0, 0))];
        Panel copy = panel.Copy();
        copy.X = copy.X with { Min = all.Min(p => p.X.Min), Max = all.Max(p => p.X.Max) };
        copy.Y = copy.Y with { Min = all.Min(p => p.Y.Min), Max = all.Max(p => p.Y.Max) };
        if (panel.Is3d)
            copy.Z = copy.Z with { Min = all.Min(p => p.Z.Min), Max = all.Max(p => p.Z.Max) };
        return copy;
    }

    public static void Share(List<ResolvedPanel> panels, Figure figure)
    {
        foreach (ResolvedPanel p in panels)
        {
            p.ShowXText = !figure.SharedX || !panels.Any(q => q.Column == p.Column && q.Row > p.Row);
            p.ShowYText = !figure.SharedY || p.Column == 0;
        }
        if (figure.SharedX)
        {
            AxisScale all = Union(panels.Select(p => p.X), "x");
            panels.ForEach(p => p.X = all);
        }
        if (figure.SharedY)
        {
            AxisScale all = Union(panels.Select(p => p.Y), "y");
            panels.ForEach(p => p.Y = all);
        }
    }

    private static AxisScale Union(IEnumerable<AxisScale> scales, string name)
    {
        AxisScale[] all = [.. scales];
        if (all.DistinctBy(s => (s.Log, s.Reversed)).Count() > 1)
            throw new InvalidOperationException($"Shared {name} axes must all be linear or all logarithmic, and all grow the same way.");
        return all[0] with { Min = all.Min(s => s.Min), Max = all.Max(s => s.Max) };
    }

    private static AxisScale Scale(Panel panel, Axis axis, string name, IEnumerable<double> values, Func<Trace, IEnumerable<double>> of,
        double margin, bool fromZero)
    {
        if (axis.Log)
            foreach (Trace trace in panel.TraceList)
                if (of(trace).FirstOrDefault(v => v <= 0, 1) is var bad and <= 0)
                    throw new InvalidOperationException(
                        $"The {name} axis is logarithmic, but the {trace.Kind}{(trace.Name is null ? "" : $" '{trace.Name}'")} has the " +
                        $"value {bad:G4} on it; use values above 0, or a linear axis.");
        bool tightTraces = panel.TraceList.Exists(t => t.Tight);
        (double low, double high) = Numbers.Extent(values);
        if (axis.Categories is { Count: > 0 } names && !tightTraces)
            (low, high) = (Math.Min(low, -0.5), Math.Max(high, names.Count - 0.5));
        if (low > high)
            (low, high) = axis.Log ? (1, 10) : (0, 1);
        if (fromZero && !axis.Log)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (axis.Log)
        {
            double grow = Math.Max(high / low, 1.5);
            double room = margin == 0 ? 1 : Math.Pow(grow, margin);
            if (high / low < 1.0001)
                room = 1.5;
            (low, high) = (low / room, high * room);
        }
        else
        {
            double span = high - low;
            double room = span > Math.Abs(high) * 1e-9 && span > 1e-300 ? span * margin : Math.Max(Math.Abs(high) * 0.1, 0.5);
            (low, high) = (fromZero && low == 0 ? 0 : low - room, fromZero && high == 0 ? 0 : high + room);
        }
        (low, high) = (axis.Min ?? low, axis.Max ?? high);
        if (!(low < high) || (axis.Log && low <= 0))
            throw new InvalidOperationException(
                $"The {name} axis cannot go from {low:G4} to {high:G4}{(axis.Log ? " on a logarithmic scale" : "")}; set Min below Max.");
        return new(low, high, axis.Log, axis.Reversed);
    }
}
