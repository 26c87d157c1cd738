using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson36() : LessonRun("36-gpu-execution.ipynb");

/// <summary>As it is without a GPU device, which is how the course is built unless asked otherwise.</summary>
[Collection(SessionTest.OneAtATime)]
public sealed class Lesson36Tests(Lesson36 lesson) : LessonTests<Lesson36>(lesson)
{
    [Theory]
    [InlineData("### Five words")]
    [InlineData("## The formula")]
    [InlineData("### By hand: the naive product")]
    [InlineData("### The tiled product")]
    [InlineData("## Neighbours travel together")]
    [InlineData("## What bounds a kernel")]
    [InlineData("### Why batches")]
    [InlineData("## With the library: real kernels")]
    [InlineData("## On your own machine")]
    [InlineData("### The crossover")]
    [InlineData("### What starting costs this network")]
    [InlineData("### 1. A barrier forgotten")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void HasNineExercises() =>
        Assert.Equal(9, Lesson.Committed.Cells.Count(c => c.Kind == CellKind.Markdown && c.Tags.Contains("exercise")));

    [Fact]
    public void EveryClaimIsShownToHold()
    {
        NotebookCell[] claims = [.. Lesson.Executed.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Contains("Claim."))];
        Assert.Equal(8, claims.Length);
        Assert.All(claims, cell => Assert.Contains("✓", LessonRun.Shown(cell)));
    }

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(11, figures.Length);
        Assert.Single(figures, f => f["application/vnd.plotly.v1+json"]!["frames"] is JsonArray { Count: 5 });
    }

    // By hand: 2·16³ = 8192. In tiles of 4 a quarter. The naive group asks for rows of A: one sector for 4 threads, 4 rows to the warp.
    [Theory]
    [InlineData("added.Loads", 16)]
    [InlineData("added.Stores", 8)]
    [InlineData("added.Bytes", 96)]
    [InlineData("naive.Loads", 8192)]
    [InlineData("naive.Stores", 256)]
    [InlineData("naive.Flops", 8192)]
    [InlineData("naive.LoadsOf(A).Min()", 16)]
    [InlineData("naive.LoadsOf(B).Max()", 16)]
    [InlineData("tiled.Loads", 2048)]
    [InlineData("tiled.SharedLoads", 8192)]
    [InlineData("tiled.SharedStores", 2048)]
    [InlineData("tiled.Barriers", 128)]
    [InlineData("byTile[0].Loads", 8192)]
    [InlineData("byTile[4].Loads", 512)]
    [InlineData("Most(naive)", 4)]
    [InlineData("Most(tiled)", 1)]
    public Task WhatIsCounted(string expression, double expected) => IsNumber(expression, expected, 0);

    // A warp down: 4 sectors an instruction; along: 32. Loads and stores, 2 warps, 64 rounds.
    [Theory]
    [InlineData("down.Sectors", 2 * 2 * 64 * 4)]
    [InlineData("along.Sectors", 2 * 2 * 64 * 32)]
    [InlineData("down.Loads", 4096)]
    [InlineData("along.Stores", 4096)]
    [InlineData("FirstLoad(down).Cast<double>().Count(v => v == 2)", 32)]
    [InlineData("FirstLoad(down).Cast<double>().Count(v => v == 1)", 0)]
    [InlineData("FirstLoad(along).Cast<double>().Count(v => v == 2)", 32)]
    [InlineData("FirstLoad(along).Cast<double>().Count(v => v == 1)", 7 * 32)]
    public Task Coalescing(string expression, double expected) => IsNumber(expression, expected, 0);

    // 32 warps, each queueing 31 times; an odd pitch never.
    [Theory]
    [InlineData("Mirror(32).BankConflicts", 32 * 31)]
    [InlineData("Mirror(33).BankConflicts", 0)]
    [InlineData("SectorsOf(x => 3 * x)", 12)]
    [InlineData("SectorsOf(x => x / 4)", 1)]
    [InlineData("ofTile8.Loads", 8192)]
    public Task WhatTheExercisesCount(string expression, double expected) => IsNumber(expression, expected, 0);

    // With P = 67·10¹², β = 4.8·10¹², 4 µs a start; a processor of 0.2·10¹² and 0.2 µs. 2n³ > 3.8·10⁻⁶/(1/P′ − 1/P) from n = 73 on.
    [Theory]
    [InlineData("crossing", 73, 0)]
    [InlineData("corner", 67 / 4.8, 1e-9)]
    [InlineData("added.Intensity", 1.0 / 12, 1e-12)]
    [InlineData("naive.Intensity", 8192.0 / (4 * (8192 + 256)), 1e-12)]
    [InlineData("byTile[4].Intensity", 8192.0 / (4 * (512 + 256)), 1e-12)]
    [InlineData("Roof(0.25)", 1.2, 1e-9)]
    [InlineData("Roof(16)", 67, 1e-9)]
    [InlineData("LayerIntensity(1, 784, 256)", 0.4974, 1e-4)]
    [InlineData("enoughBatch", 33, 0)]
    [InlineData("computing", 6 * 64 * (64 * 64 + 64 * 64 + 64 * 10) / 67e12, 1e-15)]
    public Task WhatTheModelSays(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    // A step of the digits' network: a loss and its gradient, an update for each of six parameters, three products forward and five back.
    // How the library cuts the rest into kernels may change.
    [Theory]
    [InlineData("digitsStep.Counts[\"CrossEntropy\"] == 1 && digitsStep.Counts[\"CrossEntropyGradient\"] == 1")]
    [InlineData("digitsStep.Counts[\"Update\"] >= 1 && digitsStep.Total is > 10 and < 40")]
    [InlineData("starting == digitsStep.Total * cardStart && idle[0] > 99 && idle[^1] < 20")]
    [InlineData("TwoLayers(32).Kernels.Total == TwoLayers(512).Kernels.Total")]
    [InlineData("onCpu.Length == 3 && onCpu.All(run => run.Accuracy > 0.94) && accuracy > 0.95")]
    [InlineData("gpu == null && !isCard && !isStandIn && onGpu.Length == 0 && onDevice.Count == 0")]
    [InlineData(
        "onProcessor.Times.All(s => s > 0) && onProcessor.Sides.Length > 3 && crossover.Points.Count >= 1 && assumedSteps.Length == " +
        "crossover.Points.Count")]
    [InlineData("mistakes.All(map => map.Cast<double>().Any(v => v != 0))")]
    public async Task StatedFactHolds(string expression) => Assert.True(await Lesson.Value<bool>(expression));

    [Theory]
    [InlineData("found", "No card: what follows is measured on the processor")]
    [InlineData("found", "course gpu enable")]
    [InlineData("race", "A race: thread (1, 0) of group (0, 0) reads tileA[0], which thread (0, 0) of the same group writes")]
    [InlineData("left", "A barrier that not all reach: of group (3, 0)")]
    [InlineData("ToldOf(Turned)", "A race: thread 4 of group 0 writes near[4], which thread 3 of the same group reads")]
    [InlineData("overtaken", "No card is timed here")]
    [InlineData("DeviceChoice.For(DigitsNet(new Generator(1)), batch).Why", "Device.Cpu runs the same models")]
    [InlineData("verdict", "this processor measured, the card assumed")]
    public async Task WhatIsSaid(string expression, string text) => Assert.Contains(text, await Lesson.Value<string>(expression));

    [Fact]
    public async Task OtherSizesAndAnotherCardMayBePutIn()
    {
        Notebook changed = Notebook.Load(Lesson.Path);
        void Change(string from, string to)
        {
            NotebookCell cell = changed.Cells.First(c => c.Kind == CellKind.Code && c.Source.Contains(from));
            cell.Source = cell.Source.Replace(from, to);
        }
        Change("int n = 16;", "int n = 32;");
        Change("int watched = 6;", "int watched = 40;");
        Change("cardRate = 67e12, cardBytes = 4.8e12", "cardRate = 5e12, cardBytes = 0.2e12");
        Change("seeds = [1, 2, 3]", "seeds = [7]");
        Change("orders = [1, 2, 3]", "orders = [11, 12, 13]");
        await using var session = new ScriptSession(System.IO.Path.GetDirectoryName(Lesson.Path)!);
        CellFailure? failure = await new NotebookRunner(session).RunAsync(changed);
        Assert.True(failure is null, $"cell {failure?.Number}: {failure?.Error.Message}");
    }

    [Fact]
    public void TheKernelsShownAreTheKernelsThatRun()
    {
        string shown = Lesson.Markdown[(Lesson.Markdown.IndexOf("```csharp", StringComparison.Ordinal) + 9)..];
        shown = shown[..shown.IndexOf("```", StringComparison.Ordinal)].Trim();
        string file = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Lesson.Path)!,
            "../lib/DeepLearning.Gpu/Lesson/LessonKernels.cs");
        string kernels =
            string.Join("\n", File.ReadAllLines(file).Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));
        Assert.Contains("public static void Naive", shown);
        Assert.Contains("public static void Tiled", shown);
        Assert.Contains(shown, kernels);
    }

    [Theory]
    [InlineData("string answer1 = \"a\";", "Check.Choice(\"1.", "How often does ReLU need each?")]
    [InlineData("string answer1 = \"b\";", "Check.Choice(\"1.", "it waits for memory")]
    [InlineData("double myLoads = 65536, mySharedLoads = 65536, myIntensity = 2;", "Check.Number(\"2. loads", "the naive product's")]
    [InlineData("double myLoads = 8192, mySharedLoads = 8192, myIntensity = 2;", "Check.Number(\"2. loads",
        "Read is every factor of every product")]
    [InlineData("double myLoads = 8192, mySharedLoads = 65536, myIntensity = 2;", "Check.Number(\"2. loads", "leaves the stores out")]
    [InlineData("double mySectorsOf3 = 32, mySectorsOfQuarter = 8;", "Check.Number(\"3. every", "Some threads still share a sector")]
    [InlineData("double mySectorsOf3 = 12, mySectorsOfQuarter = 8;", "Check.Number(\"3. every", "they lie side by side")]
    [InlineData("IEnumerable<GroupBarrier> Mended(GridThread t) => Turned(t);", "Check.Array(\"4.", "A race")]
    [InlineData("double myPitch = 32;", "Check.Number(\"5.", "all of one bank")]
    [InlineData("double myPitch = 31;", "Check.Number(\"5.", "no room in it")]
    [InlineData(
        "void SumColumns(GridThread t) { float sum = 0; for (int k = 0; k < side; k++) sum += from[t.X * side + k]; " +
        "columnSums[t.X] = sum; }",
        "Check.Array(\"6.", "These are the sums of the rows")]
    [InlineData(
        "IEnumerable<GroupBarrier> SumTree(GridThread t) { if (t.Lane == 0) { float sum = 0; for (int i = 0; i < 64; " +
        "i++) sum += addends[i]; total[0] = sum; } yield break; }",
        "Check.Array(\"7.", "halving the distance")]
    [InlineData("IEnumerable<GroupBarrier> SumTree(GridThread t) { GridMemory near = t.Shared(\"near\", 64); near[t.Lane] = addends[t.X]; "
        +
        "for (int step = 32; step > 0; step /= 2) { if (t.Lane < step) { yield return t.Barrier; near[t.Lane] += near[t.Lane + step]; " +
        "} } if (t.Lane == 0) total[0] = near[0]; }",
        "Check.Array(\"7.", "A barrier that not all reach")]
    [InlineData("double myLoadsOfTwo(int n, int T) => 2.0 * n * n * n / T; IEnumerable<GroupBarrier> TwoEach(GridThread t) => Tiled(t);",
        "Check.Number(\"8.", "one number a thread")]
    public async Task AWrongAnswerIsToldWhatIsWrong(string answer, string check, string message) =>
        Assert.Contains(message, await Lesson.Checked(answer, check));
}
