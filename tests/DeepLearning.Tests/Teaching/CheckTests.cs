using static DeepLearning.CheckOutcome;

namespace DeepLearning.Tests.Teaching;

/// <summary>Each test writes in a book of its own, as each session does.</summary>
public class CheckTests
{
    private static readonly double[,] s_matrix = { { 1, 2, 3 }, { 4, 5, 7 } };
    private static readonly double[] s_vector = [0.5, -1.25, 3, 0.75];

    public CheckTests() => CheckBook.Current = new CheckBook();

    private static void Says(CheckResult result, CheckOutcome outcome, string message)
    {
        Assert.Contains(message, result.Message);
        Assert.Equal(outcome, result.Outcome);
    }

    private static double[,] Map(double[,] m, Func<double, double> f)
    {
        double[,] result = (double[,])m.Clone();
        for (int i = 0; i < m.GetLength(0); i++)
            for (int j = 0; j < m.GetLength(1); j++) result[i, j] = f(m[i, j]);
        return result;
    }

    private static double[,] Transposed(double[,] m)
    {
        double[,] result = new double[m.GetLength(1), m.GetLength(0)];
        for (int i = 0; i < m.GetLength(0); i++)
            for (int j = 0; j < m.GetLength(1); j++) result[j, i] = m[i, j];
        return result;
    }

    [Theory]
    [InlineData(0.08216704, Right, "Right.")]
    [InlineData(0.082170, Right, "Right.")]
    [InlineData(double.NaN, Unanswered, "not answered yet: put your number in place of double.NaN")]
    [InlineData(-0.08216704, Wrong, "wrong sign")]
    [InlineData(2 * 0.08216704, Wrong, "twice what it should be: is a ½ missing")]
    [InlineData(0.08216704 / 2, Wrong, "half of what it should be")]
    [InlineData(-2 * 0.08216704, Wrong, "has the wrong sign, and is twice")]
    [InlineData(4 * 0.08216704, Wrong, "a 2 that came in twice")]
    [InlineData(10 * 0.08216704, Wrong, "is 1/n missing (a sum where a mean is wanted)")]
    [InlineData(0.008216704, Wrong, "divided by n once too often")]
    [InlineData(1 / 0.08216704, Wrong, "upside down")]
    [InlineData(0.0825, Wrong, "rounded too early")]
    [InlineData(0.36350306, Wrong, "you followed only one path")]
    [InlineData(0.2, Wrong, "too large")]
    [InlineData(0.03, Wrong, "too small")]
    [InlineData(-0.3, Wrong, "the sign is not right either")]
    [InlineData(double.PositiveInfinity, Wrong, "infinite")]
    public void ANumber(double answer, CheckOutcome outcome, string message) =>
        Says(Check.Number("1", answer, 0.08216704, n: 10, mistakes: [(0.36350306, "you followed only one path")]), outcome, message);

    [Fact]
    public void ANumberThatIsZero()
    {
        Says(Check.Number("1", 0, 0), Right, "Right");
        Says(Check.Number("1", 0, 3e-17), Right, "Right");
        Says(Check.Number("1", 0.5, 0), Wrong, "Not right yet");
        Says(Check.Number("1", 0.5, 3e-17), Wrong, "Not right yet");
        Says(Check.Number("1", null, 0), Unanswered, "not answered yet");
    }

