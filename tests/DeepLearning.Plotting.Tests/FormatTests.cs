using System.Reflection;
using System.Text.Json;

namespace DeepLearning.Plotting.Tests;

public class FormatTests
{
    [Fact]
    public void HostsFindTheFormattersByNameAlone()
    {
        // Exactly what .NET Interactive does: no type of ours is named here but the figure.
        object attribute = typeof(Figure).GetCustomAttributes().Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var preferred = (IEnumerable<string>)attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        object instance = Activator.CreateInstance(source)!;
        var formatters = ((IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(instance, null)!).ToList();
        var written = new Dictionary<string, string>();
        foreach (object formatter in formatters)
        {
            string mime = (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!;
            var writer = new StringWriter();
            MethodInfo format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
            Assert.True((bool)format.Invoke(formatter, [Samples.All["line"], writer])!);
            Assert.False((bool)format.Invoke(formatter, ["not a figure", new StringWriter()])!);
            written[mime] = writer.ToString();
        }
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], written.Keys.Order());
        Assert.All(preferred, m => Assert.Contains(m, written.Keys));
        JsonDocument.Parse(written["application/vnd.plotly.v1+json"]).Dispose();
        Assert.StartsWith("<svg", written["image/svg+xml"]);
    }

    [Fact]
    public void HtmlShowsTheStillAndAsksNothingOfTheNetwork()
    {
        string html = Samples.All["race"].ToHtml();
        Assert.Contains("<div class=\"dl-figure\"", html);
        Assert.True(html.IndexOf("<svg", StringComparison.Ordinal) < html.IndexOf("<script", StringComparison.Ordinal));
        Assert.Contains("type=\"application/json\"", html);
        Assert.DoesNotContain("src=\"", html);
        Assert.DoesNotContain("https://", html);
        Assert.Contains(Theme.Dark[Theme.Ink], HtmlFragment.Script);
    }

    [Fact]
    public void PlainTextSaysWhatIsDrawn()
    {
        Assert.Equal("Loss falls: line 'train' (3 points), line 'validation' (3 points); epoch 0.96 … 3.04; loss L 0.08981 … 0.6681 (log)",
            Samples.All["line"].ToString());
        Assert.Contains("10 frames, step 0 … step 20", Samples.All["race"].ToString());
    }

    [Fact]
    public void BundleHoldsAllFormats() => Assert.Equal(4, Samples.All["bar"].ToMimeBundle().Count);

    [Fact]
    public void SavedFilesAreWholeAndLeaveNothingBehind()
    {
        string folder = Directory.CreateTempSubdirectory("figures").FullName;
        try
        {
            string page = Path.Combine(folder, "a.html"), picture = Path.Combine(folder, "a.svg");
            Samples.All["line"].SaveHtml(page).SaveSvg(picture).SaveSvg(picture);
            Assert.StartsWith("<!doctype html>", File.ReadAllText(page));
            Assert.EndsWith("</svg>\n", File.ReadAllText(picture));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
            File.WriteAllText(picture, "before");
            Assert.Throws<InvalidOperationException>(() => Figure.Line([-1, 1]).YAxis(log: true).SaveSvg(picture));
            Assert.Equal("before", File.ReadAllText(picture));
            Assert.Contains("does not exist",
                Assert.Throws<DirectoryNotFoundException>(() => Samples.All["line"].SaveSvg(Path.Combine(folder, "no", "a.svg"))).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
