namespace DeepLearning;

// Training and evaluation behaviour.
public abstract partial class Layer
{
    private bool _staysInEvaluation;

    /// <summary>Whether the layer behaves as in training; dropout, for instance, is idle otherwise. True at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>
    /// Switches this layer and its children to training behaviour, such as dropping numbers; what was frozen with <c>evaluate: true</c>
    /// stays in evaluation. It changes no weight: <see cref="Trainer.Fit(DataLoader, int, Dataset, CancellationToken)"/> trains.
    /// </summary>
    public void TrainingMode() => SwitchMode(training: true);

    /// <summary>
    /// Switches this layer and its children to evaluation behaviour. It measures nothing: <see cref="Trainer.Evaluate"/> does. For the
    /// outputs of some samples, <see cref="Predict"/> switches there and back.
    /// </summary>
    public void EvaluationMode() => SwitchMode(training: false);

    /// <summary>
    /// Evaluation behaviour until the result is disposed; then this layer and each within it behave as before, whatever their modes were.
    /// </summary>
    internal IDisposable Evaluating()
    {
        Modes before = new([.. AndWithin().Distinct().Select(layer => (layer, layer.IsTraining))]);
        EvaluationMode();
        return before;
    }

    private void SwitchMode(bool training)
    {
        CheckListingOnce();
        foreach (Layer layer in AndWithin()) layer.IsTraining = training && !layer._staysInEvaluation;
    }

    private void StayInEvaluation(bool stay)
    {
        foreach (Layer layer in AndWithin()) layer._staysInEvaluation = stay;
        if (stay) EvaluationMode();
    }

    /// <summary>This layer and all within it; one that is shared comes several times.</summary>
    internal IEnumerable<Layer> AndWithin() => Children.SelectMany(child => child.Layer.AndWithin()).Prepend(this);

    private sealed class Modes((Layer Layer, bool Training)[] before) : IDisposable
    {
        public void Dispose()
        {
            foreach ((Layer layer, bool training) in before) layer.IsTraining = training;
        }
    }
}
