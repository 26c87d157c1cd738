namespace DeepLearning;

/// <summary>
/// Writes out one forward and one backward pass of a small network as one would on a board: every net input, activation and loss term; for
/// every weight the chain of factors along each path from the loss, their products summed; the gradient and the update. Everything is read
/// off the graph of operations, so it works for whatever was computed, and each sum over paths is checked against backpropagation.
/// </summary>
/// <example><code>
/// Dense model = new(2, 1, new Generator(1));
/// Tensor x = Tensor.From([0.5, -1]), target = Tensor.From([1.0]);
/// Explanation e = Explain.Of(model, x, target, new HalfSquaredError(), new() { LearningRate = 0.5 });
/// Console.WriteLine(e.ToText("w1"));
/// </code></example>
public static class Explain
{
    /// <summary>Explains one pass of a model, in double precision.</summary>
    /// <param name="model">Its parameters keep their values and gradients.</param>
    /// <param name="x">The input.</param>
    /// <param name="target">What the output should be.</param>
    /// <param name="loss">The loss E.</param>
    /// <param name="options">Learning rate, names, digits, limits.</param>
    /// <inheritdoc cref="Of(Tensor, ExplainOptions?)" path="/exception"/>
    public static Explanation Of(Layer model, Tensor x, Tensor target, Loss loss, ExplainOptions? options = null)
    {
        options ??= new ExplainOptions();
        return Of(() => loss.Forward(model.Forward(x), target), options with { Data = [.. model.Parameters, x, target, .. options.Data] });
    }

    /// <summary>Explains the computation of a loss, in double precision.</summary>
    /// <param name="loss">Computes it; called twice if its tensors are not on <see cref="Device.Reference"/>, so it must not be
    /// random.</param>
    /// <param name="options">Learning rate, names, digits, limits.</param>
    /// <inheritdoc cref="Of(Tensor, ExplainOptions?)" path="/exception"/>
    public static Explanation Of(Func<Tensor> loss, ExplainOptions? options = null)
    {
        options ??= new ExplainOptions();
        return DoublePrecision.Run(loss, options.Data, computed => Of(computed, options));
    }

    /// <summary>Explains a loss that was computed already, in the precision it was computed in: make its tensors under
    /// <c>Device.Use(Device.Reference)</c> for all digits.</summary>
    /// <param name="loss">A single number that remembers how it was computed.</param>
    /// <param name="options">Learning rate, names, digits, limits.</param>
    /// <exception cref="InvalidOperationException">The loss is not a single number or needs no gradient; a number in it is not finite; the
    /// network is larger than <see cref="ExplainOptions.MaxNumbers"/> or has more than <see cref="ExplainOptions.MaxPaths"/> paths from one
    /// weight.</exception>
    public static Explanation Of(Tensor loss, ExplainOptions? options = null)
    {
        options ??= new ExplainOptions();
        options.Check();
        ScalarGraph graph = ScalarGraph.Of(loss, options.MaxNumbers);
        Naming.Apply(graph, options.Names);
        return new ExplanationBuilder(graph, options).Build();
    }
}
