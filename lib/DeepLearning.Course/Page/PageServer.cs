using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Plotting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeepLearning.Course.Page;

/// <summary>The course's page: a small web server on loopback that serves the lessons and runs their cells.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Guard _guard = new();
    private readonly NotebookFolder _notebooks;
    private readonly PageOptions _options;
    private readonly SessionPool _sessions;

    private PageServer(PageOptions options)
    {
        _options = options;
        _notebooks = new NotebookFolder(options.Notebooks);
        _sessions = new SessionPool(_notebooks.Root);
        WebApplicationBuilder builder =
            WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        });
        _app = builder.Build();
        AddRoutes();
    }

    /// <summary>Where the page is, such as <c>http://127.0.0.1:5000</c>; no token in it.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The link that opens the list of lessons, or one lesson, with the token.</summary>
    /// <param name="notebook">A path below the notebooks folder, or null for the list.</param>
    public string Link(string? notebook = null)
    {
        string path = notebook is null ? "/"
            : "/lesson/" + string.Join('/', notebook.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return $"{Address.GetLeftPart(UriPartial.Authority)}{path}?token={_guard.Token}";
    }

    /// <summary>Starts serving.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PageServer> StartAsync(PageOptions options)
    {
        var server = new PageServer(options);
        try
        {
            await server._app.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        server.Address = new Uri(server._app.Urls.First());
        return server;
    }

    /// <summary>Returns when the program is asked to stop (Ctrl+C) and every session has ended.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _sessions.DisposeAsync();
    }

    private void AddRoutes()
    {
        _app.Use(GuardAsync);
        _app.UseWebSockets();
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(FrontEnd.Folder) });
        _app.MapGet("/", () => Results.File(Path.Combine(FrontEnd.Folder, "index.html"), "text/html; charset=utf-8"));
        _app.MapGet("/api/lessons", context => context.Response.WriteAsJsonAsync(ListLessons()));
        _app.MapGet("/api/vendor", context => context.Response.WriteAsJsonAsync(_options.FrontEnd ? FrontEnd.Present : []));
        _app.MapGet("/figure.js", () => Results.Text(HtmlFragment.Script, "text/javascript; charset=utf-8"));
        _app.MapGet("/figure.css", () => Results.Text(FigureStyle, "text/css; charset=utf-8"));
        _app.MapGet("/lesson/{**path}", (string path) => Lesson(path));
        _app.Map("/socket", SocketAsync);
        _app.MapFallback(context => SayAsync(context, 404, "There is nothing at this address; the lessons are listed at /."));
    }

    // A still picture names its colours by these variables; set here, so that they reach it in its shadow root and follow the page's theme.
    private static string FigureStyle =>
        $":root[data-theme=\"dark\"] {{ {string.Concat(Theme.Dark.Values.Select((color, index) => $"--dl{index}: {color}; "))}}}\n";

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        Guard.AddHeaders(context.Response);
        if (_guard.Refusal(context) is { } refusal) await SayAsync(context, 403, refusal);
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsConnect(context.Request.Method))
            await SayAsync(context, 405, "The page is only read; lessons run over a WebSocket.");
        else await next(context);
    }

    private JsonObject ListLessons() => new()
    {
        ["folder"] = _notebooks.Root,
        ["groups"] = LessonList.Read(_notebooks.Root),
        ["notice"] = FrontEnd.IsComplete && _options.FrontEnd
            ? null
            : "This build has no front-end packages, so plots are still pictures, formulas are shown as TeX and the editor is plain. " +
                "Everything runs all the same; `course doctor` says how to get them.",
    };

    private IResult Lesson(string path)
    {
        if (_notebooks.Notebook(path) is not null)
            return Results.File(Path.Combine(FrontEnd.Folder, "lesson.html"), "text/html; charset=utf-8");
        if (_notebooks.Picture(path) is not { } picture)
            return Results.Text($"There is no notebook or picture '{path}' in the notebooks folder.", statusCode: 404);
        return Results.File(picture, Path.GetExtension(picture).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".svg" => "image/svg+xml",
            _ => "image/jpeg",
        });
    }

    private async Task SocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await SayAsync(context, 400, "This address speaks WebSocket only; lessons are under /lesson/.");
            return;
        }
        if (_notebooks.Notebook(context.Request.Query["notebook"]) is not { } file)
        {
            await SayAsync(context, 404, "There is no such notebook in the notebooks folder.");
            return;
        }
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        LessonDocument document;
        try
        {
            document = LessonDocument.Load(file);
        }
        catch (Exception problem) when (problem is IOException or NotebookException or UnauthorizedAccessException)
        {
            // In a message, since the reason a WebSocket closes with holds 123 bytes only.
            var message = new JsonObject { ["type"] = "unreadable", ["message"] = problem.Message };
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return;
        }
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_app.Lifetime.ApplicationStopping, context.RequestAborted);
        await new LessonConnection(socket, document, _sessions).RunAsync(stopping.Token);
    }

    private static Task SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n");
    }
}
