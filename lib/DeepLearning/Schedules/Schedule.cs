namespace DeepLearning;

/// <summary>
/// The learning rate as a function of time: η(t), with t the number of steps made so far, from 0. A pure function, so it can be plotted before it
/// is used.
/// </summary>
/// <example><code>
/// Schedule schedule = new WarmUp(100, new CosineDecay(0.1, steps: 2000));
/// optimizer.LearningRate = schedule.Rate(optimizer.StepCount);
/// </code></example>
public abstract class Schedule
{
    /// <summary>η(t)</summary>
    /// <param name="t">≥ 0.</param>
    public abstract double Rate(int t);

    /// <summary>The same schedule with its t counted in epochs: constant within each.</summary>
    /// <param name="stepsPerEpoch">Batches in an epoch, ≥ 1: <c>loader.Count</c>.</param>
    public Schedule InEpochs(int stepsPerEpoch) => new EpochSchedule(this, AtLeastOne(stepsPerEpoch, nameof(stepsPerEpoch)));

    private protected static double AtLeastZero(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more, got {value}.");

    private protected static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more, got {value}.");

    private sealed class EpochSchedule(Schedule inner, int stepsPerEpoch) : Schedule
    {
        public override double Rate(int t) => inner.Rate(t / stepsPerEpoch);
    }
}
