using System.Collections;

namespace DeepLearning;

/// <summary>
/// Layers one after another: y = f_L(… f₂(f₁(x))).
/// </summary>
/// <param name="layers">In order of application.</param>
/// <example><code>
/// var model = new Sequential(new Dense(64, 32, generator), new Relu(), new Dense(32, 10, generator));
/// </code></example>
public sealed class Sequential(params Layer[] layers) : Layer, IReadOnlyList<Layer>
{
    /// <inheritdoc/>
    public override IEnumerable<(string Name, Layer Layer)> Children => layers.Select((layer, i) => ($"{i}", layer));

    /// <summary>How many layers.</summary>
    public int Count => layers.Length;

    /// <summary>Layer <paramref name="index"/>, counted from 0.</summary>
    public Layer this[int index] => layers[index];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is Dense dense && i + 1 < layers.Length && dense.ForwardWith(layers[i + 1], x) is { } y) (x, i) = (y, i + 1);
            else x = layers[i].Forward(x);
        }
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => layers.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each layer on a line.</summary>
    public override string ToString() => $"Sequential(\n{string.Concat(layers.Select((layer, i) => $"  {i}: {layer}\n"))})";
}
