using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Training;

[Collection("console")]
public class HistoryTests
{
    [Fact]
    public void HoldsEveryEpochAndStep()
    {
        Dataset data = Blobs(100);
        Sequential model = Net();
        Trainer trainer = Quiet(model);
        History history = trainer.Fit(Batches(data), 3, Blobs(60));
        Assert.Same(history, trainer.History);
        Assert.Equal((3, 12), (history.Rows.Count, history.StepLosses.Count));
        Assert.Equal([1, 2, 3], history.Rows.Select(row => row.Epoch));
        // Batches of 32, 32, 32 and 4: the epoch's loss is the mean over samples.
        Assert.Equal((32 * history.StepLosses.Take(3).Sum() + 4 * history.StepLosses[3]) / 100, history.Loss[0], 1e-9);
        Assert.Equal(trainer.Evaluate(Blobs(60)).Loss, history.ValidationLoss[^1]);
        Assert.Equal(trainer.Evaluate(Blobs(60))["accuracy"], history.ValidationMetric("accuracy")[^1]);
        Assert.Equal(3, history.Metric("accuracy").Length);
        Assert.All(history.Rows, row => Assert.True(row is { GradientNorm: > 0, Seconds: > 0, LearningRate: 0.05 }));
        Assert.Equal(history.ValidationLoss.Min(), history.Best.ValidationLoss);
        Assert.Null(history.StopReason);
        Assert.Contains("no 'recall'; it has accuracy", Assert.Throws<ArgumentException>(() => history.Metric("recall")).Message);
    }

    [Fact]
    public void PrintsAsATable()
    {
        Trainer trainer = Quiet(Net());
        trainer.Fit(Batches(Blobs(60)), 12, Blobs(30));
        string[] lines = trainer.History.ToString().Split('\n');
        Assert.Equal(13, lines.Length);
        Assert.Matches(@"^epoch +loss +accuracy +val\. loss +val\. accuracy +rate +\|g\| +s$", lines[0]);
        Assert.StartsWith("   12  ", lines[12]);
        Assert.Single(lines.Select(line => line.Length).Distinct());
    }

    [Fact]
    public void TheConsoleShowsALineAnEpochAndTheReasonToStop()
    {
        string text = Written(live: false, epochs: 3);
        string[] lines = text.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^epoch 1/3  loss [\d.]+  accuracy [\d.]+  rate 0\.05  [\d.]+ s$", lines[0].TrimEnd());
        Assert.DoesNotContain('\r', text.Replace("\r\n", "\n"));

        string stopped = Written(live: false, epochs: 3, Callback.EachEpoch((run, _) => run.Stop("enough.")));
        Assert.Equal("stopped after epoch 1: enough.", stopped.TrimEnd().Split('\n')[1].TrimEnd());
    }

    [Fact]
    public void ManyEpochsAreThinnedOut()
    {
        string[] lines = Written(live: false, epochs: 240).TrimEnd().Split('\n');
        Assert.Equal(49, lines.Length);
        Assert.StartsWith("epoch   1/240", lines[0]);
        Assert.StartsWith("epoch   5/240", lines[1]);
        Assert.StartsWith("epoch 240/240", lines[^1]);
    }

    [Fact]
    public void ALiveConsoleRewritesItsLastLine()
    {
        string text = Written(live: true, epochs: 2).Replace("\r\n", "\n");
        Assert.Matches(@"^\repoch 1/2  step 1/2  loss [\d.]+\repoch 1/2  loss ", text);
        Assert.Equal(2, text.Count(c => c == '\n'));
    }

    private static string Written(bool live, int epochs, params Callback[] callbacks)
    {
        Sequential model = Net();
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.05))
        {
            Metrics = [Metric.Accuracy], Callbacks = callbacks,
        };
        TextWriter before = Console.Out;
        bool wasLive = ConsoleProgress.IsLive;
        StringWriter text = new();
        try
        {
            Console.SetOut(text);
            ConsoleProgress.IsLive = live;
            trainer.Fit(Batches(Blobs(60)), epochs);
        }
        finally
        {
            Console.SetOut(before);
            ConsoleProgress.IsLive = wasLive;
        }
        return text.ToString();
    }
}

/// <summary>Tests that exchange the console run alone.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public class ConsoleTests;
