namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>
    /// Cross-validation: the samples in k parts of equal size (to one sample); each part is once what is measured on, the rest what is
    /// learned from.
    /// </summary>
    /// <param name="folds">k, from 2 to the number of samples (of the smallest class, if stratified).</param>
    /// <param name="generator">Deals the samples.</param>
    /// <param name="stratified">
    /// Deal every class by itself, so that each keeps its share in all parts. Without classes it makes no difference.
    /// </param>
    /// <returns>k pairs; every sample is in exactly one validation part.</returns>
    /// <exception cref="ArgumentException">Too few or too many folds.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Validation)> KFold(int folds, Generator generator, bool stratified = true)
    {
        ArgumentCheck.NotNull(generator);
        if (folds < 2 || folds > Count)
            throw new ArgumentOutOfRangeException(nameof(folds), folds,
                $"'{Name}' with {Count} samples can be cut into 2 to {Count} folds, got {folds}.");
        int[] order = generator.Permutation(Count), dealt = order;
        if (stratified && _labels is not null)
        {
            int[] sizes = CountByClass();
            int small = Array.FindIndex(sizes, size => size > 0 && size < folds);
            if (small >= 0)
                throw new ArgumentException($"Class '{Classes[small]}' of '{Name}' has {sizes[small]} samples, too few for " +
                    $"{folds} folds; " +
                    "use stratified: false or fewer folds.");
            dealt = [.. order.OrderBy(i => _labels[i])];
        }
        int[] foldOf = new int[Count];
        for (int place = 0; place < Count; place++) foldOf[dealt[place]] = place % folds;
        return [.. Enumerable.Range(0, folds).Select(fold => (
            Subset([.. order.Where(i => foldOf[i] != fold)]), Subset([.. order.Where(i => foldOf[i] == fold)])))];
    }
}
