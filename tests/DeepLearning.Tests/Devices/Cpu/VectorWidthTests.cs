using System.Diagnostics;
using System.Text.RegularExpressions;
using DeepLearning.Tests.Devices.Parity;

namespace DeepLearning.Tests.Devices.Cpu;

/// <summary>
/// The kernels choose by the vectors they find when the process starts, so what they do without AVX-512, without AVX2, and without any is
/// tested in processes that are told to have none.
/// </summary>
public class VectorWidthTests
{
    [Fact]
    public async Task EveryKernelIsRightWithNarrowerVectorsAndWithNone()
    {
        // At once, to be done sooner.
        string[] switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];
        string[] outputs = await Task.WhenAll(switches.Select(TestsWithout));
        foreach ((string name, string output) in switches.Zip(outputs))
        {
            Match total = Regex.Match(output, @"Total: (\d+), Errors: 0, Failed: 0, Skipped: 0, Not Run: 0");
            Assert.True(total.Success && int.Parse(total.Groups[1].Value) > 100, $"{name}=0:\n{output}");
        }
    }

    // Runs this test program's parity suite and training with one of the runtime's switches off.
    private static async Task<string> TestsWithout(string name)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(VectorWidthTests).Assembly.Location);
        foreach (Type tests in (Type[])[typeof(CpuParity), typeof(SameNumbersTests)])
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(tests.FullName!);
        }
        start.ArgumentList.Add("-noColor");
        start.Environment[name] = "0";
        // The test platform's own variables would make the child answer to the parent's runner.
        foreach (string variable in
            start.Environment.Keys.Where(key => key.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(variable);
        using Process child = Process.Start(start)!;
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return output;
    }
}
