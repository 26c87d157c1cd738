using System.CommandLine;
using DeepLearning.Benchmarks;

namespace DeepLearning.Tests.Gpu;

/// <summary>The command line of the benchmark of a card, and what it takes in.</summary>
public class GpuCommandTests
{
    private static GpuOptions? Parse(string line)
    {
        GpuOptions? seen = null;
        RootCommand root = new() { GpuCommand.Create(options =>
        {
            seen = options;
            return 0;
        }) };
        InvocationConfiguration quiet = new() { Output = TextWriter.Null, Error = TextWriter.Null };
        int status = root.Parse(line).Invoke(quiet);
        Assert.Equal(seen is null, status != 0);
        return seen;
    }

    [Fact]
    public void WithoutOptionsTheWholeIsMeasuredOnCuda() =>
        Assert.Equal(new GpuOptions(null, "cuda", "cuda", 3, 0.4, 9, null, NoTorch: false, Tf32: false, Small: false, Kernels: false,
            Csv: null), Parse("gpu"));

    [Fact]
    public void OptionsArriveWhereTheyBelong() =>
        Assert.Equal(new GpuOptions("steps,copy", "opencl", "cpu", 2, 0.1, 5, "python", NoTorch: true, Tf32: true, Small: true,
            Kernels: true, Csv: "a.csv"), Parse(
                "gpu --only steps,copy --device opencl --torch-device cpu --rounds 2 --seconds 0.1 --minutes 5 --python python " +
                "--no-torch --tf32 --small --kernels --csv a.csv"));

    [Fact]
    public void TheProcessorIsGivenSmallSizes() => Assert.True(Parse("gpu --device cpu")!.Small);

    [Theory]
    [InlineData("gpu --device tpu")]
    [InlineData("gpu --rounds 0")]
    [InlineData("gpu --seconds soon")]
    public void WhatItCannotDoIsNotBegun(string line) => Assert.Null(Parse(line));

    [Fact]
    public void NamesAndGroupsCanBeChosenAndACopyComesWithItsShares()
    {
        Assert.Equal(["gemm_1024", "mlp_b64"], Names("mlp_b64,gemm_1024"));
        Assert.Equal(["copy", "softmax"], Names("softmax"));
        Assert.Equal(["mlp_b64", "mlp_b4096", "lenet_b64", "lstm_h128", "transformer"], Names("steps"));
        Assert.Equal(GpuCatalogue.All, GpuCatalogue.Find(null));
        Assert.StartsWith("There is no workload 'gem'; there are the groups products, memory, steps, and gemm_1024, ",
            Assert.Throws<ArgumentException>(() => GpuCatalogue.Find("copy,gem")).Message);

        static IEnumerable<string> Names(string only) => GpuCatalogue.Find(only).Select(w => w.Name);
    }

    [Fact]
    public void BothSidesHaveTheSameWorkloadsAndSizes()
    {
        string script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "torch_gpu.py"));
        string table = script[script.IndexOf("W = {")..];
        Assert.Equal(GpuCatalogue.All.Select(w => w.Name),
            table[..table.IndexOf('}')].Split('\n').Where(l => l.StartsWith("    \"")).Select(l => l.Split('"')[1]));
        Assert.Contains($"PRODUCTS = {Both(s => string.Join(", ", s.Products))}\n", script);
        Assert.Contains($"ROWS, COLUMNS, SIDE = {Both(s => $"{s.Rows}, {s.Columns}, {s.Side}")}\n", script);
        Assert.Contains($"BATCH, LARGE, SEQUENCES = {Both(s => $"{s.Batch}, {s.LargeBatch}, {s.Sequences}")}\n", script);
        Assert.Contains($"LSTM_TIMES, TRANSFORMER_TIMES = {Both(s => $"{s.LstmTimes}, {s.TransformerTimes}")}\n", script);

        static string Both(Func<GpuSizes, string> numbers) => $"({numbers(GpuSizes.Small)}) if a.small else ({numbers(GpuSizes.Normal)})";
    }
}
