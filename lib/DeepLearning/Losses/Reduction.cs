namespace DeepLearning;

/// <summary>How the terms of a loss become its value.</summary>
public enum Reduction
{
    /// <summary>Their mean: the value does not grow with the batch.</summary>
    Mean,
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>All of them, as a tensor.</summary>
    None,
}
