using System.CommandLine;
using DeepLearning.Course.Page;
using DeepLearning.Course.VsCode;

namespace DeepLearning.Course.Commands;

/// <summary><c>course vscode install</c>: the course's extension, into VS Code.</summary>
public static class VsCodeCommand
{
    public static Command Create()
    {
        var vsix = new Option<string?>("--vsix") { Description = "Only write the extension to this file, for an editor elsewhere." };
        var into = new Option<string?>("--into")
        {
            Description = "Unpack it into this folder of extensions instead of asking an editor to install it.",
        };
        var install = new Command("install", """
            Makes the extension and installs it in every editor found on the path (code, codium, code-server, …); where there is none, in
            ~/.vscode/extensions.

            Examples:
              course vscode install
              course vscode install --vsix course.vsix
              course vscode install --into ~/.vscode-oss/extensions
            """)
        {
            vsix, into,
        };
        install.SetAction(parsed => Install(parsed.GetValue(vsix), parsed.GetValue(into)));
        return new Command("vscode", "The course in VS Code.\n\nExample:\n  course vscode install") { install };
    }

    internal static int Install(string? vsix, string? into)
    {
        try
        {
            ExtensionContent content = ExtensionContent.Collect(NotebookFolder.Find(Directory.GetCurrentDirectory()));
            if (!content.HasPlotly)
                Console.WriteLine("This build has no plotly.js, so plots will be still pictures; `course doctor` says how to get it.");
            if (vsix is not null) return WriteVsix(content, vsix);
            if (into is not null) return Unpack(content, into);
            string[] editors = [.. Editors.Find()];
            return editors.Length > 0
                ? InstallIn(editors, content)
                : Unpack(content, Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vscode", "extensions"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine($"The extension could not be written: {problem.Message}");
            return 1;
        }
    }

    private static int WriteVsix(ExtensionContent content, string path)
    {
        ExtensionPackage.WriteVsix(content, path);
        Console.WriteLine($"Written: {Path.GetFullPath(path)}\nIn VS Code: Extensions, the … menu, Install from VSIX.");
        return 0;
    }

    private static int Unpack(ExtensionContent content, string extensions)
    {
        Directory.CreateDirectory(extensions);
        Console.WriteLine($"Unpacked into {ExtensionPackage.Unpack(content, extensions)}");
        return SayWhatNext();
    }

    private static int InstallIn(string[] editors, ExtensionContent content)
    {
        string folder = Directory.CreateTempSubdirectory("course-vsix-").FullName;
        try
        {
            string vsix = Path.Combine(folder, "course.vsix");
            ExtensionPackage.WriteVsix(content, vsix);
            bool anywhere = false;
            foreach (string editor in editors)
            {
                string? refusal = Editors.Install(editor, vsix);
                Console.WriteLine(refusal is null ? $"Installed by {editor}" : $"{editor} did not take it: {refusal}");
                anywhere |= refusal is null;
            }
            return anywhere ? SayWhatNext() : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int SayWhatNext()
    {
        Console.WriteLine("Start VS Code (or Developer: Reload Window), open this folder, then a lesson in notebooks/, and press Run All.");
        return 0;
    }
}
