using System.CommandLine;
using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>
/// Measures the library and PyTorch in turn, workload by workload and several times over, so that both meet the same machine.
/// </summary>
internal static class CompareCommand
{
    private const string HowToGetIt =
        "PyTorch was not found, so there is nothing to compare with. On Debian and Ubuntu: apt-get install python3-torch python3-sklearn " +
        "libopenblas0-openmp; elsewhere: pip install torch scikit-learn. Another interpreter: --python PATH. `quick` measures the " +
        "library alone.";

    public static Command Create()
    {
        Option<string?> only = CommonOptions.Only(),
            python = new("--python") { Description = "An interpreter that has PyTorch; python3 unless given." };
        Option<int> threads = CommonOptions.Threads();
        Option<int> rounds = new("--rounds") { Description = "How often each workload is measured.", DefaultValueFactory = _ => 3 };
        Option<double> seconds = CommonOptions.Seconds(unlessGiven: 1);
        Command command =
            new("compare", "Measures the library and PyTorch in turn and prints the ratios.") { only, threads, rounds, seconds, python };
        command.SetAction(parsed =>
        {
            if (PyTorch.Find(parsed.GetValue(python)) is not { } torch)
            {
                Console.Error.WriteLine(HowToGetIt);
                return 1;
            }
            Run(torch, Catalogue.Find(parsed.GetValue(only)), parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(seconds));
            return 0;
        });
        return command;
    }

    private static void Run(PyTorch torch, IReadOnlyList<Workload> workloads, int threads, int rounds, double seconds)
    {
        CommonOptions.UseThreads(threads);
        Timing timing = new(seconds);
        Dictionary<Workload, Comparison> all = workloads.ToDictionary(w => w, w => new Comparison(w));
        double peak = 0;
        for (int round = 1; round <= rounds; round++)
        {
            peak = Math.Max(peak, Peak.Gigaflops(timing, threads));
            foreach (Workload workload in workloads)
            {
                Result ours = workload.Run(timing);
                (double? theirs, bool contended) = torch.Run(workload.Name, threads, seconds);
                all[workload].Add(ours, theirs, contended);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"# round {round} of {rounds}: {workload.Name} {ours.Value:0.00}, PyTorch {theirs:0.00} {workload.Unit}"));
            }
        }
        Console.WriteLine(QuickCommand.Environment(threads, peak));
        Console.WriteLine(
            $"# PyTorch {torch.Version}; medians of {rounds} rounds; ~ where no round left both undisturbed: the best of each");
        Console.WriteLine($"{"workload",-18}{"unit",-10}{"ours",12}{"PyTorch",12}{"ratio",8}{"at least",10}{"possible",10}  notes");
        foreach (Comparison comparison in all.Values) Console.WriteLine(comparison.Row(peak));
    }
}
