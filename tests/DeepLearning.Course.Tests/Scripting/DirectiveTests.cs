using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(OneAtATime)]
public class DirectiveTests : SessionTest
{
    [Fact]
    public async Task ALibraryIsReferencedByItsPathFromTheNotebooksFolder()
    {
        BuildLibrary("lib/Shapes.dll", "namespace Shapes; public static class Square { public static int Area(int a) => a * a; }");
        await Run("#r \"lib/Shapes.dll\"\nusing Shapes;");
        Assert.Equal("49", await Run("Square.Area(7)"));
    }

    [Fact]
    public async Task TheCoursesOwnLibraryIsThereWhateverThePathSays()
    {
        Write("setup.csx",
            "#r \"../artifacts/bin/DeepLearning.Plotting/release/DeepLearning.Plotting.dll\"\n#r \"nowhere/DeepLearning.dll\"\n" +
            "using System;\nusing DeepLearning;");
        await Run("#load \"setup.csx\"");
        Assert.Equal("System.Int32", await Run("typeof(int)"));
    }

    [Fact]
    public async Task AMissingLibraryIsOneSentence()
    {
        CellError error = await Fail("var x = 1;\n#r \"nowhere/Missing.dll\"");
        Assert.Equal(2, error.Line);
        Assert.Contains("Missing.dll; build the project it belongs to first.", error.Message);
    }

    [Fact]
    public async Task ALoadedFileRunsInTheSessionWithItsOwnFolder()
    {
        Write("sub/inner.csx", "int inner = 5;");
        Write("sub/outer.csx", "#load \"inner.csx\"\nint Outer() => inner * 2;");
        Assert.Equal("10", await Run("#load \"sub/outer.csx\"\nOuter()"));
    }

    [Fact]
    public async Task AnErrorInALoadedFileNamesTheFile()
    {
        Write("bad.csx", "var fine = 1;\nvar broken = nope;");
        CellError error = await Fail("#load \"bad.csx\"");
        Assert.Contains("bad.csx (2,14): error CS0103", error.Trace[0]);
        Write("worse.csx", "\n#r \"missing.dll\"");
        error = await Fail("\n\n#load \"worse.csx\"");
        Assert.Equal(3, error.Line);
        Assert.Contains("worse.csx, line 2: #r found no file", error.Message);
    }

    [Fact]
    public async Task AFileThatLoadsItselfIsAnError()
    {
        Write("loop.csx", "#load \"loop.csx\"");
        Assert.Contains("loads itself", (await Fail("#load \"loop.csx\"")).Message);
    }

    [Fact]
    public async Task AnotherNotebooksCodeIsImported()
    {
        var notebook = Notebook.Create();
        notebook.Cells.Add(new NotebookCell(CellKind.Markdown, "not code"));
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "int Half(int v) => v / 2;"));
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "var imported = Half(8);"));
        notebook.Save(Path.Combine(Folder, "other.ipynb"));
        Assert.Equal("4", await Run("#!import other.ipynb\nimported"));
        Write("broken.ipynb", "{");
        Assert.Contains("cut off", (await Fail("#!import broken.ipynb")).Message);
    }

    [Fact]
    public async Task TimeIsShownAndTheLanguageMayBeNamed()
    {
        Assert.Equal("3", await Run("#!csharp\n#!time\n1 + 2"));
        Assert.Matches(@"^Wall time: \d+\.\d ms$", Output.Displays.Single().Bundle["text/plain"].GetValue<string>());
    }

    [Fact]
    public async Task AnUnknownDirectiveSaysWhatThereIs()
    {
        CellError error = await Fail("1 + 1\n#!fsharp");
        Assert.Equal(2, error.Line);
        Assert.Equal("#!fsharp is not known here; supported are #r, #load, #!import, #!time and #!csharp.", error.Message);
    }

    [Fact]
    public async Task TextThatOnlyLooksLikeADirectiveIsLeftAlone() =>
        Assert.Equal("a\n#!time\n#r \"x\"", await Run("\"\"\"\na\n#!time\n#r \"x\"\n\"\"\""));

    [Fact]
    public async Task PreprocessorLinesStillWork() =>
        Assert.Equal("2", await Run("#region numbers\n#if SOMETHING\n1\n#else\n2\n#endif\n#endregion"));

    [Theory]
    [InlineData("CsvHelper, 33.1.0", "CsvHelper.CsvReader")]
    [InlineData("Markdig, 1.6.0", "Markdig.Markdown")]
    public async Task APackageIsRestored(string package, string type)
    {
        CellResult result = await Try($"#r \"nuget: {package}\"\ntypeof({type}).FullName");
        if (result.Error?.Message.Contains("could not be restored") == true) Assert.Skip(result.Error.Message);
        Assert.True(result.Succeeded, result.Error?.Message);
        Assert.Equal(type, result.Value?.Bundle["text/plain"].GetValue<string>());
    }

    [Fact]
    public async Task APackageThatDoesNotExistIsOneSentence()
    {
        CellError error = await Fail("#r \"nuget: DeepLearning.No.Such.Package, 1.2.3\"");
        Assert.Equal(1, error.Line);
        Assert.StartsWith(
            "The package DeepLearning.No.Such.Package 1.2.3 could not be restored; check its name and version and your connection.",
            error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
