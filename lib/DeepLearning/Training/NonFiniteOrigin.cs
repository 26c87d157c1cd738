namespace DeepLearning;

/// <summary>Finds where numbers stopped being finite.</summary>
internal static class NonFiniteOrigin
{
    /// <summary>Says in a clause where it began, computing the model's output once more.</summary>
    public static string Find(Layer model, Tensor x, Tensor target)
    {
        if (!IsFinite(x)) return "the data of this batch holds a number that is not finite";
        if (!IsFinite(target)) return "the targets of this batch hold a number that is not finite";
        foreach ((string name, Layer layer) in model.Parts())
        foreach ((string own, Tensor tensor) in layer.OwnState)
        {
            if (!IsFinite(tensor))
                return $"it began in layer {Title(name, layer)}, whose {own} the step before left with a number that is not finite";
        }
        string? first = null;
        List<IDisposable> hooks = [.. model.Parts().Select(part => part.Layer.OnForward((layer, _, y) =>
        {
            if (first is null && !IsFinite(y)) first = Title(part.Name, layer);
        }))];
        try
        {
            using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
            model.Forward(x);
        }
        finally
        {
            hooks.ForEach(hook => hook.Dispose());
        }
        return first is null ? "every layer's output is finite, so it began in the loss" : $"it began in the output of layer {first}";
    }

    private static string Title(string name, Layer layer) => name == "" ? $"{layer}" : $"{name}, {layer}";

    private static bool IsFinite(Tensor tensor) => tensor.ToArray().All(float.IsFinite);
}
