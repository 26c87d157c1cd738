using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson06() : LessonRun("06-backpropagation.ipynb");

[Collection(SessionTest.OneAtATime)]
public sealed class Lesson06Tests(Lesson06 lesson) : LessonTests<Lesson06>(lesson)
{
    [Theory]
    [InlineData("## The formula")]
    [InlineData("## By hand: forward")]
    [InlineData("## With the library")]
    [InlineData("## Where the notes slip (A)")]
    [InlineData("## Example B")]
    [InlineData("### Where the notes slip (B)")]
    [InlineData("## Example C")]
    [InlineData("### Where the notes slip (C)")]
    [InlineData("## Two paths in general")]
    [InlineData("## Everything on the way must have a slope")]
    [InlineData("## How to trust a gradient")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    // Worked numbers A (S3): values, gradients and updates, to the digits given there.
    [Theory]
    [InlineData("in_h1", 0.3775, 1e-9)]
    [InlineData("in_h2", 0.3925, 1e-9)]
    [InlineData("out_h1", 0.593270, 1e-6)]
    [InlineData("out_h2", 0.596884, 1e-6)]
    [InlineData("in_o1", 1.105906, 1e-6)]
    [InlineData("in_o2", 1.224921, 1e-6)]
    [InlineData("out_o1", 0.751365, 1e-6)]
    [InlineData("out_o2", 0.772928, 1e-6)]
    [InlineData("E", 0.298371, 1e-6)]
    [InlineData("grad_w5", 0.0821670, 1e-7)]
    [InlineData("grad_w1", 0.000438568, 1e-9)]
    [InlineData("notesGradient", 0.0006684, 1e-7)]
    [InlineData("w1 - alpha * notesGradient", 0.1496658, 1e-7)]
    public Task ExampleAByHand(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    [Theory]
    [InlineData("w1", 0.1497807)]
    [InlineData("w2", 0.1995614)]
    [InlineData("w3", 0.2497511)]
    [InlineData("w4", 0.2995023)]
    [InlineData("w5", 0.3589165)]
    [InlineData("w6", 0.4086662)]
    [InlineData("w7", 0.5113013)]
    [InlineData("w8", 0.5613701)]
    public Task ExampleAUpdates(string weight, double expected) => IsNumber($"a.Updated(\"{weight}\")", expected, 1e-7);

    [Theory]
    [InlineData("in4", -0.7)]
    [InlineData("out4", 0.331812)]
    [InlineData("in5", 0.1)]
    [InlineData("out5", 0.524979)]
    [InlineData("in6", -0.104540)]
    [InlineData("out6", 0.473889)]
    public Task ExampleBValues(string name, double expected) => IsNumber($"bHalf.Value(\"{name}\")", expected, 1e-6);

    [Theory]
    [InlineData("w46", -0.2608288)]
    [InlineData("w56", -0.1380251)]
    [InlineData("w14", 0.1921479)]
    [InlineData("w15", -0.3058879)]
    [InlineData("w24", 0.4)]
    [InlineData("w25", 0.1)]
    [InlineData("w34", -0.5078521)]
    [InlineData("w35", 0.1941121)]
    [InlineData("θ6", 0.2180522)]
    [InlineData("θ5", 0.1941121)]
    [InlineData("θ4", -0.4078521)]
    public Task ExampleBUpdates(string weight, double expected) => IsNumber($"bHalf.Updated(\"{weight}\")", expected, 1e-7);

    // The notes print −0.31629, having rounded the factors to three digits on the way; unrounded, their formula gives −0.3164096.
    [Theory]
    [InlineData("bFull.Updated(\"w46\")", -0.2216577, 1e-7)]
    [InlineData("wrong46", -0.31629, 2e-4)]
    public Task ExampleBSlip(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    [Theory]
    [InlineData("cFull.Value(\"in5\")", 0.4)]
    [InlineData("cFull.Value(\"out5\")", 0.598688)]
    [InlineData("cFull.Value(\"in6\")", 1)]
    [InlineData("cFull.Value(\"out6\")", 0.731059)]
    [InlineData("cFull.Value(\"in7\")", -0.333395)]
    [InlineData("cFull.Value(\"out7\")", 0.417415)]
    [InlineData("cFull.Value(\"E\")", 0.3394)]
    [InlineData("cHalf.Value(\"E\")", 0.169703)]
    public Task ExampleCValues(string expression, double expected) => IsNumber(expression, expected, expected == 0.3394 ? 5e-5 : 1e-6);

    [Theory]
    [InlineData("w57", -0.1642915, -0.2321458)]
    [InlineData("w67", 0.3657139, 0.2828569)]
    [InlineData("w07", -0.0733234, -0.1866617)]
    public async Task ExampleCUpdates(string weight, double withoutHalf, double withHalf)
    {
        await IsNumber($"cFull.Updated(\"{weight}\")", withoutHalf, 1e-7);
        await IsNumber($"cHalf.Updated(\"{weight}\")", withHalf, 1e-7);
    }

    [Fact]
    public async Task TrainingLowersTheError()
    {
        Assert.InRange(await Lesson.Value<double>("errorsA[1]"), 0.2905, 0.2915);
        Assert.InRange(await Lesson.Value<double>("errorsA[^1]"), 0, 1e-4);
    }

    [Fact]
    public async Task TheGradientCheckCatchesTheSlipAndNothingElse()
    {
        Assert.False(await Lesson.Value<bool>("slipped.Passed"));
        Assert.True(await Lesson.Value<bool>("GradientCheck.Run(ErrorA, [WA1, bA1, WA2, bA2]).Passed"));
        Assert.InRange(await Lesson.Value<double>("digitErrors.SelectMany(e => e).Max()"), 0, 1e-6);
    }

    [Fact]
    public async Task TheGradientVanishesThroughSigmoidsOnly()
    {
        Assert.InRange(await Lesson.Value<double>("FirstOverTenth(sigmoidRuns)"), 0, 1e-4);
        Assert.InRange(await Lesson.Value<double>("FirstOverTenth(tanhRuns)"), 0.1, 100);
    }

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(11, figures.Length);
        Assert.Single(figures, f => f["application/vnd.plotly.v1+json"]!["frames"] is JsonArray { Count: 41 });
    }

    [Fact]
    public async Task EveryStartingNumberMayBeChanged()
    {
        Notebook changed = Notebook.Load(Lesson.Path);
        void Change(string from, string to)
        {
            NotebookCell cell = changed.Cells.First(c => c.Kind == CellKind.Code && c.Source.Contains(from));
            cell.Source = cell.Source.Replace(from, to);
        }
        Change("i1 = 0.05, i2 = 0.10", "i1 = -1.5, i2 = 0.7");
        Change("w5 = 0.40", "w5 = 6");
        Change("t1 = 0.01", "t1 = 0.6");
        Change("double alpha = 0.5", "double alpha = 0.05");
        Change("xB = [1, 0, 1]", "xB = [0, 1, 0]");
        Change("targetC = 1", "targetC = 0");
        await using var session = new ScriptSession(System.IO.Path.GetDirectoryName(Lesson.Path)!);
        CellFailure? failure = await new NotebookRunner(session).RunAsync(changed);
        Assert.True(failure is null, $"cell {failure?.Number}: {failure?.Error.Message}");
    }

    [Theory]
    [InlineData("double myGradientAtTheTarget = 0.5;", "Check.Number(\"1.", "Not right yet")]
    [InlineData("double myGradientW8 = a.Gradient(\"w7\"), myNewW8 = 0, myGradientW4 = 0;", "Check.Number(\"2. ∂E/∂w8",
        "the gradient of w7")]
    [InlineData("double myGradientW8 = -a.Gradient(\"w8\"), myNewW8 = 0, myGradientW4 = 0;", "Check.Number(\"2. ∂E/∂w8", "the wrong sign")]
    [InlineData("double myGradientW8 = error_o2 * out_h2, myNewW8 = 0, myGradientW4 = 0;", "Check.Number(\"2. ∂E/∂w8",
        "the slope of o2's sigmoid")]
    [InlineData("double myGradientW8 = 0, myNewW8 = w8 + alpha * a.Gradient(\"w8\"), myGradientW4 = 0;",
        "Check.Number(\"2. ∂E/∂w8", "uphill")]
    [InlineData("double myGradientW8 = 0, myNewW8 = 0, myGradientW4 = a.Paths(\"w4\")[0].Product;", "Check.Number(\"2. ∂E/∂w8",
        "the path through o1 alone")]
    [InlineData("double myGradientSharedB2 = a.Gradient(\"b_o2\");", "Check.Number(\"3.", "what o2 says to b2")]
    [InlineData("string[] myUnchanged = [\"w14\", \"w24\", \"w15\", \"w35\"];", "Check.Names(\"4.",
        "w24 does not belong here. One is missing.")]
    [InlineData("string myChoice = \"a\";", "Check.Choice(\"5.", "there are two more")]
    [InlineData("double[] GradientsByHand() => [.. eight.Select(w => a.Paths(w)[0].Product)];", "Check.Array(\"6.",
        "w1 to w4 follow only the path through o1")]
    [InlineData("double[] GradientsByHand() => [.. eight.Select(w => a.Gradient(w) * 2)];", "Check.Array(\"6.",
        "Every number is twice what it should be")]
    [InlineData("double[] GradientsByHand() => [.. eight.Select((w, k) => a.Gradient(w) * (k == 2 ? -1 : 1))];", "Check.Array(\"6.",
        "All is right but w3")]
    [InlineData("double[] GradientsByHand() => [eight.Length, new[] { 1.0 }[eight.Length]];", "Check.Array(\"6.",
        "an index is outside its list or array")]
    [InlineData("Tensor ReluError() => ErrorA(); string myDeadNeuron = \"b\";", "Check.Tensor(\"7.", "the error with the sigmoid")]
    [InlineData("double myFactorPerLayer = (Mean(10) - Mean(2)) / 8;", "Check.Number(\"8.", "the slope of the natural logarithm")]
    public async Task AWrongAnswerIsToldWhatIsWrong(string answer, string check, string message) =>
        Assert.Contains(message, await Lesson.Checked(answer, check));
}
