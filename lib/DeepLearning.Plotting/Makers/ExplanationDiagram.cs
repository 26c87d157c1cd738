using System.Globalization;

namespace DeepLearning.Plotting;

/// <summary>
/// The network of an <see cref="Explanation"/> with its numbers on it: values in the forward direction, derivatives in the backward one.
/// </summary>
public static class ExplanationDiagram
{
    /// <summary>
    /// Draws inputs, neurons and loss from left to right. Under each node stand its net input, output and bias, on each connection its
    /// weight w, with ∂E/∂w (grad) for each, and beside the loss the derivatives with which the backward pass begins.
    /// </summary>
    /// <param name="explanation">Of a small network.</param>
    /// <param name="highlight">
    /// The name of a weight or bias: then only its paths to the loss are labelled, with the factors of the chain rule that lie along them.
    /// </param>
    /// <exception cref="ArgumentException">No parameter is called <paramref name="highlight"/>.</exception>
    public static Figure Draw(Explanation explanation, string? highlight = null)
    {
        IReadOnlyList<GradientPath> paths = highlight is null ? [] : explanation.Paths(highlight);
        LocalDerivative[] factors = [.. (highlight is null ? explanation.Derivatives : paths.SelectMany(p => p.Factors)).Distinct()];
        HashSet<string> along = [.. paths.SelectMany(p => p.Through), explanation.LossName];
        IEnumerable<NetworkNode> nodes = explanation.Units.Select(unit => Node(explanation, unit, highlight, along, factors));
        IEnumerable<NetworkEdge> edges = explanation.Links.Select(link => Edge(explanation, link, highlight, factors));
        Figure figure = NetworkDiagram.Draw(nodes, edges);
        return highlight is null ? figure : figure.Title(
            $"∂{explanation.LossName}/∂{highlight} " +
            $"= {Short(explanation.Gradient(highlight))}{(paths.Count > 1 ? $", the sum over {paths.Count} paths" : "")}");
    }

    private static NetworkNode Node(Explanation explanation, NetworkUnit unit, string? highlight, HashSet<string> along,
        LocalDerivative[] factors)
    {
        List<string> lines =
            [.. unit.Values.Select(v => unit.Values.Count == 1 ? Short(v.Value) : $"{Prefix(v.Name, unit.Name)} {Short(v.Value)}")];
        if (highlight is null)
            lines.AddRange(unit.Biases.Select(
                b => $"{b} {Short(explanation.Value(b))}{(IsTall(explanation) ? ", " : "\n")}{Gradient(explanation, b)}"));
        else if (along.Contains(unit.Name))
            lines.AddRange(Inside(unit, factors)
                .Select(d => $"∂{Prefix(d.Of, unit.Name)}/∂{Prefix(d.With, unit.Name)} = {Short(d.Value)}"));
        return new NetworkNode(unit.Name, unit.Layer, unit.Name, string.Join("\n", lines));
    }

    private static NetworkEdge Edge(Explanation explanation, NetworkLink link, string? highlight, LocalDerivative[] factors)
    {
        LocalDerivative[] between = [.. Between(explanation, link, factors)];
        string[] own = [.. link.Weights.Where(w => highlight is null || w == highlight)];
        bool marked = highlight is null || between.Length > 0 || own.Length > 0;
        double? weight = marked && link.Weights.Count > 0 ? explanation.Value(link.Weights[0]) : null;
        if (!marked) return new NetworkEdge(link.From, link.To);
        if (link.Weights.Count == 0)
            return new NetworkEdge(link.From, link.To, null, Lines(between.Select(Factor)));
        if (highlight is null)
            return new NetworkEdge(link.From, link.To, Lines(own.Select(w => $"{w} = {Short(explanation.Value(w))}")),
                Lines(own.Select(w => Gradient(explanation, w))), weight);
        IEnumerable<LocalDerivative> to = factors.Where(d => own.Contains(d.With) && ValuesOf(explanation, link.To).Contains(d.Of));
        return new NetworkEdge(link.From, link.To, Lines(own.Select(w => $"{w} = {Short(explanation.Value(w))}")),
            Lines(to.Concat(between).Select(Factor)), weight);
    }

    private static IEnumerable<LocalDerivative> Between(Explanation explanation, NetworkLink link, LocalDerivative[] factors)
    {
        string[] from = ValuesOf(explanation, link.From), to = ValuesOf(explanation, link.To);
        return factors.Where(d => from.Contains(d.With) && to.Contains(d.Of));
    }

    private static IEnumerable<LocalDerivative> Inside(NetworkUnit unit, LocalDerivative[] factors)
    {
        string[] names = [.. unit.Values.Select(v => v.Name), .. unit.Biases];
        return factors.Where(d => names.Contains(d.With) && names.Contains(d.Of));
    }

    private static string[] ValuesOf(Explanation explanation, string unit) =>
        [.. explanation.Units.First(u => u.Name == unit).Values.Select(v => v.Name)];

    // Four neurons and more above one another leave no room for another line under each.
    private static bool IsTall(Explanation explanation) => explanation.Units.GroupBy(u => u.Layer).Any(layer => layer.Count() > 3);

    private static string Factor(LocalDerivative derivative) => $"{derivative.Symbol}\n= {Short(derivative.Value)}";

    private static string Gradient(Explanation explanation, string parameter) => $"grad {Short(explanation.Gradient(parameter))}";

    // in_h1 in the neuron h1 is in.
    private static string Prefix(string name, string unit) =>
        name.Length > unit.Length && name.EndsWith(unit, StringComparison.Ordinal) ? name[..^unit.Length].TrimEnd('_') : name;

    private static string? Lines(IEnumerable<string> lines) => string.Join("\n", lines) is { Length: > 0 } text ? text : null;

    private static string Short(double value)
    {
        string text = Math.Abs(value) is >= 1e-4 and < 1e6 || value == 0
            ? Math.Round(value, 4 - 1 - Math.Min(3, (int)Math.Floor(Math.Log10(Math.Max(1e-4, Math.Abs(value))))))
                .ToString("0.#######", CultureInfo.InvariantCulture)
            : value.ToString("0.###e0", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }
}
