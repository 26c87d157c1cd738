namespace DeepLearning;

/// <summary>A training under way, as callbacks see it.</summary>
/// <example><code>
/// Callback stop = Callback.EachStep((run, loss) =>
/// {
///     if (run.Epoch == 1 &amp;&amp; run.Step == run.StepsPerEpoch &amp;&amp; loss > 10) run.Stop("The loss did not fall.");
/// });
/// </code></example>
public sealed class TrainingRun
{
    internal TrainingRun(Trainer trainer, History history, int epochs, int stepsPerEpoch, bool hasValidation)
    {
        (Trainer, History, Epochs, StepsPerEpoch, HasValidation) = (trainer, history, epochs, stepsPerEpoch, hasValidation);
        Parameters = [.. trainer.Model.Parameters.Union(trainer.Optimizer.Parameters)];
    }

    /// <summary>All that receive a gradient.</summary>
    internal Parameter[] Parameters { get; }

    /// <summary>Whether a step was made since training began.</summary>
    internal bool HasStepped { get; set; }

    /// <summary>Who trains, with model and optimizer.</summary>
    public Trainer Trainer { get; }

    /// <summary>What happened so far.</summary>
    public History History { get; }

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The most epochs there will be.</summary>
    public int Epochs { get; }

    /// <summary>The step of this epoch, from 1.</summary>
    public int Step { get; internal set; }

    /// <summary>Batches in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Whether there is validation data.</summary>
    public bool HasValidation { get; }

    /// <summary>Ends training after this epoch.</summary>
    /// <param name="reason">For the history, a sentence.</param>
    public void Stop(string reason) => History.StopReason ??= reason;
}
