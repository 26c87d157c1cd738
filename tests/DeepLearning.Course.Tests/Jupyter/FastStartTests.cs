using System.Diagnostics;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>
/// The kernel as <c>kernel install</c> leaves it, compiled ahead of time: what it takes to start is printed, not judged, for
/// machines differ.
/// </summary>
public sealed class FastStartTests(ITestOutputHelper log) : IDisposable
{
    private const int Starts = 7;
    private readonly string _prefix = Directory.CreateTempSubdirectory("course-start-").FullName;

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public void StartsFromACopyCompiledAheadOfTimeAndUninstallsWithoutATrace()
    {
        log.WriteLine(Course("install"));
        string spec = Path.Combine(_prefix, "share", "jupyter", "kernels", "deeplearning-csharp");
        IReadOnlyList<string> command = InstalledKernel.Command(spec);
        var times = Enumerable.Range(0, Starts).Select(_ => Measure(command)).ToList();
        log.WriteLine(
            $"median of {Starts} starts: kernel_info after {Median(times.Select(t => t.Info)):0} ms, " +
            $"first cell {Median(times.Select(t => t.Cell)):0} ms after that, second {Median(times.Select(t => t.Second)):0} ms");
        // Compiled ahead of time an assembly is about twice as large.
        const string compiler = "Microsoft.CodeAnalysis.CSharp.dll";
        double growth = (double)new FileInfo(Path.Combine(spec, "program", compiler)).Length
            / new FileInfo(Path.Combine(AppContext.BaseDirectory, compiler)).Length;
        log.WriteLine(growth > 1.5 ? "compiled ahead of time" : "not compiled ahead of time");
        Course("uninstall");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_prefix, "share", "jupyter", "kernels")));
    }

    private static (double Info, double Cell, double Second) Measure(IReadOnlyList<string> command)
    {
        var clock = Stopwatch.StartNew();
        using var kernel = new RunningKernel("tcp", command);
        using KernelClient client = kernel.Connect();
        double info = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        Assert.Equal("ok", (string?)client.Run(
            "var xs = Enumerable.Range(0, 3).Select(i => i * 2).ToList();\nConsole.WriteLine($\"{xs.Count} " +
            "numbers\");\nxs.Sum()").Reply["status"]);
        double cell = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        client.Run("xs.Average()");
        return (info, cell, clock.Elapsed.TotalMilliseconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Starts / 2);

    private string Course(string verb)
    {
        using Process course = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory,
            "DeepLearning.Course.dll"), "kernel", verb, "--prefix", _prefix]) { RedirectStandardOutput = true })!;
        string output = course.StandardOutput.ReadToEnd();
        course.WaitForExit();
        Assert.Equal(0, course.ExitCode);
        return output.Trim();
    }
}
