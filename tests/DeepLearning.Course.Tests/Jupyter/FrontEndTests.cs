using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>The installed kernel under the programs people start kernels with.</summary>
public sealed partial class FrontEndTests(InstalledKernel kernel, ITestOutputHelper log) : IClassFixture<InstalledKernel>
{
    private static readonly string s_lessons = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../notebooks"));

    public static TheoryData<string> Notebooks =>
        [.. Directory.EnumerateFiles(s_lessons, "*.ipynb").Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public void PassesAllOfJupytersConformanceSuite()
    {
        (int code, string output) = kernel.Run(InstalledKernel.Python("jupyter_kernel_test"),
            [InstalledKernel.Source("conformance.py"), "-v"]);
        Assert.True(code == 0, output);
        Assert.DoesNotContain("skipped", output);
        log.WriteLine(Ran().Match(output).Value);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void EveryNotebookRunsThroughNbclient(string name)
    {
        string python = InstalledKernel.Python("nbclient", "nbformat");
        string executed = Path.Combine(kernel.Prefix, name);
        (int code, string output) =
            kernel.Run(python, [InstalledKernel.Source("run_notebook.py"), Path.Combine(s_lessons, name), executed]);
        Assert.True(code == 0, output);
        Assert.All(Notebook.Load(executed).Cells, cell => Assert.DoesNotContain(cell.Outputs, o => (string?)o!["output_type"] == "error"));
        log.WriteLine(output.Trim());
    }

    [Fact]
    public void ServesAZeromqClientInTheOrderOfVSCodesJupyterExtension()
    {
        string client = InstalledKernel.Source("client");
        Assert.SkipUnless(Directory.Exists(Path.Combine(client, "node_modules", "zeromq")),
            "npm's zeromq is not installed; npm ci --ignore-scripts in tests/DeepLearning.Course.Tests/Jupyter/client.");
        (int code, string output) =
            kernel.Run("node", [Path.Combine(client, "vscode-order.mjs"), Path.Combine(kernel.Specs, "deeplearning-csharp")]);
        Assert.True(code == 0, output);
        log.WriteLine(output.Trim());
    }

    [GeneratedRegex(@"Ran \d+ tests.*")]
    private static partial Regex Ran();
}
