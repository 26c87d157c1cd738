namespace DeepLearning.Course.Tests.Docs.Api;

/// <summary>One of most things that a declaration can hold.</summary>
public abstract class ApiSample<T> : IDisposable where T : class, new()
{
    public const int Answer = 42;

    private readonly string _text;

    protected ApiSample(double rate = 1e-8, string? name = null) => _text = $"{name} {rate}";

    public event Action Done { add => value(); remove { } }

    public virtual int? Size { get; protected set; }

    protected internal abstract IReadOnlyList<(int From, T? To)> Each<TKey>(params TKey?[] keys) where TKey : struct;

    public abstract void Dispose();

    public override string ToString() => _text;
}
