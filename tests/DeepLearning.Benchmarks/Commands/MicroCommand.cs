using System.CommandLine;
using BenchmarkDotNet.Running;

namespace DeepLearning.Benchmarks;

/// <summary>Hands over to BenchmarkDotNet, which measures single kernels and operations slowly and thoroughly.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        Argument<string[]> arguments = new("arguments")
        {
            Description = "What BenchmarkDotNet takes, such as --filter *MatMul* or --list flat.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("micro", "Measures single kernels and operations with BenchmarkDotNet.") { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly)
            .Run([.. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens]));
        return command;
    }
}
