using System.CommandLine;
using DeepLearning.Course.Commands;

namespace DeepLearning.Course;

internal static class Program
{
    /// <summary>The verbs; each lives in a file of its own.</summary>
    private static readonly Func<Command>[] s_verbs =
    [
        OpenCommand.Create,
        RunCommand.Create,
        ReleaseCommand.Create,
        KernelCommand.Create,
        BookCommand.Create,
        DoctorCommand.Create,
        GpuCommand.Create,
        VsCodeCommand.Create,
        ServeCommand.Create,
    ];

    /// <summary>What a bare <c>course</c> means.</summary>
    private const string DefaultVerb = "open";

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("""
            A course on deep learning in C#: opens, runs and checks its notebooks.

            Examples:
              course                        opens the list of lessons in the browser
              course open 06                opens lesson 06
              course run notebooks          runs every lesson and says what fails
              course release                makes the students' notebooks from the solved ones
              course kernel install         offers the course's C# to Jupyter
              course vscode install         puts the course into VS Code
              course book -o site           writes the lessons as a book, a static site
              course doctor                 checks this machine; each line says what to do
              course gpu enable             builds in the device for graphics cards
            """);
        foreach (Func<Command> create in s_verbs) root.Subcommands.Add(create());
        if (args.Length == 0) args = [DefaultVerb];
        return await root.Parse(args).InvokeAsync();
    }
}
