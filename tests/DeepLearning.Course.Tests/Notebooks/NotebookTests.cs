using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Notebooks;

public sealed class NotebookTests : IDisposable
{
    /// <summary>As Jupyter writes it: sorted keys, one space, text unescaped, a line end at the end.</summary>
    private const string Jupyter = """
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "aaaa1111",
           "metadata": {
            "slideshow": {
             "slide_type": "slide"
            },
            "tags": [
             "notes"
            ]
           },
           "source": [
            "# Größe \"x\" 😀 <b>\n",
            "$\\alpha$\t"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "bbbb2222",
           "metadata": {},
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "1\n"
             ]
            },
            {
             "data": {
              "application/json": {
               "big": 1e-07,
               "x": 1.0
              },
              "text/plain": [
               "3"
              ]
             },
             "execution_count": 3,
             "metadata": {},
             "output_type": "execute_result"
            }
           ],
           "source": []
          },
          {
           "cell_type": "raw",
           "id": "cccc3333",
           "metadata": {},
           "source": [
            "raw"
           ]
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "unknown": {
           "kept": [
            1,
            null,
            {}
           ]
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsReadIsWrittenBackByteForByte()
    {
        string path = Path.Combine(_folder, "a.ipynb");
        Notebook.Parse(Jupyter, "a.ipynb").Save(path);
        Assert.Equal(Jupyter, File.ReadAllText(path));
        Assert.Equal((byte)'{', File.ReadAllBytes(path)[0]);
        Assert.Equal(["a.ipynb"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void ALessonOfTheCourseIsKeptAsItIs()
    {
        foreach ((string file, string name) in NotebookFiles.Find(Path.Combine(AppContext.BaseDirectory, "../../../../notebooks")))
        {
            string before = File.ReadAllText(file);
            string once = Notebook.Load(file).ToJson();
            Assert.Equal(once, Notebook.Parse(once, name).ToJson());
            Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(before)!["cells"]!.AsArray().Count, Notebook.Parse(once, name).Cells.Count);
        }
    }

    [Fact]
    public void CellsAreReadAndChanged()
    {
        var notebook = Notebook.Parse(Jupyter, "a.ipynb");
        Assert.Equal([CellKind.Markdown, CellKind.Code, CellKind.Raw], notebook.Cells.Select(c => c.Kind));
        Assert.Equal("# Größe \"x\" 😀 <b>\n$\\alpha$\t", notebook.Cells[0].Source);
        Assert.Equal(["notes"], notebook.Cells[0].Tags);
        Assert.Equal(3, notebook.Cells[1].ExecutionCount);
        notebook.Cells[1].Source = "a\nb\n";
        notebook.Cells.RemoveAt(2);
        notebook.Cells.Insert(0, new NotebookCell(CellKind.Code, "new"));
        var again = Notebook.Parse(notebook.ToJson(), "a.ipynb");
        Assert.Equal(["new", notebook.Cells[1].Source, "a\nb\n"], again.Cells.Select(c => c.Source));
        Assert.NotNull(again.Cells[0].Id);
    }

    [Fact]
    public void IdsAppearOnlyWhereTheFormatHasThem()
    {
        var old = Notebook.Parse(
            """{"cells":[{"cell_type":"raw","metadata":{},"source":"x"}],"metadata":{},"nbformat":4,"nbformat_minor":2}""", "old");
        old.Cells.Add(new NotebookCell(CellKind.Markdown, "y"));
        Assert.DoesNotContain("\"id\"", old.ToJson());
        Assert.Contains("\"id\"", Notebook.Create().With(new NotebookCell(CellKind.Raw)).ToJson());
    }

    [Theory]
    [InlineData("", "n.ipynb is empty")]
    [InlineData("not json", "n.ipynb is not JSON: line 1, column 2")]
    [InlineData("{\n \"cells\": [],,\n}", "n.ipynb is not JSON: line 2, column 14")]
    [InlineData("{\n \"cells\": [\n  {\"cell_type\": \"co", "n.ipynb is cut off at line 3")]
    [InlineData("{\"nbformat\": 4, \"cells\": []", "n.ipynb is cut off at line 1")]
    [InlineData("{", "n.ipynb is cut off at line 1")]
    [InlineData("[1, 2]", "n.ipynb is JSON but not a notebook")]
    [InlineData("{\"a\": 1}", "n.ipynb is JSON but not a notebook")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}",
        "n.ipynb has notebook format 3, but format 4 is needed; convert it with: jupyter nbconvert")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "n.ipynb has notebook format 5, newer than the format 4")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "its \"nbformat\" is missing or not a number")]
    [InlineData("{\"nbformat\": 4, \"cells\": 1}", "its \"cells\" are missing or not a list")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "Cell 1 of n.ipynb is not a cell")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\"}]}", "Cell 1 of n.ipynb is not a cell")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}}",
        "n.ipynb is a notebook in python, but this program runs C#")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4, \"cells\": []}", "n.ipynb is not JSON")]
    public void WhatIsNoNotebookIsOneClearSentence(string text, string expected)
    {
        string path = Path.Combine(_folder, "n.ipynb");
        File.WriteAllText(path, text);
        string message = Assert.Throws<NotebookException>(() => Notebook.Load(path)).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void AMissingFileIsOneClearSentence() =>
        Assert.StartsWith("none.ipynb cannot be read",
            Assert.Throws<NotebookException>(() => Notebook.Load(Path.Combine(_folder, "none.ipynb"))).Message);

    [Fact]
    public void ASaveThatFailsLeavesTheOldFile()
    {
        string path = Path.Combine(_folder, "a.ipynb");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "in the way"), "");
        Assert.ThrowsAny<Exception>(() => Notebook.Create().Save(path));
        Assert.Equal(["a.ipynb"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("a\rb", "b")]
    [InlineData("abc\rx", "xbc")]
    [InlineData("1%\r2%\r100%\ndone", "100%\ndone")]
    [InlineData("1%\r", "1%\r")]
    [InlineData("a\r\nb", "a\nb")]
    public void AReturnWritesOverTheLine(string text, string expected) => Assert.Equal(expected, TerminalText.Collapse(text));
}

internal static class NotebookBuilding
{
    /// <summary>The notebook with more cells.</summary>
    public static Notebook With(this Notebook notebook, params NotebookCell[] cells)
    {
        notebook.Cells.AddRange(cells);
        return notebook;
    }

    public static Notebook WithCode(this Notebook notebook, params string[] sources) =>
        notebook.With([.. sources.Select(source => new NotebookCell(CellKind.Code, source))]);
}
