namespace DeepLearning;

/// <summary>Finds where numbers stopped being finite.</summary>
internal static class Culprit
{
    /// <summary>Says in a clause where it began, computing the model's output once more.</summary>
    public static string Find(Layer model, Tensor x)
    {
        if (!IsFinite(x)) return "the data of this batch holds a number that is not finite";
        foreach (var (name, layer) in Leaves(model, ""))
        foreach (var (own, tensor) in layer.NamedState)
        {
            if (!IsFinite(tensor)) return $"it began in layer {name}, whose {own} the step before left with a number that is not finite";
        }
        string? first = null;
        List<IDisposable> hooks = [.. Leaves(model, "").Select(leaf => leaf.Layer.OnForward((layer, _, y) =>
        {
            if (first is null && !IsFinite(y)) first = leaf.Name;
        }))];
        try
        {
            using var quiet = Tensor.NoGradient();
            model.Forward(x);
        }
        finally
        {
            hooks.ForEach(hook => hook.Dispose());
        }
        return first is null ? "every layer's output is finite, so it began in the loss" : $"it began in the output of layer {first}";
    }

    // Layers made of no other ones, and those with parameters of their own, in order.
    private static IEnumerable<(string Name, Layer Layer)> Leaves(Layer layer, string name)
    {
        var children = layer.Children.ToArray();
        if (children.Length == 0) return [(name == "" ? $"{layer}" : $"{name}, {layer}", layer)];
        return children.SelectMany(child => Leaves(child.Layer, name == "" ? child.Name : $"{name}.{child.Name}"));
    }

    private static bool IsFinite(Tensor tensor) => tensor.ToArray().All(float.IsFinite);
}
