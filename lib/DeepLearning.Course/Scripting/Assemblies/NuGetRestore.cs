using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Scripting.Assemblies;

/// <summary>The files of a set of packages and all they depend on.</summary>
internal sealed record RestoredPackages(IReadOnlyList<string> References, IReadOnlyList<string> Managed, IReadOnlyList<string> Native);

/// <summary>Gets packages with the SDK's own <c>dotnet restore</c> of a generated project, once per set of packages.</summary>
internal static class NuGetRestore
{
    private static readonly string s_framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    /// <exception cref="InvalidOperationException">They cannot be had; the message says which and why.</exception>
    public static async Task<RestoredPackages> RestoreAsync(IReadOnlyDictionary<string, string> packages, CancellationToken cancellation)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"deeplearning-course-{Environment.UserName}", "nuget", Key(packages));
        string assets = Path.Combine(folder, "obj", "project.assets.json");
        string done = Path.Combine(folder, "restored");
        if (File.Exists(done) && Read(assets) is { } cached) return cached;

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "packages.csproj"), Project(packages), cancellation);
        foreach (string stop in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            await File.WriteAllTextAsync(Path.Combine(folder, stop), "<Project />", cancellation);
        (int exitCode, string output) = await DotnetAsync(folder, cancellation);
        if (exitCode != 0 || Read(assets) is not { } restored) throw new InvalidOperationException(Reason(packages, output));
        await File.WriteAllTextAsync(done, "", cancellation);
        return restored;
    }

    private static string Key(IReadOnlyDictionary<string, string> packages)
    {
        string text = string.Join("\n", packages.OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase).Select(p => $"{p.Key}/{p.Value}"))
            .ToLowerInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{s_framework}\n{text}")))[..16];
    }

    private static string Project(IReadOnlyDictionary<string, string> packages)
    {
        IEnumerable<string> lines = packages.Select(
            p => $"    <PackageReference Include=\"{SecurityElement.Escape(p.Key)}\" Version=\"{SecurityElement.Escape(p.Value)}\" />");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{s_framework}</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
            {string.Join("\n", lines)}
              </ItemGroup>
            </Project>
            """;
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", "packages.csproj", "--nologo", "-v", "q"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The program 'dotnet' could not be started.");
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Reason(IReadOnlyDictionary<string, string> packages, string output)
    {
        string names = string.Join(", ", packages.Select(p => $"{p.Key} {p.Value}"));
        string? error = output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Trim();
        string said = error is null
            ? "dotnet restore failed."
            : error[(error.IndexOf("error", StringComparison.Ordinal) + 6)..].Split(" [")[0].Trim();
        return $"The package {names} could not be restored; check its name and version and your connection. NuGet says: {said}";
    }

    private static RestoredPackages? Read(string assetsFile)
    {
        if (!File.Exists(assetsFile)) return null;
        JsonNode assets = JsonNode.Parse(File.ReadAllText(assetsFile))!;
        var folders = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToList();
        JsonObject target = assets["targets"]!.AsObject().OrderByDescending(t => t.Key.Length).First().Value!.AsObject();
        (List<string> references, List<string> managed, List<string> native) = (new List<string>(), new List<string>(), new List<string>());
        foreach ((string name, JsonNode? files) in target)
        {
            string? library = assets["libraries"]![name]?["path"]?.GetValue<string>();
            string? root = library is null ? null : folders.Select(f => Path.Combine(f, library)).FirstOrDefault(Directory.Exists);
            if (root is null) continue;
            Collect("compile", references);
            Collect("runtime", managed);
            Collect("native", native);

            void Collect(string kind, List<string> into)
            {
                foreach ((string file, JsonNode? _) in files![kind]?.AsObject() ?? [])
                    if (!file.EndsWith("_._", StringComparison.Ordinal)) into.Add(Path.GetFullPath(Path.Combine(root, file)));
            }
        }
        return new RestoredPackages(references, managed, native);
    }
}
