namespace DeepLearning;

// Keeping what was learned before, as in transfer learning.
public abstract partial class Layer
{
    /// <summary>
    /// Leaves all parameters of this layer and its children as they are: no gradient is computed for them, and optimizers, weight decay and
    /// penalties pass them over. Gradients still flow through the layer to those before it.
    /// </summary>
    /// <param name="evaluate">
    /// Whether it also behaves as in evaluation until <see cref="Unfreeze"/>, whatever <see cref="TrainingMode"/> and <see cref="Trainer"/>
    /// say. Running statistics, such as batch normalization's, are no parameters: without this they move in training all the same. False by
    /// default.
    /// </param>
    /// <example><code>
    /// var backbone = new Sequential(new Dense(4, 8, new Generator(1)), new BatchNorm1d(8), new Relu());
    /// var model = new Sequential(backbone, new Dense(8, 3, new Generator(2)));
    /// backbone.Freeze(evaluate: true);
    /// var optimizer = new Adam(model.Parameters);      // changes the head alone
    /// backbone.Unfreeze();                             // later, fine-tuning: the same optimizer now changes both
    /// </code></example>
    public void Freeze(bool evaluate = false)
    {
        foreach (Parameter parameter in Parameters) parameter.Freeze();
        if (evaluate) StayInEvaluation(true);
    }

    /// <summary>
    /// Lets training change all parameters again; its behaviour is that of training from the next <see cref="TrainingMode"/> on.
    /// </summary>
    public void Unfreeze()
    {
        StayInEvaluation(false);
        foreach (Parameter parameter in Parameters) parameter.Unfreeze();
    }

    /// <summary>Whether it has parameters and all of them are frozen.</summary>
    public bool IsFrozen => Parameters.Any() && Parameters.All(p => p.IsFrozen);

    /// <summary>How many numbers training changes, those of frozen parameters left out.</summary>
    public int TrainableCount => Parameters.Where(p => !p.IsFrozen).Sum(p => p.Count);
}
