namespace DeepLearning;

/// <summary>
/// Looks in the graph for parameters that a model computes with and does not list, wherever it has them from: those within a function,
/// such as a <see cref="Lambda"/>'s, stand in no field of a layer.
/// </summary>
internal static class UnlistedParameters
{
    /// <param name="model">Whose output it is.</param>
    /// <param name="prediction">The output, with its graph.</param>
    /// <param name="known">The parameters of the model and of the optimizer.</param>
    /// <exception cref="InvalidOperationException">A parameter is neither known nor borrowed.</exception>
    public static void Check(Layer model, Tensor prediction, IEnumerable<Parameter> known)
    {
        HashSet<Tensor> expected = [.. known];
        foreach (object borrowed in model.AndWithin().SelectMany(layer => layer.AllBorrowed))
        {
            if (borrowed is Layer layer) expected.UnionWith(layer.Parameters);
            else if (borrowed is Tensor tensor) expected.Add(tensor);
        }
        GraphWalk walk = GraphWalk.From(prediction);
        Parameter? stray = walk.Leaves.OfType<Parameter>().FirstOrDefault(parameter => !expected.Contains(parameter));
        walk.Return();
        if (stray is not null)
            throw new InvalidOperationException($"The model's output depends on a parameter '{stray.Name}' {stray.Shape} that no layer " +
                "of it lists, so that it would be neither trained nor moved nor saved; a function cannot list what it uses, so hold it " +
                "in a Layer of your own that does, or Freeze() it.");
    }
}
