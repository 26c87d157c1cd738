using System.CommandLine;

namespace DeepLearning.Benchmarks;

/// <summary>Measures a graphics card: the library and PyTorch in turn.</summary>
internal static class GpuCommand
{
    /// <param name="run">Does it, and returns the exit status.</param>
    public static Command Create(Func<GpuOptions, int> run)
    {
        Option<string?> only = new("--only")
        {
            Description =
                "Names of workloads, or of their groups (products, memory, steps), with commas between them; all of them unless given.",
        };
        Option<string> device = new("--device")
        {
            Description = "Where the library runs: cuda, opencl, or cpu (ILGPU's stand-in, always with --small).",
            DefaultValueFactory = _ => "cuda",
        };
        device.AcceptOnlyFromAmong("cuda", "opencl", "cpu");
        Option<string> torchDevice = new("--torch-device")
        {
            Description = "Where PyTorch runs: cuda, or cpu to try the command out.",
            DefaultValueFactory = _ => "cuda",
        };
        torchDevice.AcceptOnlyFromAmong("cuda", "cpu");
        Option<int> rounds = new("--rounds") { Description = "How often each workload is measured.", DefaultValueFactory = _ => 3 };
        Option<double> seconds = new("--seconds")
        {
            Description = "How long to measure each workload each time.",
            DefaultValueFactory = _ => 0.4,
        };
        Option<double> minutes = new("--minutes")
        {
            Description = "After so many minutes nothing new is begun, and what there is is printed.",
            DefaultValueFactory = _ => 9,
        };
        Option<string?> python = new("--python") { Description = "An interpreter that has PyTorch with CUDA; python3 unless given." };
        Option<bool> noTorch = new("--no-torch") { Description = "Measures the library alone." };
        Option<bool> tf32 =
            new("--tf32") { Description = "Adds a column: PyTorch with TF32, which rounds the factors of products to 10 bits." };
        Option<bool> small =
            new("--small") { Description = "Small sizes, to try the command out without a card; the figures say nothing." };
        Option<bool> kernels = new("--kernels") { Description = "Prints which kernels each workload starts." };
        Option<string?> csv = new("--csv") { Description = "A file to write the figures to, as a whole when all are there." };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds must be 1 or more.");
        });
        Command command = new("gpu", "Measures a graphics card: the library and PyTorch in turn.")
        {
            only, device, torchDevice, rounds, seconds, minutes, python, noTorch, tf32, small, kernels, csv,
        };
        command.SetAction(parsed => run(new GpuOptions(parsed.GetValue(only), parsed.GetValue(device)!, parsed.GetValue(torchDevice)!,
            parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(minutes), parsed.GetValue(python), parsed.GetValue(noTorch),
            parsed.GetValue(tf32), parsed.GetValue(small) || parsed.GetValue(device) == "cpu", parsed.GetValue(kernels),
            parsed.GetValue(csv))));
        return command;
    }
}
