using System.CommandLine;
using System.Text;

namespace DeepLearning.Course.Commands;

/// <summary><c>course gpu</c>: whether the device for graphics cards is built; it needs one more package, so it is off at first.</summary>
public static class GpuCommand
{
    /// <summary>The settings file, beside <c>Directory.Build.props</c>, which reads it.</summary>
    internal const string FileName = "Gpu.props";

    private const string Content = "<Project>\n  <PropertyGroup>\n    <Gpu>true</Gpu>\n  </PropertyGroup>\n</Project>\n";

    public static Command Create()
    {
        var enable = new Command("enable", "Builds the GPU device in, from the next build on.\n\nExample:\n  course gpu enable");
        enable.SetAction(_ => Run(Directory.GetCurrentDirectory(), true, Console.Out));
        var disable = new Command("disable", "Leaves the GPU device out, from the next build on.\n\nExample:\n  course gpu disable");
        disable.SetAction(_ => Run(Directory.GetCurrentDirectory(), false, Console.Out));
        return new Command("gpu", """
            The device for graphics cards, Device.Gpu. It needs the package ILGPU, which the next build fetches; `course doctor` shows what it finds.

            Examples:
              course gpu enable
              course gpu disable
            """) { enable, disable };
    }

    internal static int Run(string start, bool enable, TextWriter output)
    {
        string? folder = Root(start);
        if (folder is null)
        {
            output.WriteLine("The course's sources are not here or above (no Directory.Build.props); run this inside the course's folder.");
            return 1;
        }
        string file = Path.Combine(folder, FileName);
        try
        {
            // Half a setting would break every build.
            if (enable) AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(Content)));
            else File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(
                $"'{file}' cannot be {(enable ? "written" : "deleted")}: {problem.Message} Build with " +
                $"-p:Gpu={(enable ? "true" : "false")} instead.");
            return 1;
        }
        output.WriteLine(enable
            ? $"Written: {file}\nThe next `dotnet build` fetches ILGPU and builds the GPU device; then `course doctor` shows the card."
            : "The next `dotnet build` leaves the GPU device out.");
        return 0;
    }

    private static string? Root(string start)
    {
        foreach (string from in new[] { start, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Directory.Build.props"))) return folder.FullName;
            }
        }
        return null;
    }
}
