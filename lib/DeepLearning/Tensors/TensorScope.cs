namespace DeepLearning;

/// <summary>What <see cref="Tensor.Scope"/> gives: dispose it, once, to end the scope. Ending one that has ended does nothing.</summary>
public readonly struct TensorScope : IDisposable
{
    [ThreadStatic] private static Level? s_outermost, s_current;

    private readonly Level _level;
    private readonly int _number;

    private TensorScope(Level level) => (_level, _number) = (level, level.Number);

    // The tensors made on this thread since a scope began. A thread has one for each depth of nesting, and uses it again for the next scope
    // of that depth; its number tells them apart.
    private sealed class Level(Level? outer)
    {
        public readonly Level? Outer = outer;
        public readonly List<Tensor> Tensors = [];
        public Level? Inner;
        public int Number;
    }

    internal static TensorScope Begin() =>
        new(s_current = s_current is null ? s_outermost ??= new Level(null) : s_current.Inner ??= new Level(s_current));

    /// <summary>Whether a scope is open on this thread.</summary>
    internal static bool IsOpen => s_current is not null;

    internal static void Add(Tensor tensor) => s_current?.Tensors.Add(tensor);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A scope begun later is still open, or this one was begun on another thread.</exception>
    public void Dispose()
    {
        if (_level is null || _level.Number != _number) return;
        if (s_current != _level)
            throw new InvalidOperationException(
                "Scopes must end in the opposite order of their beginning, on the same thread (no await inside).");
        _level.Number++;
        s_current = _level.Outer;
        foreach (Tensor tensor in _level.Tensors)
        {
            if (!tensor.IsKept) tensor.Dispose();
        }
        _level.Tensors.Clear();
    }
}
