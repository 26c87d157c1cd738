using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Benchmarks;

/// <summary>Measures the library and PyTorch in turn, workload by workload and several times over, on the same card.</summary>
internal sealed class GpuRun
{
    // The runtime's last tier of compiling comes after about a second of calls; later a card only has to wake up.
    private const double FirstWarm = 1.5, LaterWarm = 0.3;

    private const string WithoutACard = "To try this command without a card: --device opencl --small, or --device cpu.";

    private readonly GpuOptions _options;
    private readonly Card _card;
    private readonly GpuTiming _timing;
    private readonly GpuSizes _sizes;
    private readonly List<string> _environment = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    private GpuRun(GpuOptions options, Card card)
    {
        (_options, _card, _sizes) = (options, card, options.Small ? GpuSizes.Small : GpuSizes.Normal);
        _timing = new GpuTiming(card, options.Seconds);
    }

    /// <summary>Does what is asked; 0 if it could.</summary>
    public static int Start(GpuOptions options)
    {
        try
        {
            IReadOnlyList<GpuWorkload> workloads = GpuCatalogue.Find(options.Only);
            if (options.Csv is { } csv && Path.GetDirectoryName(Path.GetFullPath(csv)) is { } folder && !Directory.Exists(folder))
                throw new ArgumentException($"There is no folder {folder} for the file of --csv.");
            new GpuRun(options, Cards.Open(options.Device)).Run(workloads);
            return 0;
        }
        catch (NotSupportedException problem)
        {
            Console.Error.WriteLine(problem.Message.Contains("-p:Gpu=true") ? problem.Message : $"{problem.Message} {WithoutACard}");
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
        }
        return 1;
    }

    private void Run(IReadOnlyList<GpuWorkload> workloads)
    {
        using Device.DeviceSwitch _ = Device.Use(_card.Device);
        Say($"# {RuntimeInformation.FrameworkDescription} " +
            $"on {RuntimeInformation.RuntimeIdentifier}, {_card.Library}, {_card.Device.Name}: {_card.Device.Description}");
        if (_options.Small) Say("# small sizes: a try, no measurement");
        if (_options.Device != "cpu" && UnderLoad() is { } load) Say(load);
        using PyTorchCard? torch = StartPyTorch();
        GpuComparison[] all = [.. workloads.Select(w => new GpuComparison(w))];
        // Round by round, so that what has to be left out is the last round of some.
        (int round, GpuComparison comparison)[] turns = Enumerable.Range(0, _options.Rounds)
            .SelectMany(round => all.Select(comparison => (round, comparison))).ToArray();
        int done = 0;
        for (; done < turns.Length && Stopwatch.GetElapsedTime(_started).TotalMinutes < _options.Minutes; done++)
            Turn(turns[done].comparison, torch, turns[done].round);
        if (done < turns.Length) Say($"# stopped after {_options.Minutes:0.##} minutes, {done} of {turns.Length} measurements done");
        Say($"# medians over the rounds; {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s in all; 'of copy' and 'theirs': " +
            "ours and PyTorch's as shares of the faster copy of this run");
        GpuTable table = new(all, judged: !_options.Small);
        foreach (string line in table.Lines()) Console.WriteLine(line);
        if (_options.Csv is { } csv) GpuTable.Write(csv, table.Csv(_environment));
    }

    private void Turn(GpuComparison comparison, PyTorchCard? torch, int round)
    {
        GpuWorkload workload = comparison.Workload;
        if (comparison.Problem is null) Ours(comparison, round);
        string ours = comparison.Problem ?? GpuTable.Figure(comparison.Ours), theirs = "", tf32 = "";
        if (torch is not null)
        {
            theirs = $", PyTorch {Theirs(comparison, torch, tf32: false)}";
            // TF32 is a matter of products.
            if (_options.Tf32 && workload.Group != GpuWorkload.Memory) tf32 = $", with TF32 {Theirs(comparison, torch, tf32: true)}";
        }
        Console.WriteLine($"# round {round + 1} of {_options.Rounds}: {workload.Name} {ours}{theirs}{tf32} {workload.Unit}");
    }

    private void Ours(GpuComparison comparison, int round)
    {
        _card.Trim();
        try
        {
            Measure(comparison, round);
        }
        catch (Exception problem)
            when (problem is InvalidOperationException or InsufficientMemoryException or NotSupportedException or ArgumentException)
        {
            comparison.Problem = problem.Message;
        }
    }

    // Its own frame, so that nothing of it is still referred to when memory is trimmed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Measure(GpuComparison comparison, int round)
    {
        using (Tensor.Scope())
        {
            GpuWork work = comparison.Workload.Build(_sizes);
            comparison.AddOurs(_timing.Measure(work.Call, round == 0 ? FirstWarm : LaterWarm), work.PerCall);
            if (_options.Kernels && round == 0)
                Console.WriteLine(
                    $"# {comparison.Workload.Name} " +
                    $"starts {string.Join(", ", _card.Watch(work.Call).CountBy(name => name).Select(k => $"{k.Value} × {k.Key}"))}");
        }
    }

    private static string Theirs(GpuComparison comparison, PyTorchCard torch, bool tf32)
    {
        try
        {
            (double value, GpuMeasured calls) = torch.Measure(comparison.Workload.Name, tf32);
            comparison.AddTheirs(value, calls, tf32);
            return GpuTable.Figure(value);
        }
        catch (NotSupportedException problem)
        {
            return $"failed: {problem.Message}";
        }
    }

    private string? UnderLoad()
    {
        using (Tensor.Scope())
        {
            GpuWork product = GpuCatalogue.All[1].Build(_sizes);
            return NvidiaSmi.Ask(() =>
            {
                product.Call();
                _card.Synchronize();
            });
        }
    }

    private PyTorchCard? StartPyTorch()
    {
        if (_options.NoTorch) return null;
        try
        {
            PyTorch found = PyTorch.Find(_options.Python)
                ?? throw new NotSupportedException(
                    "no interpreter that has PyTorch was found (pip install torch; another interpreter: --python PATH)");
            PyTorchCard torch = PyTorchCard.Start(found.Python, _options.TorchDevice, _options.Seconds, _options.Small);
            foreach (string line in torch.Environment) Say(line);
            return torch;
        }
        catch (NotSupportedException problem)
        {
            Say($"# without PyTorch: {problem.Message}");
            return null;
        }
    }

    private void Say(string line)
    {
        _environment.Add(line);
        Console.WriteLine(line);
    }
}
