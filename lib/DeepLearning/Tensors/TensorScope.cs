namespace DeepLearning;

/// <summary>The tensors made on this thread since the scope began; see <see cref="Tensor.Scope"/>.</summary>
internal sealed class TensorScope : IDisposable
{
    [ThreadStatic] private static TensorScope? _current;

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private bool _ended;

    public TensorScope()
    {
        _outer = _current;
        _current = this;
    }

    public static TensorScope? Current => _current;

    public void Add(Tensor tensor) => _tensors.Add(tensor);

    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        if (_current != this)
            throw new InvalidOperationException("Scopes must end in the opposite order of their beginning, on the same thread (no await inside).");
        _current = _outer;
        foreach (Tensor tensor in _tensors)
        {
            if (!tensor.IsKept) tensor.Dispose();
        }
    }
}
