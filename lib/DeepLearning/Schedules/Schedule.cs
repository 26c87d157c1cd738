using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// The learning rate as a function of time: η(t), with t the number of steps made so far, from 0. A pure function, so it can be plotted
/// before it is used.
/// </summary>
/// <example><code>
/// var model = new Dense(2, 1, new Generator(1));
/// var optimizer = new Sgd(model.Parameters, 0.1);
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

    private sealed class EpochSchedule(Schedule inner, int stepsPerEpoch) : Schedule
    {
        public override double Rate(int t) => inner.Rate(t / stepsPerEpoch);
    }
}
