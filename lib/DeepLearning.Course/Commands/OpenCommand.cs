using System.CommandLine;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Commands;

/// <summary><c>course open</c>: the lessons in the browser.</summary>
public static class OpenCommand
{
    public static Command Create()
    {
        var notebook = new Argument<string?>("notebook")
        {
            Description = "A notebook to open: a path, or the start of a lesson's name such as 06. Without it, the list of lessons.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 0 };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the link and open nothing." };
        var command = new Command("open",
            "Opens the course in the browser, on this machine only.\n\nExamples:\n  course open\n  course open 06\n" +
            "  course open notebooks/10-adaptive-optimizers.ipynb --port 8080 --no-browser")
        {
            notebook, port, noBrowser,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(notebook), parsed.GetValue(port), !parsed.GetValue(noBrowser)));
        return command;
    }

    /// <summary>Serves until Ctrl+C.</summary>
    public static async Task<int> RunAsync(string? notebook, int port, bool openBrowser)
    {
        if (port is < 0 or > 65535) return Fail($"--port must be from 0 to 65535, not {port}.");
        if (!TryFind(notebook, out string folder, out string? path, out string problem)) return Fail(problem);
        PageServer server;
        try
        {
            server = await PageServer.StartAsync(new PageOptions(folder, port));
        }
        catch (IOException)
        {
            return Fail($"Port {port} is taken by another program; leave --port out to take a free one.");
        }
        await using (server)
        {
            string link = server.Link(path);
            Console.WriteLine($"The course is open at\n  {link}\nPress Ctrl+C to stop.");
            if (openBrowser && !Browser.TryOpen(link))
                Console.WriteLine("No browser could be started from here; open the link above in one on this machine.");
            await server.WaitForShutdownAsync();
        }
        return 0;
    }

    /// <summary>Where a notebook named on the command line is: the folder to serve and the path in it.</summary>
    internal static bool TryFind(string? notebook, out string folder, out string? path, out string problem)
    {
        (folder, path, problem) = (NotebookFolder.Find(Directory.GetCurrentDirectory()) ?? "", null, "");
        if (notebook is null)
        {
            problem = "There is no folder 'notebooks' here or above; run this in the course's folder, or name a notebook.";
            return folder.Length > 0;
        }
        string? file = File.Exists(notebook) ? Path.GetFullPath(notebook)
            : folder.Length > 0 ? Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
                .FirstOrDefault(name => Path.GetFileName(name).StartsWith(notebook, StringComparison.OrdinalIgnoreCase))
            : null;
        if (file is null || !file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            problem = file is null
                ? $"There is no notebook '{notebook}', as a path or as the start of a lesson's name."
                : $"'{notebook}' is not a notebook: its name must end in .ipynb.";
            return false;
        }
        string relative = folder.Length > 0 ? Path.GetRelativePath(folder, file) : "..";
        bool inCourse = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        if (!inCourse) folder = Path.GetDirectoryName(file)!;
        path = inCourse ? relative : Path.GetFileName(file);
        return true;
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
