using System.CommandLine;

namespace DeepLearning.Course.Commands;

/// <summary><c>course run</c>: executes notebooks without a window.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("notebook") { Description = "Notebooks, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the executed notebooks. Without it nothing is written: the notebooks are only run.",
            HelpName = "folder",
        };
        var html = new Option<bool>("--html")
        {
            Description = "Also write each notebook as a web page that needs no other file; goes with -o.",
        };
        Option<double?> timeout = CellTimeout.Option();
        var command = new Command("run", """
            Runs notebooks from their first cell to their last and says which cell fails. Exit code 0: all ran; 1: one failed.

            Examples:
              course run notebooks/06-backpropagation.ipynb
              course run notebooks -o executed --html --timeout 300
            """) { paths, output, html, timeout };
        command.Validators.Add(result =>
        {
            if (result.GetValue(html) && result.GetValue(output) is null)
                result.AddError("--html needs a folder to write to: -o <folder>.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var run = new HeadlessRun(Console.Out, isTerminal: !Console.IsOutputRedirected)
            {
                OutputFolder = parsed.GetValue(output),
                WritesHtml = parsed.GetValue(html),
                CellTimeout = CellTimeout.Read(parsed, timeout),
            };
            return run.RunAsync(parsed.GetValue(paths)!, cancellation);
        });
        return command;
    }
}
