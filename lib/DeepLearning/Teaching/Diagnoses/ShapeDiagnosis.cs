namespace DeepLearning;

/// <summary>Says how numbers may have come by a wrong shape.</summary>
internal sealed class ShapeDiagnosis(Numbers expected, Func<Numbers, Numbers, bool> isClose)
{
    public string Of(Numbers answer)
    {
        string shapes = $"The shape is {answer.Shape}, but {expected.Shape} is wanted";
        if (answer.Dims.Length == 2 && expected.Dims.SequenceEqual([answer.Dims[1], answer.Dims[0]]) && answer.Dims[0] != answer.Dims[1])
        {
            return isClose(answer.Transpose(), expected) ? $"Rows and columns are exchanged: this is the transpose. {shapes}."
                : $"{shapes}: rows and columns are exchanged. Is one matrix transposed, or a product the wrong way round?";
        }
        if (answer.Count == expected.Count && isClose(answer with { Dims = expected.Dims }, expected))
            return $"The numbers are right. {shapes}: reshape.";
        for (int axis = 0; axis < answer.Dims.Length && answer.Dims.Length > 1; axis++)
        {
            Numbers sum = answer.Sum(axis);
            if (sum.Count != expected.Count) continue;
            sum = sum with { Dims = expected.Dims };
            if (isClose(sum, expected)) return $"These are the terms, not yet added up over axis {axis}. {shapes}.";
            if (isClose(sum.Times(1.0 / answer.Dims[axis]), expected))
                return $"These are the terms, the mean over axis {axis} is not yet taken. {shapes}.";
        }
        for (int axis = 0; axis < expected.Dims.Length && answer.Count < expected.Count; axis++)
        {
            Numbers sum = expected.Sum(axis) with { Dims = answer.Dims };
            if (sum.Count == answer.Count && isClose(answer, sum))
                return $"Added up over axis {axis}, where every number is wanted by itself. {shapes}.";
        }
        if (answer.Dims.Length == 2 && expected.Count > 1 && answer.Dims[0] == expected.Count && answer.Dims[1] == expected.Count)
            return $"{shapes}: a column met a row of {expected.Count}, and broadcasting made a square of them. Give both the same shape.";
        return expected.Dims.Length == 1 && answer.Dims.Length == 1
            ? $"These are {answer.Count} numbers, but {expected.Count} are wanted."
            : $"{shapes}.";
    }
}
