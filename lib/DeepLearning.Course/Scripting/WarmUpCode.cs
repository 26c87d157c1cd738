using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// Runs typical cells once per process, so that the compiler and the engine are themselves compiled before a student's first cell.
/// </summary>
internal static class WarmUpCode
{
    /// <summary>What lessons use: lambdas, interpolation, records, a class, await, the library, a table.</summary>
    public const string Typical = """
        record Row(int Step, double Loss);
        class Counter { public int Value { get; private set; } public void Add(int by) { for (var i = 0; i < by; i++) Value++; } }
        double Square(double v) => v * v;
        var rows = Enumerable.Range(0, 3).Select(i => new Row(i, Square(i))).ToList();
        var counter = new Counter();
        foreach (var row in rows) counter.Add(row.Step);
        Console.WriteLine($"{rows.Count} rows, {rows.Sum(r => r.Loss):F3}, {counter.Value}");
        await Task.Yield();
        rows
        """;

    /// <summary>Typical cells that succeed, in order.</summary>
    public static readonly string[] Cells =
    [
        Typical,
        "rows[0].Display(); display(counter.Value)",
        "Tensor.Ones(2, 3).MatMul(Tensor.Ones(3, 2)) + 1",
        "Figure.Line(v => v * v, (0, 1)).YAxis(\"loss\")",
    ];

    private static readonly Lazy<Task> s_once = new(RunAsync);

    /// <summary>Ends when they have run, in this call or an earlier one.</summary>
    public static Task RunOnceAsync() => s_once.Value;

    private static async Task RunAsync()
    {
        var session = new ScriptSession(AppContext.BaseDirectory);
        await using (session.ConfigureAwait(false))
        {
            foreach (string code in (string[])[.. Cells, "undefined + 1", "throw new Exception()"])
                await session.RunAsync(code, new NoOutput()).ConfigureAwait(false);
            session.Complete("rows.", 5);
        }
    }

    private sealed class NoOutput : IOutput
    {
        public void Stream(StreamName name, string text) { }

        public void Display(DisplayData data) { }

        public void Update(DisplayData data) { }

        public void Clear(bool wait) { }
    }
}
