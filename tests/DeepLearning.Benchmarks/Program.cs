using System.CommandLine;

namespace DeepLearning.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        RootCommand root = new("""
            How fast the library is, by itself and beside PyTorch. On a busy machine, start it with a raised priority (nice -n -10).

            Examples:
              dotnet run --project tests/DeepLearning.Benchmarks -- quick
              dotnet run --project tests/DeepLearning.Benchmarks -- quick --only mlp_b64,mlp_b256 --threads 1
              dotnet run --project tests/DeepLearning.Benchmarks -- compare --rounds 5
              dotnet run --project tests/DeepLearning.Benchmarks -- scaling
              dotnet run --project tests/DeepLearning.Benchmarks -- optimizers
              dotnet run --project tests/DeepLearning.Benchmarks -- micro --filter *MatMul*
              dotnet run --project tests/DeepLearning.Benchmarks -p:Gpu=true -- gpu --tf32
            """);
        root.Subcommands.Add(QuickCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(ScalingCommand.Create());
        root.Subcommands.Add(OptimizersCommand.Create());
        root.Subcommands.Add(GpuCommand.Create(GpuRun.Start));
        root.Subcommands.Add(MicroCommand.Create());
        return root.Parse(args).Invoke();
    }
}
