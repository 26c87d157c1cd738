namespace DeepLearning;

/// <summary>
/// Shortens gradients between the backward pass and the step, so that a cliff in the loss does not throw the parameters far away.
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// Optimizer optimizer = new Sgd(model.Parameters);
/// Tensor loss = model.Forward(Tensor.Ones(2, 4)).Square().Mean();
/// loss.Backward();
/// double norm = GradientClip.ByNorm(model.Parameters, 1);
/// optimizer.Step();
/// </code></example>
public static class GradientClip
{
    /// <summary>|g|, the root of the sum of squares over the gradients of all parameters together; those without one count as 0.</summary>
    /// <exception cref="ArithmeticException">A gradient is not finite.</exception>
    public static double Norm(IEnumerable<Parameter> parameters)
    {
        using TensorScope scope = Tensor.Scope();
        using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
        double sum = 0;
        foreach (IGrouping<Device, Parameter> group in parameters.Where(p => p.Gradient is not null).GroupBy(p => p.Device))
        {
            // All of them are read at once: a card is waited for one time only.
            double[] squares = Tensor.Concatenate(0, [.. group.Select(p => p.Gradient!.Square().Sum().Reshape(1))]).ToDoubles();
            foreach ((Parameter p, double square) in group.Zip(squares))
            {
                if (!double.IsFinite(square))
                    throw new ArithmeticException($"The gradient of parameter '{p.Name}' {p.Shape} holds " +
                        $"{(double.IsNaN(square) ? "NaN" : "numbers too large to square")}; lower the learning rate, or look for a " +
                        "division by 0 or a logarithm of 0 in the loss.");
                sum += square;
            }
        }
        return Math.Sqrt(sum);
    }

    /// <summary>If |g| &gt; ν: g ← gν/|g|, with |g| over all parameters together, so that the direction stays.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="threshold">ν &gt; 0.</param>
    /// <returns>|g| before.</returns>
    /// <exception cref="ArithmeticException">A gradient is not finite.</exception>
    /// <remarks>Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013; S1 "Gradient
    /// Clipping".</remarks>
    public static double ByNorm(IEnumerable<Parameter> parameters, double threshold)
    {
        CheckThreshold(threshold);
        Parameter[] all = [.. parameters];
        double norm = Norm(all);
        if (norm > threshold) Change(all, UnaryOp.Affine, threshold / norm, 0);
        return norm;
    }

    /// <summary>Each number of g by itself: limited to [−ν, ν]. The direction may change.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="threshold">ν &gt; 0.</param>
    public static void ByValue(IEnumerable<Parameter> parameters, double threshold)
    {
        CheckThreshold(threshold);
        Change(parameters, UnaryOp.Clamp, -threshold, threshold);
    }

    private static void Change(IEnumerable<Parameter> parameters, UnaryOp op, double a, double b)
    {
        foreach (Parameter p in parameters)
        {
            if (p.Gradient is { } g) g.Device.Unary(op, g.Storage, g.Storage, g.Count, a, b);
        }
    }

    private static void CheckThreshold(double threshold)
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"The threshold ν must be above 0, got {threshold}.");
    }
}
