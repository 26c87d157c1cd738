using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

public sealed class Lesson13() : LessonRun("13-initialization.ipynb");

[Collection(SessionTest.OneAtATime)]
public sealed class Lesson13Tests(Lesson13 lesson) : LessonTests<Lesson13>(lesson)
{
    [Theory]
    [InlineData("### With the library")]
    [InlineData("## The formula")]
    [InlineData("### By hand")]
    [InlineData("## Reading the notes' three formulas")]
    [InlineData("### Where the notes slip")]
    [InlineData("### Why He has a 2")]
    [InlineData("## Fifty layers")]
    public void HasTheSection(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void HasEightExercises() =>
        Assert.Equal(8, Lesson.Committed.Cells.Count(c => c.Kind == CellKind.Markdown && c.Tags.Contains("exercise")));

    [Fact]
    public void EveryClaimIsShownToHold()
    {
        NotebookCell[] claims = [.. Lesson.Executed.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Contains("Claim."))];
        Assert.Equal(9, claims.Length);
        Assert.All(claims, cell => Assert.Contains("✓", LessonRun.Shown(cell)));
    }

    [Fact]
    public void HasItsFigures()
    {
        JsonObject[] figures = [.. Lesson.Figures()];
        Assert.Equal(11, figures.Length);
        Assert.Single(figures, f => f["application/vnd.plotly.v1+json"]!["frames"] is JsonArray { Count: 17 });
    }

    // Two neurons that begin alike. E of five targets with mean 0.4 is ½·mean of (t − 0.4)² = 0.12 for a network that only has c.
    [Theory]
    [InlineData("gradient0[0] - gradient0[1]", 0, 0)]
    [InlineData("fromZeros.E[^1]", 0.12, 1e-9)]
    [InlineData("fromConstant.W1.Zip(fromConstant.W2).Max(w => Math.Abs(w.First - w.Second))", 0, 0)]
    [InlineData("Math.Log10(fromRandom.E[^1])", -8, 2)]
    [InlineData("library[0] - fromRandom.W1[100]", 0, 1e-12)]
    public Task TwinsStayTwins(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    // Var(z) = n_in·Var(w)·E(x²), with Var(w) = a²/3 for U(−a, a).
    [Theory]
    [InlineData("measured[0].Average(run => run[^1])", 256, 26)]
    [InlineData("measured[1].Average(run => run[^1])", 2, 0.2)]
    [InlineData("measured[2].Average(run => run[^1])", 1, 0.1)]
    [InlineData("measured[3].Average(run => run[5])", 1, 0.1)]                   // n_in = n_out = 32
    [InlineData("Measured(Init.XavierUniform(XavierFan.In))", 2.0 / 300, 2e-4)]
    [InlineData("Measured(Init.XavierUniform(XavierFan.InOut))", 2.0 / 400, 2e-4)]
    [InlineData("Measured(Init.HeNormal)", 2.0 / 300, 2e-4)]
    [InlineData("Measured(Init.Orthogonal())", 1.0 / 300, 1e-8)]
    [InlineData("passed", 0.5, 0.02)]
    public Task VarianceThroughOneNode(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    // Fifty layers: powers of ten, log₁₀ 2⁵⁰ = 15.05.
    [Theory]
    [InlineData("FarEnd(\"Xavier in\", \"linear\", false)", 15, 1.5)]
    [InlineData("FarEnd(\"Xavier in\", \"linear\", true)", 14.75, 1.5)]
    [InlineData("FarEnd(\"Xavier in+out\", \"linear\", false)", 0, 1.5)]
    [InlineData("FarEnd(\"orthogonal\", \"linear\", false)", 0, 0.1)]
    [InlineData("FarEnd(\"He\", \"ReLU\", false)", 0, 2)]
    [InlineData("FarEnd(\"He\", \"ReLU\", true)", 0, 2)]
    [InlineData("FarEnd(\"Xavier in\", \"ReLU\", true)", 0, 2)]
    [InlineData("FarEnd(\"Xavier in+out\", \"ReLU\", false)", -15, 2)]
    [InlineData("FarEnd(\"normal, σ = 1\", \"tanh\", true)", 34, 5)]
    [InlineData("FarEnd(\"normal, σ = 1\", \"tanh\", false)", 2, 0.2)]
    [InlineData("FarEnd(\"He\", \"sigmoid\", true)", -49, 5)]
    [InlineData("FarEnd(\"He\", \"sigmoid\", false)", 0, 1)]
    [InlineData("factors.Count(f => double.IsNaN(f.backward))", 2, 0)]
    public Task SizesAfterFiftyLayers(string expression, double expected, double tolerance) => IsNumber(expression, expected, tolerance);

    [Theory]
    [InlineData("digits.Count == 27 && digits.Values.All(r => r.Length == 3)")]
    [InlineData("Accuracy(\"He\", \"ReLU\") > 2 * Accuracy(\"orthogonal\", \"ReLU\")")]
    [InlineData("Accuracy(\"orthogonal\", \"tanh\") > 0.9")]
    [InlineData("Accuracy(\"constant 1/n\", \"ReLU\") < 0.3")]
    [InlineData("Accuracy(\"normal, σ = 1\", \"ReLU\") < 0.15")]
    [InlineData("Dead(0, 1) == 0 && Dead(biases.Length - 1, 1) < 50 && Dead(4, 4) > Dead(4, 2)")]
    public async Task StatedFactHolds(string expression) => Assert.True(await Lesson.Value<bool>(expression));

    [Fact]
    public async Task EveryExerciseWaitsForItsAnswer()
    {
        Assert.Equal(9, await Lesson.Value<int>("Check.Results.Count"));
        Assert.Equal(0, await Lesson.Value<int>("Check.Results.Count(r => r.Answered)"));
    }
}
