namespace DeepLearning.Plotting;

/// <summary>A 3-D panel of the still picture: seen from afar along the camera's line, far things painted first.</summary>
internal sealed class Scene
{
    private const double HeightShare = 0.75;

    private readonly SvgCanvas _canvas;
    private readonly ResolvedPanel _resolved;
    private readonly (double X, double Y, double Z) _forward, _right, _up;
    private readonly double _unit, _middleX, _middleY, _sideX, _sideY;
    private readonly List<(double Depth, Action Draw)> _things = [];

    public Scene(SvgCanvas canvas, ResolvedPanel resolved)
    {
        (this._canvas, this._resolved) = (canvas, resolved);
        Camera eye = resolved.Panel.Camera;
        double length = Math.Sqrt(eye.X * eye.X + eye.Y * eye.Y + eye.Z * eye.Z), flat = Math.Sqrt(eye.X * eye.X + eye.Y * eye.Y);
        _forward = (-eye.X / length, -eye.Y / length, -eye.Z / length);
        _right = flat < 1e-9 ? (1, 0, 0) : (-eye.Y / flat, eye.X / flat, 0);
        _up = (_right.Y * _forward.Z - _right.Z * _forward.Y, _right.Z * _forward.X - _right.X * _forward.Z, _right.X * _forward.Y
            - _right.Y * _forward.X);
        (_sideX, _sideY) = (eye.X < 0 ? 0.5 : -0.5, eye.Y < 0 ? 0.5 : -0.5);
        var corners = (from x in (double[])[-0.5, 0.5]
            from y in (double[])[-0.5, 0.5] from z in (double[])[-HeightShare / 2, HeightShare / 2] select Flat((x, y, z))).ToList();
        double width = corners.Max(c => c.X) - corners.Min(c => c.X), height = corners.Max(c => c.Y) - corners.Min(c => c.Y);
        Rect area = resolved.Area;
        _unit = Math.Min((area.Width - 110) / width, (area.Height - 90) / height);
        (_middleX, _middleY) = (area.X + area.Width / 2 + 12, area.Y + area.Height / 2 - 18);
    }

    public void Face((double X, double Y, double Z)[] corners, (byte R, byte G, byte B) color, double opacity)
    {
        (double X, double Y, double Depth)[] p = corners.Select(c => Place(c)).ToArray();
        string d = "M" + string.Join("L", p.Select(c => SvgCanvas.N(c.X) + " " + SvgCanvas.N(c.Y))) + "Z";
        string hex = $"#{color.R:x2}{color.G:x2}{color.B:x2}";
        string veil = opacity < 1 ? $" opacity=\"{opacity:0.##}\"" : "";
        _things.Add(
            (p.Average(c => c.Depth), () => _canvas.Raw($"<path d=\"{d}\" fill=\"{hex}\" stroke=\"{hex}\" stroke-width=\"0.5\"{veil}/>")));
    }

    public void Segment((double X, double Y, double Z) a, (double X, double Y, double Z) b, string color, double width)
    {
        ((double X, double Y, double Depth) p, (double X, double Y, double Depth) q) = (Place(a), Place(b));
        if (double.IsFinite(p.Depth + q.Depth))
            _things.Add(((p.Depth + q.Depth) / 2 - 0.05, () => _canvas.Raw(
                $"<path d=\"M{SvgCanvas.N(p.X)} {SvgCanvas.N(p.Y)}L{SvgCanvas.N(q.X)} {SvgCanvas.N(q.Y)}\" stroke=\"{color}\" " +
                $"stroke-width=\"{SvgCanvas.N(width)}\" stroke-linecap=\"round\"/>")));
    }

    public void Point((double X, double Y, double Z) at, Marker marker, double size, string color)
    {
        (double X, double Y, double Depth) p = Place(at);
        if (double.IsFinite(p.Depth))
            _things.Add((p.Depth - 0.08, () => _canvas.Marker(p.X, p.Y, marker, size, color, outlined: true)));
    }

    public void Paint()
    {
        Box();
        foreach ((double Depth, Action Draw) thing in _things.OrderByDescending(t => t.Depth))
            thing.Draw();
    }

