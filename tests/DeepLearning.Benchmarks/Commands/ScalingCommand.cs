using System.CommandLine;
using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>How the time of a training step grows with the network's width and depth and with the batch.</summary>
internal static class ScalingCommand
{
    private const int Inputs = 64, Outputs = 10;

    public static Command Create()
    {
        Option<int> threads = CommonOptions.Threads();
        Option<double> seconds = CommonOptions.Seconds(unlessGiven: 0.5);
        Command command =
            new("scaling", "Shows how the time of a step of a dense network grows with width, depth and batch.") { threads, seconds };
        command.SetAction(parsed => Run(parsed.GetValue(threads), new Timing(parsed.GetValue(seconds))));
        return command;
    }

    private static void Run(int threads, Timing timing)
    {
        CommonOptions.UseThreads(threads);
        double peak = Peak.Gigaflops(timing, threads);
        Console.WriteLine(QuickCommand.Environment(threads, peak));
        Console.WriteLine($"{"width",6}{"hidden",8}{"batch",7}{"µs a step",12}{"GFLOP/s",10}{"of peak",9}{"bytes",8}");
        foreach (int width in (int[])[16, 64, 256, 1024]) Row(width, 2, 64);
        foreach (int depth in (int[])[1, 2, 4, 8, 16]) Row(128, depth, 64);
        foreach (int batch in (int[])[1, 8, 64, 512, 4096]) Row(128, 2, batch);

        void Row(int width, int hidden, int batch)
        {
            int[] widths = [Inputs, .. Enumerable.Repeat(width, hidden), Outputs];
            Measured rate = timing.Rate(Catalogue.MlpStep(batch, widths));
            double gigaflops = rate.PerSecond * Catalogue.MlpFlop(batch, widths) / 1e9;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{width,6}{hidden,8}{batch,7}{1e6 / rate.PerSecond,12:0.0}{gigaflops,10:0.0}{gigaflops / peak,9:P0}" +
                $"{rate.BytesPerCall,8:0}{(rate.Contended ? "  contended" : "")}"));
        }
    }
}
