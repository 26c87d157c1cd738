namespace DeepLearning;

// Training and evaluation behaviour.
public abstract partial class Layer
{
    private bool _staysInEvaluation;

    /// <summary>Whether the layer behaves as in training; dropout, for instance, is idle otherwise. True at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>
    /// Switches this layer and its children to training behaviour, or with false to evaluation. What was frozen with <c>evaluate: true</c> stays in evaluation.
    /// </summary>
    public void Train(bool training = true)
    {
        IsTraining = training && !_staysInEvaluation;
        foreach (var (_, child) in Children) child.Train(training);
    }

    /// <summary>Switches to evaluation behaviour.</summary>
    public void Evaluate() => Train(false);

    /// <summary>Evaluation behaviour until the result is disposed; then this layer and each within it behave as before, whatever their modes were.</summary>
    internal IDisposable Evaluating()
    {
        Modes before = new([.. AndWithin().Distinct().Select(layer => (layer, layer.IsTraining))]);
        Evaluate();
        return before;
    }

    private void StayInEvaluation(bool stay)
    {
        foreach (Layer layer in AndWithin()) layer._staysInEvaluation = stay;
        if (stay) Evaluate();
    }

    private IEnumerable<Layer> AndWithin() => Children.SelectMany(child => child.Layer.AndWithin()).Prepend(this);

    private sealed class Modes((Layer Layer, bool Training)[] before) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (layer, training) in before) layer.IsTraining = training;
        }
    }
}
