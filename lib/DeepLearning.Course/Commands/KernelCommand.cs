using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DeepLearning.Course.Jupyter;
using DeepLearning.Course.Jupyter.Installation;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Commands;

/// <summary><c>course kernel</c>: the course's C# in Jupyter and other programs that speak its protocol.</summary>
internal static class KernelCommand
{
    public static Command Create() => new("kernel", """
        Offers the course's C# to Jupyter, and to whatever else starts Jupyter kernels. VS Code needs it only with the Jupyter extension.

        Examples:
          course kernel install                        for this user
          course kernel install --prefix "$VIRTUAL_ENV"   for one Python environment
          course kernel uninstall
        """) { Install(), Uninstall(), Start() };

    private static Option<string?> Prefix() => new("--prefix", "--sys-prefix")
    {
        Description = "The Python environment (its sys.prefix), or a system prefix such as /usr/local, instead of this user.",
        HelpName = "folder",
    };

    private static Command Install()
    {
        Option<string?> prefix = Prefix();
        var plain = new Option<bool>("--plain")
        {
            Description = "Copy the built program as it is instead of compiling it ahead of time; installs at once, starts slower.",
        };
        var command = new Command("install", $"""
            Installs the kernel as "{KernelSpec.DisplayName}", and under the name the notebooks carry ({KernelSpec.NotebookName}) where no other kernel has that.

            Examples:
              course kernel install
              course kernel install --prefix /usr/local
            """) { prefix, plain };
        command.SetAction(parsed => OnFiles(() =>
        {
            string kernels = JupyterFolders.Kernels(parsed.GetValue(prefix));
            var spec = new KernelSpec(kernels);
            Directory.CreateDirectory(spec.Folder);
            ProgramCopy.Make(spec.Program, !parsed.GetValue(plain), Console.Out);
            IReadOnlyList<string> written = spec.Write(ProgramCopy.CommandOf(spec.Program), JupyterFolders.Searched());
            foreach (string folder in written) Console.WriteLine($"Installed {folder}");
            if (!spec.AddPlotly(FrontEnd.Folder))
                Console.WriteLine(
                    "plotly.js is not in this build, so plots in Jupyter are still pictures; `course doctor` says what to do.");
            if (written.Count == 1)
                Console.WriteLine(
                    $"Another kernel is called {KernelSpec.NotebookName}; it stays. Choose \"{KernelSpec.DisplayName}\" in the notebook.");
            return 0;
        }));
        return command;
    }

    private static Command Uninstall()
    {
        Option<string?> prefix = Prefix();
        var command =
            new Command("uninstall", "Removes what install wrote, and nothing else.\n\nExample:\n  course kernel uninstall") { prefix };
        command.SetAction(parsed => OnFiles(() =>
        {
            string kernels = JupyterFolders.Kernels(parsed.GetValue(prefix));
            IReadOnlyList<string> removed = new KernelSpec(kernels).Remove();
            foreach (string folder in removed) Console.WriteLine($"Removed {folder}");
            if (removed.Count == 0) Console.WriteLine($"The kernel is not installed in {kernels}.");
            return 0;
        }));
        return command;
    }

    private static Command Start()
    {
        var file = new Option<string>("--connection-file", "-f")
        {
            Description = "The file in which the front end says where to listen.",
            HelpName = "file",
            Required = true,
        };
        var command = new Command("start",
            "Runs a kernel until it is told to end; front ends call this.\n\nExample:\n  course kernel start --connection-file " +
            "kernel-1.json") {
                file };
        // Not awaited: System.CommandLine would otherwise end the program at the first SIGINT, which here interrupts the running cell.
        command.SetAction(parsed => Serve(parsed.GetValue(file)!));
        return command;
    }

    private static int Serve(string connectionFile)
    {
        try
        {
            using var kernel = new KernelServer(ConnectionFile.Read(connectionFile), Directory.GetCurrentDirectory());
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Follow(signal, kernel.Interrupt));
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Follow(signal, kernel.Stop));
            using Timer? orphaned = ParentWatch.Start(kernel.Stop);
            kernel.Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Fail(e.Message);
        }
        catch (SocketException e)
        {
            return Fail($"The kernel cannot listen where {connectionFile} says: {e.Message}.");
        }
        Environment.Exit(0); // A thread that a cell left behind must not keep the process alive.
        return 0;
    }

    private static void Follow(PosixSignalContext signal, Action action)
    {
        signal.Cancel = true;
        action();
    }

    private static int OnFiles(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{e.Message} If others use this folder, ask for the rights to write there or leave --prefix out.");
        }
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
