namespace DeepLearning;

/// <summary>Names for <see cref="Explain"/>.</summary>
public static class ExplainNaming
{
    /// <summary>Says what a tensor's numbers are called in explanations, whatever computed them; returns the tensor.</summary>
    /// <param name="tensor">Data, a parameter or a result.</param>
    /// <param name="names">One for each number, or one that is then numbered.</param>
    /// <example><code>Tensor z4 = (w8 * z1 + w9 * z2).Named("z4");</code></example>
    public static T Named<T>(this T tensor, params string[] names) where T : Tensor
    {
        if (names.Length == 0) throw new ArgumentException("Named needs at least one name.", nameof(names));
        Naming.Give(tensor, names);
        return tensor;
    }
}
