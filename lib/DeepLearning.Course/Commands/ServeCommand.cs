using System.CommandLine;
using DeepLearning.Course.Stdio;

namespace DeepLearning.Course.Commands;

/// <summary><c>course serve</c>: runs cells for an editor, over standard input and output.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var folder = new Option<string>("--folder")
        {
            Description = "Where the notebook's relative paths start; the current folder if left out.",
            DefaultValueFactory = _ => Directory.GetCurrentDirectory(),
        };
        var command = new Command("serve", """
            Runs cells for an editor: JSON messages, one a line, over standard input and output. The VS Code extension starts it.

            Example:
              echo '{"type":"complete","id":1,"code":"Math.Sq","position":7}' | course serve
            """)
        {
            folder,
        };
        command.SetAction(async (parsed, _) => await RunAsync(parsed.GetValue(folder)!));
        return command;
    }

    private static async Task<int> RunAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}.");
            return 1;
        }
        using Stream input = Console.OpenStandardInput(), output = Console.OpenStandardOutput();
        // Both belong to the messages now; what else is printed goes to standard error, and a cell that reads the console finds its end.
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        await new StdioConnection(input, output, folder).RunAsync();
        return 0;
    }
}
