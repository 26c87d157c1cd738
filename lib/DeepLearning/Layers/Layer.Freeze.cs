namespace DeepLearning;

// Keeping what was learned before, as in transfer learning.
public abstract partial class Layer
{
    /// <summary>
    /// Leaves all parameters of this layer and its children as they are: no gradient is computed for them, and optimizers, weight decay and penalties
    /// pass them over. Gradients still flow through the layer to those before it.
    /// </summary>
    /// <remarks>
    /// Running statistics, such as batch normalization's, are no parameters: they move in training all the same, unless the layer is told to
    /// <see cref="Evaluate"/>.
    /// </remarks>
    /// <example><code>
    /// backbone.Freeze();
    /// var optimizer = new Adam(model.Parameters);      // changes the head alone
    /// backbone.Unfreeze();                             // later, fine-tuning: the same optimizer now changes both
    /// </code></example>
    public void Freeze()
    {
        foreach (Parameter parameter in Parameters) parameter.Freeze();
    }

    /// <summary>Lets training change all parameters again.</summary>
    public void Unfreeze()
    {
        foreach (Parameter parameter in Parameters) parameter.Unfreeze();
    }

    /// <summary>Whether it has parameters and all of them are frozen.</summary>
    public bool IsFrozen => Parameters.Any() && Parameters.All(p => p.IsFrozen);

    /// <summary>How many numbers training changes, those of frozen parameters left out.</summary>
    public int TrainableCount => Parameters.Where(p => !p.IsFrozen).Sum(p => p.Count);
}
