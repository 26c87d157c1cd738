namespace DeepLearning;

/// <summary>How a measure of one class becomes one of a classifier.</summary>
/// <example><code>
/// Metric macro = Metric.F1(Average.Macro), micro = Metric.F1(Average.Micro);
/// </code></example>
public enum Average
{
    /// <summary>That of class 1, "yes", of two classes.</summary>
    Binary,
    /// <summary>
    /// The mean over the classes, each counting the same however rare; classes that neither occur nor are predicted are left out.
    /// </summary>
    Macro,
    /// <summary>From the counts of all classes together; with one label a sample all three measures are then the accuracy.</summary>
    Micro,
}
