namespace DeepLearning;

public abstract partial class Layer
{
    private LayerHooks? _hooks;

    /// <summary>Whether somebody wants to see its output or its gradient.</summary>
    internal bool IsWatched => _hooks is not null;

    /// <summary>
    /// Calls <paramref name="hook"/> with the layer, what went in and what came out, whenever this layer has computed its output: to look
    /// at activations.
    /// </summary>
    /// <returns>Dispose it to end the calls.</returns>
    /// <example><code>
    /// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
    /// using (model[1].OnForward((layer, x, y) => Console.WriteLine($"{layer}: {y.Shape}"))) model.Forward(Tensor.Ones(5, 4));
    /// </code></example>
    public IDisposable OnForward(Action<Layer, Tensor, Tensor> hook) => (_hooks ??= new()).Add(hook);

    /// <summary>
    /// Calls <paramref name="hook"/> with the layer and ∂loss/∂output, whenever a backward pass has come to this layer's output. The
    /// gradient is gone when the scope it was computed in ends; <see cref="Tensor.Clone"/> and <see cref="Tensor.Keep"/> what must outlive
    /// it.
    /// </summary>
    /// <returns>Dispose it to end the calls.</returns>
    public IDisposable OnBackward(Action<Layer, Tensor> hook) => (_hooks ??= new()).Add(hook);

    /// <summary>
    /// Shows the hooks an output that did not come by <see cref="Forward"/>: a layer with more inputs than one passes its results through
    /// here.
    /// </summary>
    /// <param name="x">What went in first.</param>
    /// <param name="y">What came out.</param>
    /// <returns>y, to be used from here on.</returns>
    protected Tensor Watched(Tensor x, Tensor y) => _hooks is { } hooks ? hooks.Pass(this, x, y) : y;

    private sealed class LayerHooks
    {
        private readonly List<Hook<Action<Layer, Tensor, Tensor>>> _forward = [];
        private readonly List<Hook<Action<Layer, Tensor>>> _backward = [];

        public IDisposable Add(Action<Layer, Tensor, Tensor> call) => new Hook<Action<Layer, Tensor, Tensor>>(_forward, call);

        public IDisposable Add(Action<Layer, Tensor> call) => new Hook<Action<Layer, Tensor>>(_backward, call);

        public Tensor Run(Layer layer, Tensor x) => Pass(layer, x, layer.Compute(x));

        public Tensor Pass(Layer layer, Tensor x, Tensor y)
        {
            foreach (Hook<Action<Layer, Tensor, Tensor>> hook in _forward.ToArray()) hook.Call(layer, x, y);
            return _backward.Count == 0 ? y : Tensor.Record("watched", y.Detach(), new WatchedState(), (operation, gradient) =>
            {
                foreach (Hook<Action<Layer, Tensor>> hook in _backward.ToArray()) hook.Call(layer, gradient);
                operation.Send(0, gradient);
            }, y);
        }
    }

    private sealed class Hook<T> : IDisposable
    {
        private readonly List<Hook<T>> _all;

        public Hook(List<Hook<T>> all, T call)
        {
            (_all, Call) = (all, call);
            all.Add(this);
        }

        public T Call { get; }

        public void Dispose() => _all.Remove(this);
    }
}

/// <summary>The same numbers, at whose gradient somebody looks.</summary>
internal readonly record struct WatchedState : IOperationState
{
    public bool OnlyMoves => true;
}
