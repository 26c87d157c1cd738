using System.Text;

namespace DeepLearning.Plotting;

public sealed partial class Figure
{
    /// <summary>The figure in plotly.js' published schema, <c>application/vnd.plotly.v1+json</c>.</summary>
    public string ToJson() => PlotlyJson.Write(this);

    /// <summary>The figure as a still picture; of an animation, its start frame.</summary>
    public string ToSvg() => SvgRenderer.Render(AtStart(), standalone: true);

    /// <summary>A piece of HTML with the still picture, which becomes a live plot where plotly.js is at hand.</summary>
    public string ToHtml() => HtmlFragment.Write(this);

    /// <summary>All formats by their MIME type.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["application/vnd.plotly.v1+json"] = ToJson(),
        ["text/html"] = ToHtml(),
        ["image/svg+xml"] = ToSvg(),
        ["text/plain"] = ToString(),
    };

    /// <summary>Saves a page with the figure on it, whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    public Figure SaveHtml(string path) => Save(path, HtmlFragment.Page(this));

    /// <summary>Saves the still picture, whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    public Figure SaveSvg(string path) => Save(path, ToSvg());

    /// <summary>One line per plot: title, traces, and what the axes show.</summary>
    public override string ToString() => Describe();

    internal string Describe()
    {
        ResolvedFigure resolved = FigureLayout.Resolve(this);
        var text = new StringBuilder(Caption);
        if (_panels.Count > 1)
            text.Append($" ({Rows} × {Columns} plots)");
        if (Frames.Count > 0)
            text.Append($" ({Frames.Count} frames, {Frames[0].Label} … {Frames[^1].Label})");
        foreach (ResolvedPanel panel in resolved.Panels)
        {
            text.Append(_panels.Count > 1 ? $"\n  {panel.Panel.Title ?? "plot"}: " : ": ");
            text.AppendJoin(", ", panel.Panel.Traces.Take(12).Select(t => $"{t.Kind}{(t.Name is null ? "" : $" '{t.Name}'")} ({t.Size})"));
            if (panel.Panel.Traces.Count > 12)
                text.Append($" and {panel.Panel.Traces.Count - 12} more");
            text.Append(Describe("x", panel.Panel.X, panel.X)).Append(Describe("y", panel.Panel.Y, panel.Y));
            if (panel.Panel.Is3d)
                text.Append(Describe("z", panel.Panel.Z, panel.Z));
        }
        return text.ToString();
    }

    /// <summary>The figure as it looks in its start frame, still.</summary>
    internal Figure AtStart()
    {
        if (Frames.Count == 0)
            return this;
        var still = new Figure([.. _panels.Select(p => p.Copy())], Rows, Columns)
        { SharedX = SharedX, SharedY = SharedY, GridTitle = GridTitle, Width = Width, Height = Height };
        foreach (TraceChange change in Frames[StartFrame].Changes)
        {
            int at = change.Trace;
            Panel panel = still._panels.First(p => at < p.TraceList.Count || (at -= p.TraceList.Count) < 0);
            panel.TraceList[at] = change.Data;
        }
        return still;
    }

    private static string Describe(string name, Axis axis, AxisScale scale) =>
        axis.Hidden ? "" : $"; {axis.Title ?? name} {Numbers.Short(scale.Min)} … {Numbers.Short(scale.Max)}{(scale.Log ? " (log)" : "")}";

    private Figure Save(string path, string text)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"Cannot save the figure to '{path}': the folder '{folder}' does not exist; make it first.");
        string part = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.part");
        try
        {
            File.WriteAllText(part, text);
            File.Move(part, full, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
        return this;
    }
}