    [Fact]
    public void AList()
    {
        CheckResult Of(params double[] answer) => Check.Array("1", answer, s_vector, n: 32, names: ["w1", "w2", "w3", "w4"]);
        Says(Of(s_vector), Right, "Right.");
        Says(Of(), Unanswered, "not answered yet");
        Says(Of(double.NaN, double.NaN, double.NaN, double.NaN), Unanswered, "not answered yet");
        Says(Of([.. s_vector.Select(v => -v)]), Wrong, "Every number has the right size and the wrong sign");
        Says(Of([.. s_vector.Select(v => 32 * v)]), Wrong, "is 1/n missing");
        Says(Of([.. s_vector.Select(v => 4 * v)]), Wrong, "is 1/4 missing");
        Says(Of([.. s_vector.Select(v => v / 2)]), Wrong, "Every number is half");
        Says(Of([.. s_vector.Select(v => 1.7 * v)]), Wrong, "1.7 times what it should be: one constant factor");
        Says(Of([.. s_vector.Select(v => v + 1)]), Wrong, "off by the same 1");
        Says(Of([.. s_vector.Reverse()]), Wrong, "reverse order");
        Says(Of(-1.25, 0.5, 3, 0.75), Wrong, "not in the right order");
        Says(Of(0, 0, 0, 0), Wrong, "All numbers are 0");
        Says(Of(0.5, -1.25, 2.2, 0.75), Wrong, "Only w3 is wrong, all others are right.");
        Says(Of(0.5, -1.25, 0, 0.75), Wrong, "Only w3 is wrong");
        Says(Of(0.5, 1.25, -3, 0.75), Wrong, "All is right but w2, w3. There: every number has the right size and the wrong sign");
        Says(Of(0.5, -0.3, -4, 0.75), Wrong, "2 of 4 numbers are wrong: w2, w3.");
        Says(Of(5, 2, -7, -1), Wrong, "None of the numbers is right yet");
        Says(Of(0.502, -1.251, 3.01, 0.752), Wrong, "rounded too early");
        Says(Of(0.5, double.NaN, 3, 0.75), Wrong, "The number at w2 is NaN");
        Says(Of(0.5, -1.25, 3), Wrong, "These are 3 numbers, but 4 are wanted");
    }

    [Fact]
    public void AMatrix()
    {
        CheckResult Of(double[,] answer) => Check.Array("1", answer, s_matrix, n: 16);
        Says(Of(s_matrix), Right, "Right.");
        Says(Of(new double[0, 0]), Unanswered, "not answered yet");
        Says(Of(Transposed(s_matrix)), Wrong, "Rows and columns are exchanged: this is the transpose");
        Says(Of(new double[3, 2]), Wrong, "Is one matrix transposed, or a product the wrong way round?");
        Says(Of(Map(s_matrix, v => -v)), Wrong, "wrong sign");
        Says(Of(Map(s_matrix, v => 16 * v)), Wrong, "is 1/n missing");
        Says(Of(Map(s_matrix, v => v == 5 ? 6 : v)), Wrong, "Only [1, 1] is wrong, all others are right.");
        Says(Of(new double[,] { { 1, 2, 3 }, { 9, 5.5, 1 } }), Wrong, "3 of 6 numbers are wrong: row 1");
        Says(Of(new double[,] { { 1, 2, 9 }, { 4, 5, 1 } }), Wrong, "2 of 6 numbers are wrong: column 2");
        Says(Of(new double[,] { { 1, 2, 3 }, { 1, 2, 3 } }), Wrong, "All rows are the same: was one row broadcast");
        Says(Of(new double[,] { { 1, 1, 1 }, { 4, 4, 4 } }), Wrong, "All columns are the same");
        Says(Of(new double[2, 2]), Wrong, "The shape is [2, 2], but [2, 3] is wanted");
        double[,] square = { { 1, 2 }, { 3, 4 } };
        Says(Check.Array("2", Transposed(square), square), Wrong, "the transpose of the right matrix");
        Says(Check.Array("2", Map(square, v => v + 5), square, mistakes: [(Map(square, v => v + 5), "five is not needed")]), Wrong,
            "five is not needed");
    }

