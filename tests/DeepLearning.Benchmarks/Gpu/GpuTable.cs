using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>What is printed, or written as CSV, when all is measured.</summary>
internal sealed class GpuTable
{
    private readonly GpuRow[] _rows;
    private readonly bool _tf32;

    /// <param name="comparisons">In the order of the lines.</param>
    /// <param name="judged">Whether figures can reach or miss their goals, as those of small sizes cannot.</param>
    public GpuTable(IReadOnlyList<GpuComparison> comparisons, bool judged)
    {
        GpuComparison? copy = comparisons.FirstOrDefault(c => c.Workload.Name == GpuWorkload.Copy);
        // What the card can do is what the faster of the two does.
        double? bandwidth = copy?.Theirs > copy?.Ours ? copy?.Theirs : copy?.Ours ?? copy?.Theirs;
        _rows = [.. comparisons.Select(c => new GpuRow(c, bandwidth, judged))];
        _tf32 = comparisons.Any(c => c.Tf32 is not null);
    }

    public IReadOnlyList<GpuRow> Rows => _rows;

    /// <summary>Speeds beside goals, then what a call costs the program and the card's memory.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{"workload",-17}{"unit",-9}{"ours",10}{"PyTorch",10}{(_tf32 ? $"{"TF32",10}" : "")}" +
            $"{"ratio",8}{"of copy",9}{"theirs",8}  {"goal",-14}{"",-8}{"spread",7}";
        foreach (GpuRow row in _rows)
        {
            GpuComparison c = row.Of;
            yield return c.Problem is { } problem && c.Ours is null
                ? $"{c.Workload.Name,-17}{c.Workload.Unit,-9}    failed: {problem}"
                : $"{c.Workload.Name,-17}{c.Workload.Unit,-9}{Figure(c.Ours),10}{Figure(c.Theirs),10}" +
                    $"{(_tf32 ? $"{Figure(c.Tf32),10}" : "")}{Times(row.Ratio),8}{Share(row.OfCopy),9}{Share(row.TheirsOfCopy),8} " +
                  $" {row.GoalText,-14}{(row.Met switch { true => "met", false => "missed", null => "" }),-8}{Share(c.Spread),7}";
        }
        yield return "";
        yield return $"{"a call",-17}{"launches",9}{"waits",7}{"µs",10}{"host µs",10}{"µs/launch",11}{"MB held",9}   " +
            $"{"PyTorch µs",11}{"host µs",10}{"MB held",9}";
        foreach (GpuRow row in _rows)
        {
            (GpuMeasured? ours, GpuMeasured? theirs) = (row.Of.OurCalls, row.Of.TheirCalls);
            yield return $"{row.Of.Workload.Name,-17}{Figure(ours?.Launches),9}{Figure(ours?.Waits),7}{Figure(1e6 * ours?.Seconds),10}" +
                $"{Figure(1e6 * ours?.HostSeconds),10}{Figure(1e6 * ours?.HostSecondsPerLaunch),11}{Figure(ours?.BytesHeld / 1e6),9}   " +
                $"{Figure(1e6 * theirs?.Seconds),11}{Figure(1e6 * theirs?.HostSeconds),10}{Figure(theirs?.BytesHeld / 1e6),9}";
        }
    }

    /// <summary>The same as comma-separated values, after the environment as comments.</summary>
    public IEnumerable<string> Csv(IEnumerable<string> environment)
    {
        foreach (string line in environment) yield return "# " + line.TrimStart('#', ' ');
        yield return "workload,unit,ours,pytorch,pytorch_tf32,ratio,of_copy,pytorch_of_copy,goal,at_least,met,spread,launches,waits," +
            "call_us,host_us,host_us_per_launch,mb_held,pytorch_call_us,pytorch_host_us,pytorch_mb_held,problem";
        foreach (GpuRow row in _rows)
        {
            GpuComparison c = row.Of;
            double?[] speeds = [c.Ours, c.Theirs, c.Tf32, row.Ratio, row.OfCopy, row.TheirsOfCopy];
            (GpuMeasured? ours, GpuMeasured? theirs) = (c.OurCalls, c.TheirCalls);
            double?[] calls = [c.Spread, ours?.Launches, ours?.Waits, 1e6 * ours?.Seconds, 1e6 * ours?.HostSeconds,
                1e6 * ours?.HostSecondsPerLaunch, ours?.BytesHeld / 1e6, 1e6 * theirs?.Seconds, 1e6 * theirs?.HostSeconds,
                theirs?.BytesHeld / 1e6];
            GpuGoal? goal = c.Workload.Goal;
            yield return string.Join(',', [c.Workload.Name, c.Workload.Unit, .. speeds.Select(Plain),
                goal is null ? "" : goal.OfCopy ? "of_copy" : "ratio", Plain(goal?.AtLeast),
                row.Met switch { true => "yes", false => "no", null => "" }, .. calls.Select(Plain), Quoted(c.Problem)]);
        }
    }

    /// <summary>Writes a file as a whole, or leaves what was there as it was.</summary>
    public static void Write(string path, IEnumerable<string> lines)
    {
        string unfinished = path + ".unfinished";
        try
        {
            File.WriteAllLines(unfinished, lines);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Three digits or more, nothing for what was not measured.</summary>
    public static string Figure(double? value) => value is not { } v || double.IsNaN(v) ? ""
        : v.ToString(Math.Abs(v) switch { >= 100 => "0", >= 10 => "0.0", >= 1 or 0 => "0.00", >= 0.001 => "0.0000", _ => "0.0e-0" },
            CultureInfo.InvariantCulture);

    private static string Share(double? value) => value is { } v ? string.Create(CultureInfo.InvariantCulture, $"{100 * v:0} %") : "";

    private static string Times(double? ratio) => ratio is { } r ? r.ToString("0.00", CultureInfo.InvariantCulture) : "";

    private static string Plain(double? value) => value is { } v && !double.IsNaN(v) ? v.ToString("G6", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string? text) => text is null ? "" : $"\"{text.ReplaceLineEndings(" ").Replace("\"", "\"\"")}\"";
}
