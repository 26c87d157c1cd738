namespace DeepLearning;

/// <summary>What losses of more than a prediction and a target share.</summary>
internal static class LossInputs
{
    public static Tensor Reduce(Tensor terms, Reduction reduction) => reduction switch
    {
        Reduction.Mean => terms.Mean(),
        Reduction.Sum => terms.Sum(),
        _ => terms,
    };

    /// <summary>Throws unless all are of one shape, not empty, and on one device.</summary>
    public static void CheckSameShape(string who, params ReadOnlySpan<(string Name, Tensor Tensor)> all)
    {
        var (firstName, first) = all[0];
        foreach (var (name, tensor) in all)
        {
            if (!tensor.Shape.Equals(first.Shape))
                throw new ArgumentException($"{who} needs {firstName} and {name} of one shape, got {first.Shape} and {tensor.Shape}.");
            if (tensor.Device != first.Device)
                throw new InvalidOperationException($"{who} got {firstName} on {first.Device} and {name} on {tensor.Device}; move one of them with To(…).");
        }
        if (first.Count == 0) throw new ArgumentException($"{who} got an empty batch, {first.Shape}; it needs at least one sample.");
    }

    /// <summary>The same for rows [N, D], and labels [N] one for each if given.</summary>
    public static void CheckRows(string who, Tensor? labels, params ReadOnlySpan<(string Name, Tensor Tensor)> all)
    {
        CheckSameShape(who, all);
        Tensor first = all[0].Tensor;
        if (first.Rank != 2) throw new ArgumentException($"{who} needs a row for each sample, [N, D], got {first.Shape}.");
        if (labels is not null && !labels.Shape.Equals(new Shape(first.Shape[0])))
            throw new ArgumentException($"{who} needs a label for each of {first.Shape[0]} pairs, [{first.Shape[0]}], got {labels.Shape}.");
    }
}
