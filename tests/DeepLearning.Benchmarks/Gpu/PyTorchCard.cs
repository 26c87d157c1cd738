using System.Diagnostics;
using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>
/// torch_gpu.py, started once: it reads names of workloads and answers each with its figure, so that both sides can take turns on the card
/// without starting Python and CUDA anew each time.
/// </summary>
internal sealed class PyTorchCard : IDisposable
{
    // A first answer may have to wait for cuDNN to try its algorithms.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private string _lastError = "";

    private PyTorchCard(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => _lastError = string.IsNullOrWhiteSpace(e.Data) ? _lastError : e.Data;
        process.BeginErrorReadLine();
    }

    /// <summary>What the script says of itself.</summary>
    public IReadOnlyList<string> Environment { get; private set; } = [];

    /// <exception cref="NotSupportedException">It cannot run here, and why.</exception>
    public static PyTorchCard Start(string python, string device, double seconds, bool small)
    {
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "torch_gpu.py"), "--serve", "--device", device,
            "--seconds", seconds.ToString(CultureInfo.InvariantCulture)];
        if (small) arguments.Add("--small");
        PyTorchCard torch = new(Process.Start(new ProcessStartInfo(python, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!);
        try
        {
            torch.Environment = torch.Read(line => line == "ready")[..^1];
            return torch;
        }
        catch
        {
            torch.Dispose();
            throw;
        }
    }

    /// <summary>The figure in the workload's unit, and what a call takes.</summary>
    /// <exception cref="NotSupportedException">It could not be measured, and why.</exception>
    public (double Value, GpuMeasured Calls) Measure(string workload, bool tf32)
    {
        if (_process.HasExited) throw new NotSupportedException($"PyTorch has ended: {_lastError}");
        _process.StandardInput.WriteLine(tf32 ? $"{workload} tf32" : workload);
        _process.StandardInput.Flush();
        string failed = $"# failed {workload}: ";
        List<string> lines = Read(line => line.StartsWith(failed) || line.StartsWith(workload + " "));
        if (lines[^1].StartsWith(failed)) throw new NotSupportedException(lines[^1][failed.Length..]);
        return (Number(lines[^1], workload), new GpuMeasured(Note("call_us") * 1e-6, Note("host_us") * 1e-6, Note("reserved_mb") * 1e6));

        double Note(string name) => lines.FirstOrDefault(line => line.Contains($" {name} ")) is { } line ? Number(line, name) : double.NaN;
    }

    // The number that follows a name.
    private static double Number(string line, string name)
    {
        string[] words = line.Split(' ');
        return double.Parse(words[Array.IndexOf(words, name) + 1], CultureInfo.InvariantCulture);
    }

    // The lines up to the one that ends an answer.
    private List<string> Read(Func<string, bool> last)
    {
        List<string> lines = [];
        while (true)
        {
            Task<string?> reading = _process.StandardOutput.ReadLineAsync();
            if (!reading.Wait(s_patience))
                throw new NotSupportedException($"PyTorch has not answered for {s_patience.TotalMinutes} minutes.");
            if (reading.Result is not { } line)
            {
                _process.WaitForExit();
                throw new NotSupportedException(lines.LastOrDefault(l => l.StartsWith("# no "))?[2..]
                    ?? $"PyTorch has ended: {_lastError}");
            }
            lines.Add(line);
            if (last(line)) return lines;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }
}
