using System.Net;
using System.Net.Sockets;
using System.Text;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

[Collection(SessionTest.OneAtATime)]
public class GuardTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/lessons")]
    [InlineData("/lesson/01-a.ipynb")]
    [InlineData("/style.css")]
    [InlineData("/?token=")]
    [InlineData("/?token=0123")]
    public async Task RequestWithoutTheTokenIsRefused(string path)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        using HttpResponseMessage answer = await course.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("token", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task TokenBuysACookieThatOpensTheRest()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        using HttpResponseMessage first = await course.Client.GetAsync($"/?token={course.Token}");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        string cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain(course.Token, cookie);

        using var second = new HttpRequestMessage(HttpMethod.Get, "/style.css");
        second.Headers.Add("Cookie", cookie.Split(';')[0]);
        using HttpResponseMessage answer = await course.Client.SendAsync(second);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("default-src 'none'; script-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    public async Task ForeignHostIsRefusedEvenWithTheToken(string host)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/?token={course.Token}");
        request.Headers.Host = host.Replace("{port}", $"{course.Server.Address.Port}");
        using HttpResponseMessage answer = await course.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData("https://127.0.0.1:{port}", 403)]
    [InlineData("http://127.0.0.1:{port}", 200)]
    public async Task ForeignOriginIsRefusedEvenWithTheToken(string origin, int status)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/?token={course.Token}");
        request.Headers.Add("Origin", origin.Replace("{port}", $"{course.Server.Address.Port}"));
        using HttpResponseMessage answer = await course.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task WebSocketNeedsTheTokenAndTheOwnOrigin()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        Assert.Equal(403,
            (await Assert.ThrowsAsync<RefusedException>(() => LessonClient.OpenAsync(course, "01-a.ipynb", token: "no"))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<RefusedException>(
            () => LessonClient.OpenAsync(course, "01-a.ipynb", origin: "http://evil.example"))).Status);
        using LessonClient allowed = await LessonClient.OpenAsync(course, "01-a.ipynb",
            origin: $"http://{course.Server.Address.Authority}");
        await allowed.WaitForAsync("notebook");
    }

    [Theory]
    [InlineData("/lesson/../secret.png")]
    [InlineData("/lesson/..%2fsecret.png")]
    [InlineData("/lesson/%2e%2e%2fsecret.png")]
    [InlineData("/lesson/..%5csecret.png")]
    [InlineData("/lesson/a/../../secret.png")]
    [InlineData("/../secret.png")]
    [InlineData("/vendor/../../secret.png")]
    [InlineData("/lesson/.hidden.png")]
    [InlineData("/lesson/data.csv")]
    public async Task OnlyNotebooksAndPicturesBelowTheFolderAreServed(string path)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        File.WriteAllText(Path.Combine(course.Folder, "..", "secret.png"), "secret");
        File.WriteAllText(Path.Combine(course.Folder, ".hidden.png"), "secret");
        File.WriteAllText(Path.Combine(course.Folder, "data.csv"), "secret");
        string answer = await RawGetAsync(course, $"{path}?token={course.Token}");
        Assert.Matches("^HTTP/1.1 40[04]", answer);
        Assert.DoesNotContain("secret\n", answer);
        Assert.DoesNotContain("\r\nsecret", answer);
    }

    [Fact]
    public async Task PictureBesideANotebookIsServed()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        File.WriteAllText(Path.Combine(course.Folder, "net.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        using HttpResponseMessage answer = await course.Client.GetAsync($"/lesson/net.svg?token={course.Token}");
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("../secret.ipynb")]
    [InlineData("/etc/passwd")]
    [InlineData("missing.ipynb")]
    [InlineData("")]
    public async Task WebSocketOpensOnlyNotebooksBelowTheFolder(string notebook)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        File.Copy(course.Write("01-a.ipynb", "1"), Path.Combine(course.Folder, "..", "secret.ipynb"));
        Assert.Equal(404, (await Assert.ThrowsAsync<RefusedException>(() => LessonClient.OpenAsync(course, notebook))).Status);
    }

    [Fact]
    public async Task ThePageIsReadOnly()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        using HttpResponseMessage answer = await course.Client.PostAsync($"/api/lessons?token={course.Token}", new StringContent(""));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    // HttpClient tidies paths before it sends them; an attacker does not.
    private static async Task<string> RawGetAsync(OpenCourse course, string target)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, course.Server.Address.Port);
        await using NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {course.Server.Address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
