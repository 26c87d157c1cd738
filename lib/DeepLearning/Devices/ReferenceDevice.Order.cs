namespace DeepLearning.Kernels;

// Kernels that walk along one axis of [outer, length, inner] and depend on the order there.
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse)
    {
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            double sum = 0;
            for (int step = 0; step < length; step++)
            {
                int at = (o * length + (reverse ? length - 1 - step : step)) * inner + i;
                sum += Data(x)[at];
                Data(y)[at] = sum;
            }
        }
    }

    /// <inheritdoc/>
    public override void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner)
    {
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            double[] values = new double[length];
            for (int l = 0; l < length; l++) values[l] = Data(x)[(o * length + l) * inner + i];
            IEnumerable<int> places = Enumerable.Range(0, length);
            IOrderedEnumerable<int> order = descending
                ? places.OrderByDescending(l => double.IsNaN(values[l])).ThenByDescending(l => values[l])
                : places.OrderBy(l => double.IsNaN(values[l])).ThenBy(l => values[l]);
            int written = 0;
            foreach (int place in order) Data(y)[(o * length + written++) * inner + i] = place;
        }
    }

    /// <inheritdoc/>
    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        for (int o = 0; o < outer; o++)
        for (int c = 0; c < count; c++)
        for (int i = 0; i < inner; i++)
        {
            int at = (o * count + c) * inner + i;
            Data(y)[at] = Data(x)[(o * length + CheckIndex(Data(index)[at], length)) * inner + i];
        }
    }

    /// <inheritdoc/>
    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        for (int o = 0; o < outer; o++)
        for (int c = 0; c < count; c++)
        for (int i = 0; i < inner; i++)
        {
            int at = (o * count + c) * inner + i;
            Data(y)[(o * length + CheckIndex(Data(index)[at], length)) * inner + i] += Data(x)[at];
        }
    }
}
