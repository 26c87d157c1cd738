namespace DeepLearning.Tests.Data;

/// <summary>Data sets from comma-separated text and from arrays.</summary>
public class CsvTests
{
    private static Dataset Read(string text, string target, bool? classes = null, string[]? features = null, char separator = ',') =>
        Dataset.FromCsv(new StringReader(text), target, classes, features, separator, "table");

    [Fact]
    public void NamesBecomeClassesInAlphabeticalOrder()
    {
        Dataset data = Read("a,kind,b\n1,pear,2.5\n\n-3e-1, apple ,4\n5,pear,6\n", "kind");
        Assert.Equal([1, 2.5, -0.3, 4, 5, 6], data.X.ToDoubles().Select(v => Math.Round(v, 6)));
        Assert.Equal(["apple", "pear"], data.Classes);
        Assert.Equal([1, 0, 1], data.Labels);
        Assert.Equal(["a", "b"], data.Features);
        Assert.Equal("table", data.Name);
    }

    [Fact]
    public void NumbersAreARegressionUnlessToldOtherwise()
    {
        const string Text = "x;y\n1;10\n2;9\n3;10\n";
        Dataset numbers = Read(Text, "y", separator: ';'), classes = Read(Text, "y", classes: true, separator: ';');
        Assert.Equal(new Shape(3, 1), numbers.Y.Shape);
        Assert.Equal([10, 9, 10], numbers.Y.ToDoubles());
        Assert.Empty(numbers.Classes);
        Assert.Equal(["9", "10"], classes.Classes);
        Assert.Equal([1, 0, 1], classes.Labels);
    }

    [Fact]
    public void FieldsInQuotesMayHoldAnything()
    {
        Dataset data = Read("\"a, b\",kind\r\n\"1\",\"say \"\"hi\"\"\"\r\n2,\"two\nlines\"\r\n", "kind");
        Assert.Equal(["a, b"], data.Features);
        Assert.Equal(["say \"hi\"", "two\nlines"], data.Classes);
        Assert.Equal([1, 2], data.X.ToDoubles());
    }

    [Fact]
    public void FeaturesCanBeChosen()
    {
        Dataset data = Read("name,a,b,c\nx,1,2,3\ny,4,5,6\n", "a", features: ["c", "b"]);
        Assert.Equal([3, 2, 6, 5], data.X.ToDoubles());
        Assert.Equal([1, 4], data.Y.ToDoubles());
    }

    [Fact]
    public void AFileIsReadAndNamed()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.csv");
        File.WriteAllText(path, "\ufeffa,b\n1,2\n");
        Dataset data = Dataset.FromCsv(path, "b");
        File.Delete(path);
        Assert.Equal(["a"], data.Features);
        Assert.Equal(Path.GetFileNameWithoutExtension(path), data.Name);
        Assert.Throws<FileNotFoundException>(() => Dataset.FromCsv(path, "b"));
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "'table', it is empty; a table begins with a heading, the names of its columns.", "", "y" },
        { "'table', it has a heading and no rows.", "x,y\n", "y" },
        { "'table', line 1: the heading has 'x' twice; give each column a name of its own.", "x,x\n1,2", "x" },
        { "'table', line 4: expected 2 values as in the heading, got 3.", "x,y\n1,2\n\n1,2,3\n", "y" },
        { "'table', line 3, column 'x': expected a number, got 'red'; leave the column out by naming the others as features, or turn it " +
            "into numbers.",
            "x,y\n1,2\nred,3\n", "y" },
        { "'table', line 2, column 'x': expected a number, got nothing; fill the gap or leave the row out.", "x,y\n,2\n", "y" },
        { "'table', line 2, column 'x': expected a number, got 'NaN'", "x,y\nNaN,2\n", "y" },
        { "'table', line 3, column 'y': expected a class, got nothing; leave the row out.", "x,y\n1,a\n1,\n", "y" },
        { "'table', line 2: a quote is opened and never closed.", "x,y\n1,\"a\n", "y" },
        { "'table', line 2: expected ',' after a field in quotes, got 'b'.", "x,y\n1,\"a\"b\n", "y" },
        { "'table' has no column 'z'; it has 'x', 'y'.", "x,y\n1,2\n", "z" },
        { "'table', it has no column beside the target 'y'.", "y\n1\n", "y" },
        { "'table', line 2: expected 1 values as in the heading, got 2; if the columns are not separated by ',', say separator.",
            "x;y\n1,5;2\n", "y" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void MistakesAreNamedWithLineAndColumn(string message, string text, string target) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(() => Read(text, target)).Message);

    [Fact]
    public void OneKindOfTargetIsInsistedOn()
    {
        Assert.Contains("line 2, column 'y': expected a number, got 'a'; say classes: true",
            Assert.Throws<InvalidDataException>(() => Read("x,y\n1,a\n", "y", classes: false)).Message);
        Assert.StartsWith("'y' is the target",
            Assert.Throws<ArgumentException>(() => Read("x,y\n1,2\n", "y", features: ["x", "y"])).Message);
    }

    [Fact]
    public void ArraysBecomeDataSets()
    {
        Dataset classes = Dataset.From(new float[,] { { 1, 2 }, { 3, 4 } }, [1, 0]);
        Assert.Equal([1, 2, 3, 4], classes.X.ToDoubles());
        Assert.Equal(["0", "1"], classes.Classes);
        Assert.Equal([1, 0], classes.Labels);
        Dataset named = Dataset.From(new double[][] { [1, 2], [3, 4] }, [1, 0], ["no", "yes"], ["a", "b"]);
        Assert.Equal(["no", "yes"], named.Classes);
        Assert.Equal(["a", "b"], named.Features);
        Assert.Equal([0.5, 1.5], Dataset.From(new int[][] { [1], [2] }, [0.5, 1.5]).Y.ToDoubles());
        Assert.Equal(new Shape(2, 1), Dataset.From(new double[,] { { 1 }, { 2 } }, [0.5, 1.5]).Y.Shape);
        Assert.Equal(new Shape(2, 3), Dataset.From(new double[,] { { 1 }, { 2 } }, new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }).Y.Shape);
    }

    [Fact]
    public void MistakesInArraysAreNamed()
    {
        Assert.StartsWith("Every row of x needs as many numbers as the first, 2, but row 1 has 3.",
            Assert.Throws<ArgumentException>(() => Dataset.From(new double[][] { [1, 2], [1, 2, 3] }, [0, 1])).Message);
        Assert.StartsWith("Row 1 of x is null.",
            Assert.Throws<ArgumentNullException>(() => Dataset.From(new double[][] { [1, 2], null! }, [0, 1])).Message);
        Assert.StartsWith("x has 2 samples and y has 3",
            Assert.Throws<ArgumentException>(() => Dataset.From(new double[,] { { 1 }, { 2 } }, [0, 1, 1])).Message);
        Assert.StartsWith("Label 1 must be a whole number from 0 to 0, got -1.",
            Assert.Throws<ArgumentException>(() => Dataset.From(new double[,] { { 1 }, { 2 } }, [0, -1])).Message);
        Assert.StartsWith("A label of 16777217 would make",
            Assert.Throws<ArgumentException>(() => Dataset.From(new double[,] { { 1 }, { 2 } }, [0, 16777217])).Message);
        Assert.StartsWith("Label 1 must be",
            Assert.Throws<ArgumentException>(() => Dataset.From(new double[,] { { 1 }, { 2 } }, [0, 2], ["a", "b"])).Message);
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => Dataset.From(new double[,] { { 1 } }, (int[])null!)).ParamName);
    }
}
