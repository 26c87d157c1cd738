using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Parameters that an optimizer treats differently from its others: a learning rate of their own, as a multiple of the optimizer's so that
/// a <see cref="Schedule"/> moves both, and a weight decay of their own.
/// </summary>
/// <example><code>
/// Layer backbone = new Dense(4, 8, new Generator(1)), head = new Dense(8, 3, new Generator(2));
/// var model = new Sequential(backbone, new Tanh(), head);
/// var optimizer = new Adam(model.Parameters, learningRate: 0.001)
/// {
///     Groups = [new ParameterGroup(backbone.Parameters, rateFactor: 0.1), new ParameterGroup(head.Parameters, weightDecay: 0)],
/// };
/// </code></example>
public sealed class ParameterGroup
{
    /// <param name="parameters">Some of the optimizer's.</param>
    /// <param name="rateFactor">f ≥ 0 in η_group = f·η; 1 by default, 0 stands still.</param>
    /// <param name="weightDecay">λ ≥ 0; null, the default, is the optimizer's.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">f or λ is negative.</exception>
    public ParameterGroup(IEnumerable<Parameter> parameters, double rateFactor = 1, double? weightDecay = null)
    {
        Parameters = [.. parameters.Distinct()];
        if (Parameters.Count == 0)
            throw new ArgumentException("A parameter group got no parameters; pass layer.Parameters of a layer that has some.");
        RateFactor = AtLeastZero(rateFactor, nameof(rateFactor));
        WeightDecay = weightDecay is { } decay ? AtLeastZero(decay, nameof(weightDecay)) : null;
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>f in η_group = f·η.</summary>
    public double RateFactor { get; }

    /// <summary>λ, or null for the optimizer's.</summary>
    public double? WeightDecay { get; }
}
