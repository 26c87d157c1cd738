using System.Collections;

namespace DeepLearning;

/// <summary>
/// Layers one after another: y = f_L(… f₂(f₁(x))).
/// </summary>
/// <param name="layers">In order of application.</param>
/// <example><code>
/// var generator = new Generator(1);
/// var model = new Sequential(new Dense(64, 32, generator), new Relu(), new Dense(32, 10, generator));
/// Console.WriteLine(model.Summary(64));
/// </code></example>
/// <exception cref="ArgumentNullException">There are no layers, or one is null.</exception>
public sealed class Sequential(params Layer[] layers) : Layer, IReadOnlyList<Layer>
{
    private readonly Layer[] _layers = layers is null || layers.Contains(null!)
        ? throw new ArgumentNullException(nameof(layers),
            "Sequential needs layers that are not null; leave out the ones that are not wanted.")
        : [.. layers];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => _layers.Select((layer, i) => ($"{i}", layer));

    /// <summary>How many layers.</summary>
    public int Count => _layers.Length;

    /// <summary>Layer <paramref name="index"/>, counted from 0.</summary>
    public Layer this[int index] => _layers[index];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i] is Dense dense && i + 1 < _layers.Length && dense.ForwardWith(_layers[i + 1], x) is { } y) (x, i) = (y, i + 1);
            else x = _layers[i].Forward(x);
        }
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each layer on a line.</summary>
    public override string ToString() => $"Sequential(\n{string.Concat(_layers.Select((layer, i) => $"  {i}: {layer}\n"))})";
}
