namespace DeepLearning;

/// <summary>Checks and reduces what losses take that are of more than a prediction and a target.</summary>
internal static class LossInputs
{
    /// <summary>The value of a loss: the mean or sum of its terms, or all of them.</summary>
    public static Tensor Reduce(Tensor terms, Reduction reduction) => reduction switch
    {
        Reduction.Mean => terms.Mean(),
        Reduction.Sum => terms.Sum(),
        _ => terms,
    };

    /// <summary>Throws unless all are there, of one shape, not empty, and on one device.</summary>
    public static void CheckSameShape(string who, params ReadOnlySpan<(string Name, Tensor Tensor)> all)
    {
        foreach ((string name, Tensor tensor) in all) ArgumentCheck.NotNull(tensor, name);
        (string firstName, Tensor first) = all[0];
        foreach ((string name, Tensor tensor) in all)
        {
            if (!tensor.Shape.Equals(first.Shape))
                throw new ArgumentException($"{who} needs {firstName} and {name} of one shape, got {first.Shape} and {tensor.Shape}.");
            if (tensor.Device != first.Device)
                throw new InvalidOperationException($"{who} got {firstName} on {first.Device} and {name} on {tensor.Device}; move one of " +
                    "them with To(…).");
        }
        if (first.Count == 0) throw new ArgumentException($"{who} got an empty batch, {first.Shape}; it needs at least one sample.");
    }

    /// <summary>The same for rows [N, D].</summary>
    public static void CheckRows(string who, params ReadOnlySpan<(string Name, Tensor Tensor)> all)
    {
        CheckSameShape(who, all);
        if (all[0].Tensor.Rank != 2) throw new ArgumentException($"{who} needs a row for each sample, [N, D], got {all[0].Tensor.Shape}.");
    }
}
