using System.CommandLine;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;
using DeepLearning.Course.Release;

namespace DeepLearning.Course.Commands;

/// <summary><c>course release</c>: makes the students' notebooks from the solved ones.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("notebook")
        {
            Description = "A solved notebook, or a folder of them; notebooks/solutions without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the students' notebooks; the one above the solved ones without it.",
            HelpName = "folder",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Write nothing; exit code 1 if a student's notebook is not what would be written, with the first difference.",
        };
        var command = new Command("release", """
            Makes the students' notebooks from the solved ones, without solutions and outputs.

            Examples:
              course release
              course release notebooks/solutions/06-backpropagation.ipynb -o handout
              course release --check
            """) { path, output, check };
        command.SetAction(parsed => Run(parsed.GetValue(path), parsed.GetValue(output), parsed.GetValue(check), Console.Out));
        return command;
    }

    /// <summary>All are made before the first is written, so a mistake in one leaves everything as it was.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string? path, string? output, bool check, TextWriter console)
    {
        path ??= Path.Combine(NotebookFolder.Find(Directory.GetCurrentDirectory()) ?? "notebooks", "solutions");
        var solved = NotebookFiles.Find(path).ToList();
        if (solved.Count == 0)
        {
            console.WriteLine($"There is no notebook at {path}; solved notebooks lie in notebooks/solutions.");
            return 1;
        }
        string folder = Path.GetFullPath(output
            ?? Path.Combine(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path, ".."));
        var copies = new List<(Notebook Copy, string Name, string Target)>();
        try
        {
            foreach ((string file, string name) in solved)
            {
                string target = Path.Combine(folder, name);
                if (target == file)
                    throw new NotebookException($"{name} would be written over its own source; choose another folder with -o.");
                copies.Add((StudentCopy.Make(Notebook.Load(file), name), name, target));
            }
        }
        catch (NotebookException e)
        {
            console.WriteLine(e.Message);
            return 1;
        }
        return check ? Check(copies, console) : Write(copies, console);
    }

    private static int Write(List<(Notebook Copy, string Name, string Target)> copies, TextWriter console)
    {
        foreach ((Notebook copy, string name, string target) in copies)
        {
            copy.Save(target);
            console.WriteLine($"released  {name}");
        }
        return 0;
    }

    private static int Check(List<(Notebook Copy, string Name, string Target)> copies, TextWriter console)
    {
        int exitCode = 0;
        foreach ((Notebook copy, string name, string target) in copies)
        {
            string? difference = Difference(copy, target);
            if (difference is not null) exitCode = 1;
            console.WriteLine(
                difference is null ? $"in step   {name}" : $"DIFFERS   {name}: {difference}. To write it again: course release");
        }
        return exitCode;
    }

    private static string? Difference(Notebook copy, string target)
    {
        if (!File.Exists(target)) return "it has not been released yet";
        try
        {
            return StudentCopy.FirstDifference(copy, Notebook.Load(target));
        }
        catch (NotebookException e)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
