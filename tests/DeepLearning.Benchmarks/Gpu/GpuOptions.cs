namespace DeepLearning.Benchmarks;

/// <summary>What the command line of <c>gpu</c> asks for.</summary>
/// <param name="Only">Workloads or groups of them; null for all.</param>
/// <param name="Device"><c>cuda</c>, <c>opencl</c> or <c>cpu</c>: where ours run.</param>
/// <param name="TorchDevice"><c>cuda</c> or <c>cpu</c>: where PyTorch's run.</param>
/// <param name="Rounds">How often each workload is measured.</param>
/// <param name="Seconds">How long each time.</param>
/// <param name="Minutes">After so many nothing new is begun.</param>
/// <param name="Python">An interpreter that has PyTorch; null for python3.</param>
/// <param name="NoTorch">Whether PyTorch is left out.</param>
/// <param name="Tf32">Whether PyTorch is measured with TF32, too.</param>
/// <param name="Small">Whether sizes are small enough for a machine without a card.</param>
/// <param name="Kernels">Whether to print which kernels a call starts.</param>
/// <param name="Csv">A file for the figures; null for none.</param>
internal sealed record GpuOptions(string? Only, string Device, string TorchDevice, int Rounds, double Seconds, double Minutes,
    string? Python, bool NoTorch, bool Tf32, bool Small, bool Kernels, string? Csv);
