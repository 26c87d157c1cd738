namespace DeepLearning;

/// <summary>Where training is; told after every step and every epoch, and once at the end.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">The most there will be.</param>
/// <param name="Step">Of this epoch, from 1.</param>
/// <param name="Steps">In an epoch.</param>
/// <param name="Loss">The mean over this epoch so far.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Step, int Steps, double Loss)
{
    /// <summary>The epoch, once it is complete; null in the middle.</summary>
    public EpochRow? Row { get; init; }

    /// <summary>Whether training has ended, in whatever way.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Why it ended early; null if it did not.</summary>
    public string? StopReason { get; init; }
}
