using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson14() : LessonRun("14-bias-and-variance.ipynb");

[Collection(SessionTest.OneAtATime)]
public sealed class Lesson14Tests(Lesson14 lesson) : LessonTests<Lesson14>(lesson)
{
    [Theory]
    [InlineData("### Whose variance?")]
    [InlineData("## The formula")]
    [InlineData("## By hand")]
    [InlineData("## With the library")]
    [InlineData("## Bias², variance and noise against complexity")]
    [InlineData("## Training error and test error")]
    [InlineData("## More data")]
    [InlineData("## More and more diverse data")]
    [InlineData("## Neural networks: width as complexity")]
    [InlineData("### 2. The trade-off is not a law")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void HasEightExercisesEachWithACheck()
    {
        Assert.Equal(8, Lesson.Committed.Cells.Count(c => c.Kind == CellKind.Markdown && c.Tags.Contains("exercise")));
        Assert.Equal(8,
            Lesson.Committed.Cells.Count(c => c.Tags.Contains("exercise") && c.Tags.Contains("check") && c.Source.Contains("Check.")));
    }

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(10, figures.Length);
    }

    [Fact]
    public void CurvesAndBarsMoveTogetherOverThirteenDegrees()
    {
        JsonNode plotly = Lesson.Figures().Select(f => f["application/vnd.plotly.v1+json"]!)
            .Single(p => p["frames"] is JsonArray { Count: > 0 });
        JsonArray data = plotly["data"]!.AsArray(), frames = plotly["frames"]!.AsArray();
        Assert.Equal(13, frames.Count);
        Assert.All(frames,
            frame => Assert.Equal(2, frame!["traces"]!.AsArray().Select(t => (string?)data[(int)t!]!["xaxis"]).Distinct().Count()));
        Assert.InRange(plotly.ToJsonString().Length, 100_000, 1_000_000);
    }

    [Fact]
    public void EveryCheckCellStatesAClaimThatHolds()
    {
        NotebookCell[] checks = [.. Lesson.Executed.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Contains("Claim."))];
        Assert.True(checks.Length >= 12);
        Assert.All(checks, cell => Assert.Contains("✓", LessonRun.Shown(cell)));
    }

    // The example by hand: exact fractions.
    [Theory]
    [InlineData("Off(green, shown)", 2)]
    [InlineData("Off(red, shown)", 0)]
    [InlineData("eg[0]", 3)]
    [InlineData("eg[1]", 2)]
    [InlineData("eg[2]", 2)]
    [InlineData("er[0]", 1)]
    [InlineData("er[1]", 2)]
    [InlineData("er[2]", 6)]
    [InlineData("Variance(eg)", 2.0 / 9)]
    [InlineData("Variance(er)", 14.0 / 3)]
    [InlineData("Variance(says1)", 2.0 / 3)]
    [InlineData("Variance(says2)", 8.0 / 3)]
    [InlineData("MeanSquare(says1.Select(s => s - 3))", 5.0 / 3)]
    [InlineData("MeanSquare(says2.Select(s => s - 3))", 8.0 / 3)]
    public async Task ExampleByHandIsRight(string expression, double expected) =>
        Assert.Equal(expected, await Lesson.Value<double>(expression), 1e-12);

    // A least-squares fit is linear in y, so its bias and variance are known without any training set: bias from noiseless data, variance
    // from unit vectors.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public async Task BiasAndVarianceAreThoseOfTheLinearFit(int degree)
    {
        double exactBias2 = await Lesson.Value<double>($"Split(Predictions([Fit(xs, [.. xs.Select(f)], {degree})], places), truth).Bias2");
        double exactVariance = await Lesson.Value<double>(
            $"noise * Predictions([.. xs.Select((_, i) => Fit(xs, [.. xs.Select((_, j) => i == j ? 1.0 : 0)], {degree}))], " +
            "places).Sum(row => MeanSquare(row))");
        double bias2 = await Lesson.Value<double>($"bias2[{degree}]"), variance = await Lesson.Value<double>($"variance[{degree}]");
        Assert.Equal(exactVariance, variance, 0.2 * exactVariance);
        Assert.Equal(exactBias2, bias2, 0.01 + 0.01 * exactBias2);
        Assert.Equal(bias2 + variance + 0.09, await Lesson.Value<double>($"sum[{degree}]"), 1e-12);
    }

    [Theory]
    [InlineData("z.Length", 13, 0)]
    [InlineData("z.Max(Math.Abs)", 0, 4)]
    [InlineData("sets", 400, 0)]
    [InlineData("best", 3, 0)]
    [InlineData("bias2[0]", 0.5, 0.01)]                                     // the mean of sin²
    [InlineData("variance[0]", 0.006, 0.0015)]                              // σ²/n
    [InlineData("perWeight.Average()", 1, 0.05)]
    [InlineData("learning[2][^1].Test", 0.09, 0.009)]
    [InlineData("far[At(12)].Variance", 0.487, 0.1)]
    [InlineData("NetTrain(widths.Length - 1)", 0.03, 0.03)]
    public async Task StatedNumberIsRight(string expression, double expected, double tolerance) =>
        Assert.InRange(await Lesson.Value<double>(expression), expected - tolerance, expected + tolerance);

    [Theory]
    [InlineData("e_r.All(e => e > Error(model1, xs, trainY)) && Error(model2, xs, trainY) < 0.01 && e_g.All(e => e < 0.5)")]
    [InlineData("simpleWins.Count(w => w) > 120")]
    [InlineData("Enumerable.Range(0, 13).All(d => Math.Abs(measured[d] - sum[d]) < 0.05 * sum[d])")]
    [InlineData("trainErrors[12] < 0.02 && measured[12] > 0.4")]
    [InlineData("kindTest[1] > 10 * kindTest[3] && kindTest[2] > 100")]
    [InlineData("noisy.All(r => r.Test[bestK] < r.Test[^1] - 0.1) && clean.All(r => r.Test[^1] < 0.08)")]
    [InlineData("atRandom[12].Average() > 100 * Median(atRandom[12]) && atRandom[0].Average() < 1.1 * Median(atRandom[0])")]
    [InlineData("far[At(300)].Variance < far[At(30)].Variance && far[At(300)].Bias2 > far[At(30)].Bias2")]
    public async Task StatedFactHolds(string expression) => Assert.True(await Lesson.Value<bool>(expression));

    [Fact]
    public async Task LongTrainingOverfitsAsTheLastExerciseSays() =>
        Assert.True(await Lesson.Value<double>("MeanTest(5000) / MeanTest(800)") > 1.15);
}
