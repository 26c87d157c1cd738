namespace DeepLearning.Tests;

public class TextTests
{
    [Fact]
    public void TheTextIsWhole()
    {
        string text = Datasets.Text();
        Assert.Equal(147933, text.Length);
        Assert.StartsWith("CHAPTER I\n\n", text);
        Assert.EndsWith("remembering her own child-life, and the happy summer days.\n\nTHE END\n", text);
        Assert.Equal(12, text.Split("CHAPTER ").Length - 1);
        Assert.Equal(69, new Vocabulary(text).Count);
        Assert.All(text, character => Assert.True(character == '\n' || character is >= ' ' and < (char)127));
    }

    // awk '{print $1, $2}' dist.female.first | head -3, and so on
    [Fact]
    public void NamesAreThoseOfTheCensus()
    {
        IReadOnlyList<FirstName> names = Datasets.Names();
        Assert.Equal(2000, names.Count);
        Assert.Equal([new("Mary", "female", 2.629), new("Patricia", "female", 1.073), new("Linda", "female", 1.035)], names.Take(3));
        Assert.Equal([new("James", "male", 3.318), new("John", "male", 3.271), new("Robert", "male", 3.143)], names.Skip(1000).Take(3));
        Assert.Equal(1000, names.Count(name => name.Sex == "female"));
        Assert.Equal(1000, names.Where(name => name.Sex == "male").Select(name => name.Name).Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Z][a-z]{1,10}$", name.Name));
    }

    [Fact]
    public void TokensGoThereAndBack()
    {
        Vocabulary vocabulary = new("hello");
        Assert.Equal(['e', 'h', 'l', 'o'], vocabulary.Characters);
        Assert.Equal([1, 0, 2, 2, 3], vocabulary.Encode("hello"));
        Assert.Equal("hole", vocabulary.Decode(vocabulary.Encode("hole")));
        Assert.Equal("oh", vocabulary.Decode(Tensor.From([3.0, 1.0], 1, 2)));
        Assert.Contains("4 characters does not know 'x'", Assert.Throws<ArgumentException>(() => vocabulary.Encode("ox")).Message);
        Assert.Contains("the character with code 10", Assert.Throws<ArgumentException>(() => vocabulary['\n']).Message);
        Assert.Contains("Token 4 does not exist", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([4])).Message);
        Assert.Contains("got 5", Assert.Throws<ArgumentException>(() => vocabulary.Windows("hello", 5)).Message);
        Assert.Throws<ArgumentException>(() => new Vocabulary(""));
    }

    [Fact]
    public void WindowsAskForTheNextCharacter()
    {
        const string text = "abcdefgh";
        Vocabulary vocabulary = new(text);
        Dataset apart = vocabulary.Windows(text, 3);
        Assert.Equal((new Shape(2, 3), new Shape(2, 3)), (apart.X.Shape, apart.Y.Shape));
        Assert.Equal("abcdef", vocabulary.Decode(apart.X));
        Assert.Equal("bcdefg", vocabulary.Decode(apart.Y));
        Dataset overlapping = vocabulary.Windows(text, 6, stride: 1);
        Assert.Equal("abcdefbcdefg", vocabulary.Decode(overlapping.X));
        Assert.Equal("bcdefgcdefgh", vocabulary.Decode(overlapping.Y));
        Assert.Equal("Windows of 8 characters need a text of 9 or more, got 8.",
            Assert.Throws<ArgumentException>(() => vocabulary.Windows(text, 8)).Message);
        Assert.Contains("got 3 and 0", Assert.Throws<ArgumentException>(() => vocabulary.Windows(text, 3, 0)).Message);

        string alice = Datasets.Text();
        Dataset windows = new Vocabulary(alice).Windows(alice, 64);
        Assert.Equal(new Shape(2311, 64), windows.X.Shape);
        Assert.Equal(windows.X.ToArray()[1..64], windows.Y.ToArray()[..63]);
    }

    [Fact]
    public void WordsBeginAndEndWithTheMark()
    {
        Vocabulary vocabulary = new("Anno.");
        Dataset words = vocabulary.Words(["Ann", "o"], end: '.');
        Assert.Equal(".Ann.o..", vocabulary.Decode(words.X));
        Assert.Equal("Ann.o...", vocabulary.Decode(words.Y));
        Assert.Equal(new Shape(2, 4), words.X.Shape);
        Assert.Contains("holds '.', which marks the end", Assert.Throws<ArgumentException>(() => vocabulary.Words(["A.n"], '.')).Message);
        Assert.Contains("at least 1 word", Assert.Throws<ArgumentException>(() => vocabulary.Words([], '.')).Message);
        Assert.Contains("code 10", Assert.Throws<ArgumentException>(() => vocabulary.Words(["Ann"])).Message);
    }
}
