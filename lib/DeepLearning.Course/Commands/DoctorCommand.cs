using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Commands;

/// <summary><c>course doctor</c>: what this machine has for the course; every line says what to do.</summary>
public static class DoctorCommand
{
    /// <param name="Name">What was looked at.</param>
    /// <param name="Ok">It is there.</param>
    /// <param name="Essential">Without it lessons do not run.</param>
    /// <param name="Found">What was found, and what to do if that is not enough.</param>
    internal sealed record Finding(string Name, bool Ok, bool Essential, string Found);

    public static Command Create()
    {
        var quick = new Option<bool>("--quick")
        {
            Description = "Does not measure from what amount of work on a GPU is faster than the CPU.",
        };
        var command = new Command("doctor",
            "Checks this machine for what the course needs; each line says what to do.\n\nExample:\n  course doctor") { quick };
        command.SetAction(arguments => Run(Console.Out, arguments.GetValue(quick)));
        return command;
    }

    /// <returns>0, or 1 if something essential is missing.</returns>
    internal static int Run(TextWriter output, bool quick)
    {
        List<Finding> findings = [Sdk(), Runtime(), Library(), Packages(), Notebooks(), PageParts(), Npm(), .. DoctorDevices.All()];
        int width = findings.Max(finding => finding.Name.Length);
        foreach (Finding finding in findings) Write(finding);
        if (!quick && DoctorDevices.Crossing(ConsoleProgress.IsLive ? output : null) is { } crossing)
        {
            if (ConsoleProgress.IsLive) output.Write($"\r{new string(' ', 60)}\r");
            Write(crossing);
        }
        bool ready = findings.All(finding => finding.Ok || !finding.Essential);
        output.WriteLine(ready ? "\nReady: `course` opens the lessons." : "\nNot ready: see the lines above that begin with ✗.");
        return ready ? 0 : 1;

        void Write(Finding finding) =>
            output.WriteLine($"{(finding.Ok ? '✓' : finding.Essential ? '✗' : '–')} {finding.Name.PadRight(width)}  {finding.Found}");
    }

    private static Finding Sdk()
    {
        string? version = Ask("dotnet", "--version");
        bool ok = version is not null && int.TryParse(version.Split('.')[0], out int major) && major >= 10;
        return new Finding(".NET SDK", ok, Essential: false, ok ? $"{version}; nothing to do"
            : $"{(version is null ? "not found" : version)}; install .NET 10 from https://dotnet.microsoft.com/download to build the " +
                "course and to use #r \"nuget: …\"");
    }

    private static Finding Runtime() => new(".NET runtime", Environment.Version.Major >= 10, Essential: true,
        Environment.Version.Major >= 10
            ? $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}; nothing to do"
            : $"{RuntimeInformation.FrameworkDescription}; install .NET 10");

    private static Finding Library() => Assembly("Library", typeof(Interruption).Assembly.GetName().Name!);

    private static Finding Packages()
    {
        Finding[] each = [Assembly("C# compiler", "Microsoft.CodeAnalysis.CSharp"), Assembly("MathNet.Numerics", "MathNet.Numerics"),
            Assembly("Markdig", "Markdig")];
        Finding? missing = each.FirstOrDefault(finding => !finding.Ok);
        return new Finding("Packages", missing is null, Essential: true,
            missing?.Found
                ?? $"{string.Join(", ", each.Select(finding => $"{finding.Name} {finding.Found.Split(' ')[1].TrimEnd(';')}"))}; " +
                    "nothing to do");
    }

    private static Finding Notebooks()
    {
        string? folder = NotebookFolder.Find(Directory.GetCurrentDirectory());
        int count = folder is null ? 0 : Directory.EnumerateFiles(folder, "*.ipynb").Count();
        string found = folder is null
            ? "no folder 'notebooks' here or above; run this inside the course's folder, or name a notebook: course open my.ipynb"
            : count == 0 ? $"none in {folder}; get the course again" : $"{count} in {folder}; nothing to do";
        return new Finding("Lessons", count > 0, Essential: true, found);
    }

    private static Finding PageParts() => new("Front end", FrontEnd.IsComplete, Essential: false, FrontEnd.IsComplete
        ? "plotly.js, KaTeX and CodeMirror are in the build; nothing to do"
        : $"{string.Join(", ", FrontEnd.Missing)} missing: lessons run, with still plots, formulas as TeX and a plain editor. " +
            "With npm and a network: dotnet build lib/DeepLearning.Course -t:RetryFrontEnd");

    private static Finding Npm()
    {
        string? version = OperatingSystem.IsWindows() ? Ask("cmd", "/c", "npm", "--version") : Ask("npm", "--version");
        return new Finding("npm", version is not null, Essential: false, version is not null ? $"{version}; nothing to do"
            : "not found; needed only once, to put the front end into the build: install Node.js from https://nodejs.org, " +
                "then build again");
    }

    private static Finding Assembly(string name, string assembly)
    {
        try
        {
            AssemblyName loaded = System.Reflection.Assembly.Load(assembly).GetName();
            return new Finding(name, true, Essential: true, $"{loaded.Name} {loaded.Version?.ToString(3)}; nothing to do");
        }
        catch (Exception problem) when (problem is IOException or BadImageFormatException)
        {
            return new Finding(name, false, Essential: true, $"{assembly} cannot be loaded; build again: dotnet build");
        }
    }

    /// <summary>The first line a program prints, or null if it cannot be run.</summary>
    private static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string? line = process.StandardOutput.ReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? line?.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
