namespace DeepLearning;

/// <summary>Training came to a loss or gradient that is not a finite number, and stopped before using it.</summary>
/// <param name="epoch">From 1.</param>
/// <param name="step">Of that epoch, from 1.</param>
/// <param name="what">What happened.</param>
public sealed class DivergenceException(int epoch, int step, string what)
    : ArithmeticException($"Training stopped at epoch {epoch}, step {step}: {what}")
{
    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>The step of that epoch, from 1.</summary>
    public int Step { get; } = step;
}
