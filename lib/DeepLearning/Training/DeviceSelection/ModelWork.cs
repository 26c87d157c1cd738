namespace DeepLearning;

/// <summary>How much a model has to do for one sample.</summary>
/// <param name="Sample">The shape of the sample that was counted with; null if none went through.</param>
/// <param name="MultiplyAdds">Multiplications of a forward pass.</param>
/// <param name="Steps">How many products, one after the other, they come in: layers, and at recurrent layers times.</param>
internal sealed record ModelWork(Shape? Sample, long MultiplyAdds, long Steps)
{
    // Lengths of images' sides and of sequences, from which the layers alone do not tell.
    private static readonly int[] s_lengths = [32, 28, 8, 16, 20, 24, 10, 12, 14, 48, 64, 96, 128, 224, 256];

    /// <param name="model">The model.</param>
    /// <param name="sample">
    /// The shape of one sample; empty tries those that the first parameter suggests, and takes the first that goes through.
    /// </param>
    public static ModelWork Of(Layer model, ReadOnlySpan<int> sample)
    {
        if (!sample.IsEmpty) return Count(model.Summary(sample));
        foreach (int[] candidate in Candidates(model))
        {
            try
            {
                return Count(model.Summary(candidate));
            }
            catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or NotSupportedException)
            {
                // Not of this shape.
            }
        }
        // Each weight is used once at least.
        Parameter[] weights = [.. model.Parameters.Where(p => p.Rank > 1)];
        return new ModelWork(null, weights.Sum(p => (long)p.Count), weights.Length);
    }

    private static ModelWork Count(ModelSummary summary)
    {
        LayerArithmetic[] counted = summary.Rows.Select(row => row.Arithmetic).Where(sums => sums.MultiplyAdds > 0).ToArray();
        return new ModelWork(summary.Input, counted.Sum(sums => sums.MultiplyAdds), counted.Sum(sums => sums.Steps));
    }

    // Linear layers have a weight [out, in], recurrent ones too; convolutions [out, in, …]; norms [in].
    private static IEnumerable<int[]> Candidates(Layer model)
    {
        if (model.Parameters.FirstOrDefault() is not { Rank: > 0 } first) yield break;
        if (model.Parts().Any(part => part.Layer is Embedding)) yield return [s_lengths[0]];
        int features = first.Shape[first.Rank > 1 ? 1 : 0];
        if (first.Rank <= 2) yield return [features];
        foreach (int length in s_lengths)
        {
            if (first.Rank <= 2) yield return [length, features];
            if (first.Rank == 3) yield return [features, length];
            if (first.Rank is 1 or 4) yield return [features, length, length];
        }
    }
}
