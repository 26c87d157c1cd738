using System.Reflection;

namespace DeepLearning.Course.Tests.Docs.Api;

/// <summary>What the libraries show to others is what lib/…/PublicApi.txt says: nothing comes, goes or changes unseen.</summary>
public class PublicApiTests
{
    private const string Accept = "ACCEPT_API=1 dotnet test --project tests/DeepLearning.Course.Tests --filter-class \"*PublicApiTests\"";

    [Theory]
    [InlineData("DeepLearning")]
    [InlineData("DeepLearning.Plotting")]
    [InlineData("DeepLearning.Gpu")]
    public void ThePublicApiIsAsAccepted(string name)
    {
        Assembly? assembly = Load(name);
        Assert.SkipWhen(assembly is null, $"{name} is not built; with -p:Gpu=true it is.");
        string file = Path.Combine(Root(), "lib", name, "PublicApi.txt");
        string[] now = [.. PublicApi.Of(assembly!)];
        if (Environment.GetEnvironmentVariable("ACCEPT_API") == "1") Write(file, now);

        string[] accepted = File.Exists(file) ? File.ReadAllLines(file) : [];
        IReadOnlyList<string> difference = PublicApi.Difference(accepted, now);
        Assert.True(difference.Count == 0,
            $"The public API of {name} is not that of lib/{name}/PublicApi.txt:\n{string.Join("\n", difference)}\nTo accept it: {Accept}");
        Assert.True(accepted.SequenceEqual(now), $"lib/{name}/PublicApi.txt is out of order. To write it anew: {Accept}");
    }

    [Fact]
    public void ADifferenceShowsWhatCameWentAndChanged()
    {
        string[] before = ["# A", "class X", "int X.Gone()", "int X.Same()", "void X.Changed(int a)"];
        string[] now = ["# A", "class X", "int X.Came()", "int X.Same()", "void X.Changed(int a = 1)"];
        Assert.Equal(["+ A: int X.Came()", "− A: int X.Gone()", "− A: void X.Changed(int a)", "+ A: void X.Changed(int a = 1)"],
            PublicApi.Difference(before, now));
        Assert.Equal(["− A: class X", "+ B: class X"], PublicApi.Difference(["# A", "class X"], ["# B", "class X"]));
    }

    [Fact]
    public void ALineReadsLikeTheDeclaration() => Assert.Equal(
        [
            "abstract class ApiSample<T> : IDisposable where T : class, new()",
            "protected ApiSample<T>.new(double rate = 1E-08, string? name = null)",
            "const int ApiSample<T>.Answer = 42",
            "abstract void ApiSample<T>.Dispose()",
            "event Action ApiSample<T>.Done",
            "protected abstract IReadOnlyList<(int From, T? To)> ApiSample<T>.Each<TKey>(params TKey?[] keys) where TKey : struct",
            "virtual int? ApiSample<T>.Size { get; protected set; }",
            "override string ApiSample<T>.ToString()",
        ],
        PublicApi.Of(typeof(ApiSample<>)));

    private static void Write(string file, IEnumerable<string> lines)
    {
        string draft = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(draft, string.Concat(lines.Select(line => line + "\n")));
        File.Move(draft, file, overwrite: true);
    }

    private static Assembly? Load(string name)
    {
        try { return Assembly.Load(name); }
        catch (FileNotFoundException) { return null; }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeepLearning.Notebooks.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must lie in the course's folder.");
    }
}
