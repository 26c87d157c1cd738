using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;
using DeepLearning.Course.Tests.Page;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>The classic notebook in a real browser, with the installed kernel behind it.</summary>
public sealed class ClassicNotebookTests(InstalledKernel kernel) : IClassFixture<InstalledKernel>
{
    private const string Token = "a-token-of-the-tests";

    [Fact]
    public async Task RunsAllCellsAndShowsTextPlotAndError()
    {
        string python = InstalledKernel.Python("notebook");
        await using Chromium browser = await Chromium.StartAsync(1280, 1600);
        Write("lesson.ipynb", "var name = \"Ada\"; Console.WriteLine($\"Hello {name}\");",
            "Figure.Line(v => v * v, (-1, 1)).Title(\"A parabola\")", "Tensor.Ones(2, 2)", "undefined_name");
        int port = FreePort();
        using Process server = kernel.Start(python, ["-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}",
            "--NotebookApp.port_retries=0", $"--NotebookApp.token={Token}"]);
        Task<string> complaints = server.StandardError.ReadToEndAsync();
        try
        {
            await WaitFor(port, server);
            await browser.GoToAsync($"http://127.0.0.1:{port}/notebooks/lesson.ipynb?token={Token}");
            await browser.WaitUntilAsync(
                "window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected() && " +
                "!Jupyter.notebook.kernel_busy");
            Assert.Equal(".net-csharp", (string?)await browser.EvaluateAsync("Jupyter.notebook.kernel.name"));
            await browser.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
            await browser.WaitUntilAsync("document.querySelector('.output_error') !== null && !Jupyter.notebook.kernel_busy");

            string outputs =
                (string)(await browser.EvaluateAsync("[...document.querySelectorAll('.output')].map(o => o.innerText).join('\\n')"))!;
            Assert.Contains("Hello Ada", outputs);
            Assert.Contains("[[1, 1],", outputs);
            Assert.Contains("CS0103", outputs);
            // The plot is live where the build has plotly.js, and a still picture as large as a plot where it has not.
            if (FrontEnd.Present.Contains("plotly.min.js"))
                await browser.WaitUntilAsync("document.querySelector('.output .dl-plot .main-svg .scatterlayer path') !== null");
            else await browser.WaitUntilAsync("document.querySelector('.output .dl-still svg').getBoundingClientRect().width > 300");
            await browser.ScreenshotAsync(Path.Combine(AppContext.BaseDirectory, "classic-notebook.png"));
            Assert.Contains("cm-keyword",
                (string)(await browser.EvaluateAsync("document.querySelector('.code_cell .CodeMirror-code').innerHTML"))!);
            // Debian's notebook looks for an extension of its own that it does not bring.
            Assert.DoesNotContain(browser.Complaints, complaint => !complaint.Contains("/nbextensions/widgets/"));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
        Assert.DoesNotContain("Traceback", await complaints);
    }

    private void Write(string name, params string[] cells)
    {
        var notebook = Notebook.Create();
        foreach (string cell in cells) notebook.Cells.Add(new NotebookCell(CellKind.Code, cell));
        notebook.Save(Path.Combine(kernel.Prefix, name));
    }

    private static async Task WaitFor(int port, Process server)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (clock.Elapsed < TestPeer.Patience && !server.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