    [Fact]
    public void ATensor()
    {
        Tensor rows = Tensor.From(new double[,] { { 1, 2, 3 }, { 4, 5, 7 } }), sum = rows.Sum(0), mean = rows.Mean(0);
        Says(Check.Tensor("1", rows, rows), Right, "Right.");
        Says(Check.Tensor("1", (Tensor?)null, rows), Unanswered, "not answered yet");
        Says(Check.Tensor("1", rows.Transpose(), rows), Wrong, "this is the transpose");
        Says(Check.Tensor("1", rows.Reshape(6), rows), Wrong, "The numbers are right. The shape is [6], but [2, 3] is wanted: reshape");
        Says(Check.Tensor("1", rows, sum), Wrong, "not yet added up over axis 0");
        Says(Check.Tensor("1", rows, mean), Wrong, "the mean over axis 0 is not yet taken");
        Says(Check.Tensor("1", sum, rows), Wrong, "Added up over axis 0, where every number is wanted by itself");
        Says(Check.Tensor("1", Tensor.Ones(3, 3), sum), Wrong, "broadcasting made a square");
        Says(Check.Tensor("1", () => throw new InvalidOperationException("no."), rows), Wrong,
            "Your code stopped with InvalidOperationException: no.");
    }

    [Fact]
    public void ATensorWhoseScopeHasEndedIsExplained()
    {
        Tensor gone;
        using (Tensor.Scope()) gone = Tensor.Ones(3) * 2;
        Says(Check.Tensor("1", gone, Tensor.Ones(3)), Wrong, "Keep");
    }

    [Fact]
    public void AMethodThatReturnsNumbers()
    {
        CheckResult Of(Func<double[]?> answer) => Check.Array("1", answer, s_vector);
        Says(Of(() => s_vector), Right, "Right.");
        Says(Of(() => []), Unanswered, "not answered yet");
        Says(Of(() => null), Unanswered, "not answered yet");
        Says(Of(() => throw new NotImplementedException()), Unanswered, "write the method");
        Says(Of(() => [s_vector[s_vector.Length]]), Wrong, "an index is outside its list or array");
    }

    [Fact]
    public void AFunctionOfANumber()
    {
        CheckResult Of(Func<double, double>? answer) =>
            Check.Function("1", answer, v => Math.Tanh(v), -3, 3, mistakes: [(v => 1 / (1 + Math.Exp(-v)), "this is σ")]);
        Says(Of(Math.Tanh), Right, "Right.");
        Says(Of(null), Unanswered, "not answered yet");
        Says(Of(_ => throw new NotImplementedException()), Unanswered, "not answered yet");
        Says(Of(_ => double.NaN), Unanswered, "not answered yet");
        Says(Of(v => -Math.Tanh(v)), Wrong, "wrong sign");
        Says(Of(v => Math.Tanh(v) / 2), Wrong, "half of what it should be");
        Says(Of(v => 1 / (1 + Math.Exp(-v))), Wrong, "this is σ");
        Says(Of(v => v < -1 ? v : Math.Tanh(v)), Wrong, "numbers are wrong: the input -");
        Says(Of(_ => throw new InvalidOperationException("no.")), Wrong, "stopped with InvalidOperationException: no. It was called with ");
    }

    [Fact]
    public void AFunctionOfAList()
    {
        static double[] Draw(Generator rng) => [.. Enumerable.Range(0, 5).Select(_ => rng.Normal())];
        static double[] Centred(double[] v) => [.. v.Select(x => x - v.Average())];
        CheckResult Of(Func<double[], double[]?> answer) => Check.Function<double[], double[]?>("1", answer, Centred, Draw,
            mistakes: [(v => [.. v.Select(x => x - v.Max())], "the largest is taken off, not the mean")]);
        Says(Of(Centred), Right, "Right.");
        Says(Of(v => { double mean = v.Average(); for (int i = 0; i < v.Length; i++) v[i] -= mean; return v; }), Right, "Right.");
        Says(Of(_ => []), Unanswered, "not answered yet");
        Says(Of(_ => null), Unanswered, "not answered yet");
        Says(Of(v => [.. Centred(v).Select(x => -x)]), Wrong, "wrong sign");
        Says(Of(v => v), Wrong, "off by the same");
        Says(Of(v => [.. v.Select(x => x - v.Max())]), Wrong, "the largest is taken off");
        Says(Of(v => v[0] > 0 ? null : v), Wrong, "returns nothing");
    }

