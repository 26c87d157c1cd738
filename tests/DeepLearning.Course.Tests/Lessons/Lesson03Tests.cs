using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson03() : LessonRun("03-the-perceptron.ipynb");

[Collection(SessionTest.OneAtATime)]
public sealed class Lesson03Tests(Lesson03 lesson) : LessonTests<Lesson03>(lesson)
{
    [Theory]
    [InlineData("## The formula")]
    [InlineData("## By hand")]
    [InlineData("## Several neurons side by side")]
    [InlineData("## With the library")]
    [InlineData("## Will I pass this class?")]
    [InlineData("### Read the weights as sentences")]
    [InlineData("## Elephant or dog: one neuron per class")]
    [InlineData("### Softmax")]
    [InlineData("### Scale first")]
    [InlineData("### More layers do it")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void HasEightExercises() =>
        Assert.Equal(8,
            Lesson.Committed.Cells.Count(c => c.Kind == CellKind.Markdown && c.Tags.Contains("exercise") && c.Source.Contains(". **")));

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(13, figures.Length);
    }

    [Fact]
    public void TheLineMovesInBothAnimations()
    {
        JsonNode[] moving = [.. Lesson.Figures().Select(f => f["application/vnd.plotly.v1+json"]!)
            .Where(f => f["frames"] is JsonArray { Count: > 0 })];
        Assert.Equal([45, 38], moving.Select(f => f["frames"]!.AsArray().Count));
        JsonArray learning = moving[1]["data"]!.AsArray();
        string Plot(JsonNode? trace) => (string?)learning[(int)trace!]!["xaxis"] ?? "x";
        Assert.All(moving[1]["frames"]!.AsArray(), frame => Assert.Equal(2, frame!["traces"]!.AsArray().Select(Plot).Distinct().Count()));
        Assert.InRange(Lesson.Executed.ToJson().Length, 1_000_000, 8_000_000);
    }

    [Fact]
    public void EveryClaimHolds()
    {
        NotebookCell[] claims = [.. Code(Lesson.Executed).Where(c => c.Source.Contains("Claim."))];
        Assert.Equal(12, claims.Length);
        Assert.All(claims, cell => Assert.Contains("✓", LessonRun.Shown(cell)));
    }

    [Theory]
    [InlineData("z", -6, 1e-12)]
    [InlineData("yHat", 0.0024726231566347743, 1e-15)]               // 1/(1 + e⁶)
    [InlineData("d * norm", -6, 1e-12)]
    [InlineData("byHand[1]", 0.9525741268224334, 1e-12)]             // σ(−1·−1 + 1·2 + 0) = σ(3)
    [InlineData("byHand[2]", 0.9241418199787566, 1e-12)]             // σ(0.5·−1 + 2·2 − 1) = σ(2.5)
    [InlineData("SoftmaxByHand([1, 2, 1])[1]", 0.5761168847658291, 1e-12)]   // e/(e + 2)
    [InlineData("years.Average(w => w[2] / w[1])", 1, 0.1)]
    [InlineData("years.Average(w => -w[0] / w[1])", 8, 0.5)]
    [InlineData("Truth(4, 5)", 0.8413447, 0.01)]                     // Φ(1)
    [InlineData("Accuracy(training[0], course)", 0.21, 1e-12)]
    [InlineData("Accuracy(trained, course)", 0.93, 0.02)]
    [InlineData("Loss([0, 0, 0], course)", 0.6931471805599453, 1e-12)]       // ln 2
    [InlineData("BestLine(hard).Share", 0.97, 1e-12)]
    [InlineData("BestLine(easy).Share", 1, 1e-12)]
    [InlineData("xorLine.Share", 0.75, 1e-12)]
    [InlineData("xorBest.Max()", 0.75, 1e-12)]
    [InlineData("straight.Max()", 3, 0)]
    public async Task StatedNumberIsRight(string expression, double expected, double tolerance) =>
        Assert.Equal(expected, await Lesson.Value<double>(expression), tolerance);

    [Theory]
    [InlineData("easyRuns.All(r => r.Losses[^1] < 0.01) && hardRuns.All(r => r.Losses[^1] > 0.02)")]
    [InlineData("Enumerable.Range(1, looks.Length - 1).All(n => easyRuns.All(r => r.Losses[n] < r.Losses[n - 1]))")]
    [InlineData("numbered < 0.5 && oneHot > 0.9")]
    [InlineData("Good(rawLosses) == 0 && Good(scaledLosses) >= 4")]
    [InlineData("Animal(3.1, 5500)[0] > 0.99 && Animal(0.6, 30)[1] > 0.95")]
    [InlineData(
        "Enumerable.Range(1, 3).All(seed => Math.Abs(Pass(TrainNeuron(course, 5000, 0.5, (ulong)seed)[^1], 4, 5) - Pass(trained, " +
        "4, 5)) < 1e-3)")]
    public async Task StatedFactHolds(string expression) => Assert.True(await Lesson.Value<bool>(expression));

    [Theory]
    [InlineData("Plane(0, 0, 2).ToSvg().Length")]
    [InlineData("Act(-3, 1, 0).ToSvg().Length")]
    [InlineData("Students(TrainNeuron(Datasets.WillIPass(50, new Generator(9)), 10, 0.1, 9)[^1]).ToSvg().Length")]
    public async Task StudentsMayChangeTheWeights(string figure) => Assert.True(await Lesson.Value<int>(figure) > 1000);

    private static IEnumerable<NotebookCell> Code(Notebook notebook) => notebook.Cells.Where(c => c.Kind == CellKind.Code);
}
