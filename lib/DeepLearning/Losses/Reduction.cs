namespace DeepLearning;

/// <summary>How the terms of a loss become its value.</summary>
/// <example><code>
/// Tensor prediction = Tensor.From([1.0, 2, 4]), target = Tensor.From([1.0, 1, 1]);
/// Console.WriteLine(new MeanSquaredError(Reduction.None).Forward(prediction, target));      // [0, 1, 9]
/// </code></example>
public enum Reduction
{
    /// <summary>Their mean: the value does not grow with the batch.</summary>
    Mean,
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>All of them, as a tensor.</summary>
    None,
}
