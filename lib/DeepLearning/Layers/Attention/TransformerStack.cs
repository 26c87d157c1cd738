namespace DeepLearning;

/// <summary>What encoder and decoder share: blocks one after another, and a last normalization where it is wanted.</summary>
/// <param name="blocks">In order.</param>
/// <param name="norm">The last normalization, or null.</param>
internal sealed class TransformerStack<T>(T[] blocks, LayerNorm? norm) where T : Layer
{
    public T[] Blocks { get; } = blocks;

    /// <summary>`count` blocks of `features`, each made anew.</summary>
    public static TransformerStack<T> Of(int count, int features, bool norm, string name, Func<T> block)
    {
        LayerArguments.AtLeastOne(count, "layers", name);
        return new([.. Enumerable.Range(0, count).Select(_ => block())], norm ? new LayerNorm(features) : null);
    }

    public IEnumerable<(string Name, Layer Layer)> Children
    {
        get
        {
            for (int i = 0; i < Blocks.Length; i++) yield return ($"layers.{i}", Blocks[i]);
            if (norm is not null) yield return ("norm", norm);
        }
    }

    public Tensor Run(Tensor x, Func<T, Tensor, Tensor> apply)
    {
        foreach (T block in Blocks) x = apply(block, x);
        return norm is null ? x : norm.Forward(x);
    }

    public override string ToString() => $"{Blocks.Length} × {Blocks[0]}";
}