    [Fact]
    public void AChoice()
    {
        CheckResult Of(string? answer) =>
            Check.Choice("1", answer, ("a", false, "Not so: σ is flat there."), ("b", 1 + 1 == 2, "The slope is small."));
        Says(Of(""), Unanswered, "choose one of a, b");
        Says(Of(null), Unanswered, "not answered yet");
        Says(Of(" B"), Right, "Right. The slope is small.");
        Says(Of("a"), Wrong, "σ is flat");
        Says(Of("d"), Wrong, "“d” is not among the choices a, b");
    }

    [Fact]
    public void ASetOfNames()
    {
        CheckResult Of(params string[] answer) => Check.Names("1", answer, ["w14", "w15"]);
        Says(Of(), Unanswered, "not answered yet");
        Says(Of("w15", "w14"), Right, "Right.");
        Says(Of("w14"), Wrong, "One is missing.");
        Says(Of("w14", "w34"), Wrong, "w34 does not belong here. One is missing.");
        Says(Of("w14", "w15", "w24", "w25"), Wrong, "w24, w25 do not belong here.");
    }

    [Fact]
    public void ACondition()
    {
        Says(Check.That("1", (bool?)null, "still falling"), Unanswered, "not answered yet");
        Says(Check.That("1", true, "still falling"), Right, "Right.");
        Says(Check.That("1", false, "still falling"), Wrong, "still falling");
        Says(Check.That("1", () => true, "still falling"), Right, "Right.");
        Says(Check.That("1", () => false, "still falling"), Wrong, "still falling");
        Says(Check.That("1", () => null, "still falling"), Unanswered, "not answered yet");
        Says(Check.That("1", () => throw new NotImplementedException(), "still falling"), Unanswered, "not answered yet");
        Says(Check.That("1", () => ((string?)null)!.Length > 0, "still falling"), Wrong, "something it uses is null");
    }

    [Fact]
    public void EveryOtherWrongAnswerUncoversOneMoreHint()
    {
        string Of(double answer) => Check.Number("2", answer, 1).Hints("look", "think", "compute").ToString();
        Assert.Equal("… 2: not answered yet: put your number in place of double.NaN.\n  Hint 1 of 3: look", Of(double.NaN));
        Assert.EndsWith("Hint 1 of 3: look", Of(0.3));
        Assert.EndsWith("Hint 1 of 3: look", Of(0.3));
        Assert.EndsWith("Hint 1 of 3: look\n  Hint 2 of 3: think", Of(0.4));
        Assert.EndsWith("Hint 3 of 3: compute", Of(0.6));
        Assert.EndsWith("Hint 3 of 3: compute", Of(0.7));
        Assert.Equal("✓ 2: Right.", Of(1));
        Check.Reset("2");
        Assert.EndsWith("Hint 1 of 3: look", Of(0.7));
    }

    [Fact]
    public void ResultsHoldTheLastOfEachExercise()
    {
        Check.Number("1", 2, 1);
        Check.Number("2", double.NaN, 1);
        Check.Number("1", 1, 1);
        Assert.Equal([("1", true, true), ("2", false, false)], Check.Results.Select(r => (r.Exercise, r.Passed, r.Answered)));
        Check.Reset();
        Assert.Empty(Check.Results);
    }

    [Fact]
    public void PartsAreShownTogether()
    {
        CheckResults parts = Check.All(Check.Number("2a", 1, 1), Check.Number("2b", double.NaN, 1).Hints("look"));
        Assert.Equal("✓ 2a: Right.\n… 2b: not answered yet: put your number in place of double.NaN.\n  Hint: look", parts.ToString());
        Assert.False(parts.Passed);
        Assert.False(parts.Answered);
        Assert.True(Check.All(parts.Parts[0]).Passed);
    }
}
