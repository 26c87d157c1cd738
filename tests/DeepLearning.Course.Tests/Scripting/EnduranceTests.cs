using System.Diagnostics;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

/// <summary>Prints how long cells take and what many of them cost in memory; asserts the memory and the state, never a time.</summary>
[Collection(OneAtATime)]
public class EnduranceTests(ITestOutputHelper log) : SessionTest
{
    [Fact]
    public async Task FiveHundredCellsKeepTheirStateAndStaySmall()
    {
        await Session.WarmUpAsync();
        await using (var opened = new ScriptSession(Folder))
        {
            Task warm = opened.WarmUpAsync();
            await warm;
            CellResult first = await opened.RunAsync("var x = Tensor.Ones(2, 2); x + 1", new RecordedOutput());
            Assert.True(first.Succeeded);
            log.WriteLine($"first cell of a lesson opened: {first.Elapsed.TotalMilliseconds:0} ms");
        }
        long before = Settled();
        var times = new List<double>();
        await Run("var total = 0;");
        for (int i = 0; i < 500; i++)
        {
            CellResult result = await Try($"var v{i} = {i}; total += v{i}; total");
            Assert.True(result.Succeeded);
            times.Add(result.Elapsed.TotalMilliseconds);
        }
        Assert.Equal($"{500 * 499 / 2}", await Run("total"));
        Assert.Equal("7", await Run("v7"));
        times.Sort();
        long after = Settled();
        log.WriteLine($"cell: median {times[250]:0} ms, 90 % under {times[450]:0} ms");
        log.WriteLine($"resident: {before >> 20} MiB before, {after >> 20} MiB after 500 cells");
        Assert.InRange(after - before, long.MinValue, 200L << 20);
    }

    [Fact]
    public async Task TheWarmUpIsMadeOfCellsThatRun()
    {
        foreach (string code in WarmUpCode.Cells) await Run(code);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
