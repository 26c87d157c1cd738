using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson10() : LessonRun("10-adaptive-optimizers.ipynb");

[Collection(SessionTest.OneAtATime)]
public sealed class Lesson10Tests(Lesson10 lesson) : LessonTests<Lesson10>(lesson)
{
    [Theory]
    [InlineData("## AdaGrad: the formula")]
    [InlineData("### By hand")]
    [InlineData("### With the library")]
    [InlineData("## RMSProp")]
    [InlineData("### RMSProp with Nesterov momentum")]
    [InlineData("## Adadelta")]
    [InlineData("## Adam")]
    [InlineData("### With η, and without")]
    [InlineData("## Why bias correction")]
    [InlineData("## Nadam")]
    [InlineData("## AdamW")]
    [InlineData("## Which one should I start with?")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void HasEightExercises() =>
        Assert.Equal(8, Lesson.Committed.Cells.Count(c => c.Tags.Contains("exercise") && c.Source.Contains("**")));

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(17, figures.Length);
    }

    [Fact]
    public void FiveRacesMoveAllThreePlotsInEachFrame()
    {
        JsonObject[] races = [.. Lesson.Figures().Where(f => f["application/vnd.plotly.v1+json"]!["frames"] is JsonArray { Count: > 0 })];
        Assert.Equal(5, races.Length);
        foreach (JsonObject race in races)
        {
            JsonNode plotly = race["application/vnd.plotly.v1+json"]!;
            JsonArray data = plotly["data"]!.AsArray(), frames = plotly["frames"]!.AsArray();
            Assert.InRange(frames.Count, 60, 61);
            string Plot(JsonNode? trace) => (string?)data[(int)trace!]!["scene"] ?? (string?)data[(int)trace!]!["xaxis"] ?? "x";
            Assert.All(frames, frame => Assert.Equal(3, frame!["traces"]!.AsArray().Select(Plot).Distinct().Count()));
            Assert.InRange(race.ToJsonString().Length, 100_000, 2_000_000);
        }
        Assert.InRange(Lesson.Executed.ToJson().Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public void EveryCheckCellStatesAClaimThatHolds()
    {
        NotebookCell[] checks = [.. Lesson.Executed.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Contains("Claim."))];
        Assert.True(checks.Length >= 20);
        Assert.All(checks, cell => Assert.Contains("✓", LessonRun.Shown(cell)));
    }

    [Theory]
    [InlineData("Root(loud, 3)", 13, 1e-12)]                                     // √(3² + 4² + 12²)
    [InlineData("Root(quiet, 3)", 0.5, 1e-12)]
    [InlineData("loudPath[3]", 1 - 0.1 - 0.1 * 4 / 5 - 0.1 * 12 / 13, 1e-7)]
    [InlineData("quietPath[3]", 1 - 0.1 - 0.1 * 0.8, 1e-7)]
    [InlineData("dying[99] / dying[0]", 0.1, 1e-6)]
    [InlineData("recursive - unrolled", 0, 1e-13)]
    [InlineData("Share(0.9)", 1 - 0.3486784401, 1e-9)]                           // 1 − 0.9¹⁰
    [InlineData("AdamByHand([3, 4, 12], 1, 0.1)[1].ŝ", 3, 1e-12)]
    [InlineData("AdamByHand([3, 4, 12], 1, 0.1)[2].ŝ", 0.67 / 0.19, 1e-12)]
    [InlineData("without[1] - without[0]", -1, 1e-6)]
    [InlineData("none[0]", 3.1622776601683795, 1e-9)]                            // 0.1/√0.001
    [InlineData("noPower[0]", 1, 1e-9)]
    [InlineData("limit", 0.31622776601683794, 1e-9)]
    [InlineData("drawn[0].S", 0.1, 0.02)]
    [InlineData("drawn[0].SHat", 1, 0.15)]
    [InlineData("drawn[^1].RHat", 5, 0.25)]
    [InlineData("wQuiet[^1]", 0.670, 0.03)]                                      // 0.999⁴⁰⁰
    [InlineData("wLoud[^1]", 0.670, 0.03)]
    [InlineData("l2Quiet[^1]", 0, 0.1)]
    [InlineData("l2Loud[^1]", 0.95, 0.05)]
    [InlineData("shortMemory.TakeLast(30).Average()", 1, 0.1)]
    [InlineData("usual.TakeLast(30).Average()", -1, 0.1)]
    public async Task StatedNumberIsRight(string expression, double expected, double tolerance) =>
        Assert.Equal(expected, await Lesson.Value<double>(expression), tolerance);

    [Theory]
    [InlineData("double.IsNaN(asPrinted)")]
    [InlineData("units.All(u => u.Adadelta_under_way == units[0].Adadelta_under_way)")]
    [InlineData("units[1].SGD > 50 * units[0].SGD && units[1].RMSProp > 5 * units[0].RMSProp")]
    [InlineData("rates.Count == 10 && rates.Values.All(r => grid.Contains(r))")]
    [InlineData("results.Values.All(r => r.Count == 10 && r.Values.All(p => p.X.Length == 121 && p.X.All(double.IsFinite)))")]
    [InlineData("entrants.Keys.SequenceEqual(CoursePalette.Optimizers.Select(o => o.Name))")]
    [InlineData("Usable(\"Adam\") > Usable(\"SGD\")")]
    [InlineData("across.Loss[30] > 100 * along.Loss[30]")]
    public async Task StatedFactHolds(string expression) => Assert.True(await Lesson.Value<bool>(expression));

    [Theory]
    [InlineData("Race(saddle with { Start = (1.6, 0) }, \"on the ridge\").Frames.Count")]
    [InlineData("Race(neuron with { Start = (2.5, -1) }, \"elsewhere\").Frames.Count")]
    [InlineData(
        "new Func<int>(() => { var kept = rates[\"SGD\"]; rates[\"SGD\"] = 0.5; int n = Race(ravine, \"SGD flies out\").Frames.Count; " +
        "rates[\"SGD\"] = kept; return n; })()")]
    public async Task StudentsMayChangeStartAndRates(string race) => Assert.Equal(61, await Lesson.Value<int>(race));

    [Theory]
    [InlineData("double myTenthStepTiny = 2e-8, myTenthStepHuge = 0.002;", "Check.Number(\"1.", "This is SGD's step")]
    [InlineData("double myTenthStepTiny = 0, myTenthStepHuge = 0.002;", "Check.Number(\"1.", "twice what it should be")]
    [InlineData("double[] myR = [4, 8, 12], myW = []; double myLastR = 0, myLastStep = 0;", "Check.Array(\"2. r",
        "AdaGrad's r, the sum of all squares")]
    [InlineData("double[] myR = [4, 7, 9.25], myW = []; double myLastR = 0, myLastStep = 0;", "Check.Array(\"2. r",
        "is weighted with 1 − ρ")]
    [InlineData("double[] myR = [], myW = WAfter(rightR, r => 0.1 / r * 2); double myLastR = 0, myLastStep = 0;", "Check.Array(\"2. r",
        "divides by the root of r")]
    [InlineData("double myFirstStep = 100; string myReason = \"b\";", "Check.Number(\"3.", "the step divides by its root")]
    [InlineData("double myFirstStep = 100; string myReason = \"a\";", "Check.Number(\"3.", "They are not in balance")]
    [InlineData("double myFactorAtTheLimit = 1;", "Check.Number(\"4.", "the wrong sign")]
    [InlineData("string myLeavers = \"c\";", "Check.Choice(\"5.", "it is 0")]
    [InlineData("List<double> AdadeltaByHand(double[] g, double w, double rho, double delta) => RmsPropByHand(g, w, 0.001, rho);",
        "Check.Function(\"6.", "None of the numbers is right yet")]
    [InlineData(
        "List<double> AdadeltaByHand(double[] g, double w, double rho, double delta) => [w, .. WAfter(Slip(g, (s, r) => (s + 1e-6) / (r " +
        "+ 1e-6)), v => -v)];",
        "Check.Function(\"6.", "The roots are missing")]
    [InlineData("List<double> AdadeltaByHand(double[] g, double w, double rho, double delta) => [w, g[g.Length]];", "Check.Function(\"6.",
        "an index is outside its list or array")]
    [InlineData("Func<Parameter[], Optimizer> makeAmsGrad = w => new Adam(w, 0.03, beta1: 0, beta2: 0.1);", "Check.That(\"7.",
        "It does not end near −1")]
    [InlineData("Func<Parameter[], Optimizer> makeAmsGrad = w => null;", "Check.That(\"7.", "something it uses is null")]
    [InlineData("double[] myRatios = [10, 5, 10];", "Check.That(\"8.", "each a power of √10")]
    public async Task AWrongAnswerIsToldWhatIsWrong(string answer, string check, string message) =>
        Assert.Contains(message, await Lesson.Checked(answer, check));
}