    private void Box()
    {
        double floor = -HeightShare / 2, top = HeightShare / 2;
        Axis(_resolved.X, _resolved.Panel.X, t => (t - 0.5, -_sideY, floor),
            t => [(t - 0.5, -_sideY, floor), (t - 0.5, _sideY, floor), (t - 0.5, _sideY, top)]);
        Axis(_resolved.Y, _resolved.Panel.Y, t => (-_sideX, t - 0.5, floor),
            t => [(-_sideX, t - 0.5, floor), (_sideX, t - 0.5, floor), (_sideX, t - 0.5, top)]);
        bool xEdgeLeft = Flat((_sideX, -_sideY, 0)).X < Flat((-_sideX, _sideY, 0)).X;
        (double x, double y) = xEdgeLeft ? (_sideX, -_sideY) : (-_sideX, _sideY);
        Axis(_resolved.Z, _resolved.Panel.Z, t => (x, y, (t - 0.5) * HeightShare),
            t => [(_sideX, -_sideY, (t - 0.5) * HeightShare), (_sideX, _sideY, (t - 0.5) * HeightShare),
                (-_sideX, _sideY, (t - 0.5) * HeightShare)]);
    }

    private void Axis(AxisScale scale, Axis axis, Func<double, (double, double, double)> edge,
        Func<double, (double, double, double)[]> lines)
    {
        ((double X, double Y, double Depth) from, (double X, double Y, double Depth) to, (double X, double Y, double Depth) middle) =
            (Screen(edge(0)), Screen(edge(1)), Screen((0, 0, 0)));
        double outX = (from.X + to.X) / 2 - middle.X, outY = (from.Y + to.Y) / 2 - middle.Y,
            norm = Math.Max(1, Math.Sqrt(outX * outX + outY * outY));
        (outX, outY) = (outX / norm, outY / norm);
        string anchor = outX < -0.35 ? "end" : outX > 0.35 ? "start" : "middle";
        double longest = 0;
        foreach ((double at, string text) in scale.Marks(axis, 260, 65))
        {
            double share = scale.Share(at);
            _canvas.Path("M" + string.Join("L", lines(share).Select(p => Screen(p)).Select(p => SvgCanvas.N(p.X) + " " + SvgCanvas.N(p.Y))),
                Theme.Grid, 1);
            (double X, double Y, double Depth) tick = Screen(edge(share));
            _canvas.Text(tick.X + outX * 10, tick.Y + outY * 10 + 5 + Math.Max(0, outY) * 4, text, 13, Theme.Muted, anchor);
            longest = Math.Max(longest, TextMeasure.Width(text, 13));
        }
        _canvas.Path($"M{SvgCanvas.N(from.X)} {SvgCanvas.N(from.Y)}L{SvgCanvas.N(to.X)} {SvgCanvas.N(to.Y)}", Theme.Muted, 1);
        if (axis.Title is { } title)
        {
            double away = 26 + Math.Abs(outX) * longest;
            bool upright = Math.Abs(to.X - from.X) < 5;
            double x = (from.X + to.X) / 2 + outX * away, y = (from.Y + to.Y) / 2 + outY * away + 6;
            _canvas.Text(upright ? x - 6 : x, upright ? y - 6 : y + 4, title, 15, Theme.Ink, upright ? "middle" : anchor,
                angle: upright ? -90 : 0);
        }
    }

    private (double X, double Y, double Depth) Place((double X, double Y, double Z) p) =>
        Screen((_resolved.X.Share(p.X) - 0.5, _resolved.Y.Share(p.Y) - 0.5, (_resolved.Z.Share(p.Z) - 0.5) * HeightShare));

    private (double X, double Y, double Depth) Screen((double X, double Y, double Z) p)
    {
        (double x, double y) = Flat(p);
        return (_middleX + x * _unit, _middleY - y * _unit, p.X * _forward.X + p.Y * _forward.Y + p.Z * _forward.Z);
    }

    private (double X, double Y) Flat((double X, double Y, double Z) p) =>
        (p.X * _right.X + p.Y * _right.Y + p.Z * _right.Z, p.X * _up.X + p.Y * _up.Y + p.Z * _up.Z);
}
