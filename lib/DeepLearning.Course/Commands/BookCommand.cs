using System.CommandLine;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Commands;

/// <summary><c>course book</c>: the lessons as a static site.</summary>
internal static class BookCommand
{
    public static Command Create()
    {
        var notebooks = new Argument<string?>("notebooks")
        {
            Description = "The folder of the lessons; the course's own without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the book; an older book there is replaced.",
            HelpName = "folder",
            DefaultValueFactory = _ => "site",
        };
        var lessons = new Option<string?>("--lessons")
        {
            Description = "Only lessons whose names start so; several with commas between.",
            HelpName = "06,10",
        };
        Option<double?> timeout = CellTimeout.Option();
        var executed = new Option<string?>("--executed")
        {
            Description = "Run nothing: take the outputs from the notebooks in this folder, as `course run -o` writes them.",
            HelpName = "folder",
        };
        var command = new Command("book", """
            Runs every lesson and writes a book: a static site that opens from its folder, offline, on paper too. Exit code 0: written; 1: a lesson failed, nothing was written.

            Examples:
              course book -o site
              course book --lessons 06,10 --timeout 300
              course run notebooks -o executed, then: course book --executed executed
            """) { notebooks, output, lessons, timeout, executed };
        command.SetAction((parsed, cancellation) =>
        {
            string? folder = parsed.GetValue(notebooks) ?? NotebookFolder.Find(Directory.GetCurrentDirectory());
            if (folder is null || !Directory.Exists(folder))
            {
                Console.Error.WriteLine(folder is null
                    ? "There is no folder 'notebooks' here or above; run this in the course's folder, or name a folder."
                    : $"There is no folder '{folder}'.");
                return Task.FromResult(1);
            }
            var run = new BookRun(Console.Out, isTerminal: !Console.IsOutputRedirected)
            {
                Site = Path.GetFullPath(parsed.GetValue(output)!),
                Lessons = (parsed.GetValue(lessons) ?? "")
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                CellTimeout = CellTimeout.Read(parsed, timeout),
                Executed = parsed.GetValue(executed) is { } path ? Path.GetFullPath(path) : null,
            };
            return run.RunAsync(Path.GetFullPath(folder), cancellation);
        });
        return command;
    }
}
