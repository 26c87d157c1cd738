using System.Text.Json.Nodes;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

[Collection(SessionTest.OneAtATime)]
public class LessonListTests
{
    [Fact]
    public async Task ListsTitleAndQuestionInGroupsByNumber()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("06-backprop.ipynb", "# 06 · Backpropagation, *worked*",
            "text:![net](net.png)\n\n## The question\n\nWhich weight is **to blame**?", "1");
        course.Write("10-optimizers.ipynb", "# Adaptive optimizers\n\nWhy one rate for all?");
        course.Write("scratch.ipynb", "1");
        File.WriteAllText(Path.Combine(course.Folder, "11-broken.ipynb"), "{");
        JsonArray groups = (await course.GetJsonAsync("/api/lessons"))["groups"]!.AsArray();

        Assert.Equal(3, groups.Count);
        JsonNode first = groups[0]!["lessons"]![0]!;
        Assert.Equal("06", (string?)first["number"]);
        Assert.Equal("Backpropagation, worked", (string?)first["title"]);
        Assert.Equal("Which weight is to blame?", (string?)first["question"]);
        Assert.Equal("Why one rate for all?", (string?)groups[1]!["lessons"]![0]!["question"]);
        Assert.Contains("11-broken.ipynb", (string?)groups[1]!["lessons"]![1]!["question"]);
        Assert.Equal("scratch", (string?)groups[2]!["lessons"]![0]!["title"]);
    }
}
