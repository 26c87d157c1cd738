using System.Diagnostics;
using ILGPU.Runtime.Cuda;

namespace DeepLearning.Tests.Gpu;

/// <summary>
/// NVIDIA's assembler takes every kernel, with no number of a thread kept in slow memory. Needs <c>ptxas</c> on the PATH (CUDA 11.8 or
/// later), no card.
/// </summary>
public class AssemblerTests
{
    public static TheoryData<string> Kernels => KernelCompilationTests.Kernels;

    [Theory, MemberData(nameof(Kernels))]
    public void TakesTheKernel(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "ptxas"))),
            "There is no ptxas here, which comes with CUDA's tools.");
        string folder = Directory.CreateTempSubdirectory("ptx").FullName, source = Path.Combine(folder, "kernel.ptx");
        try
        {
            foreach ((CudaArchitecture architecture, string target) in ((CudaArchitecture, string)[])[(CudaArchitecture.SM_80, "sm_80"),
                (CudaArchitecture.SM_90, "sm_90")])
            {
                File.WriteAllText(source, KernelCompilationTests.Ptx(name, architecture, CudaInstructionSet.ISA_78));
                using Process assembler = Process.Start(
                    new ProcessStartInfo("ptxas", ["-v", $"-arch={target}", source, "-o", Path.Combine(folder, "kernel.cubin")])
                {
                    RedirectStandardError = true,
                })!;
                string says = assembler.StandardError.ReadToEnd();
                assembler.WaitForExit();
                Assert.True(assembler.ExitCode == 0, says);
                Assert.Contains(" 0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads", says);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
