using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Page;

/// <summary>A headless Chromium driven by its own DevTools protocol; one tab in a profile of its own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonObject>> _waiting = [];
    private readonly SemaphoreSlim _sending = new(1);
    private string? _session;
    private int _lastId;
    private Task _receiving = Task.CompletedTask;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>How long to wait for what should come.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Errors the pages wrote to the console, and exceptions nobody caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts the browser, or skips the test where there is none.</summary>
    public static async Task<Chromium> StartAsync(int width = 1280, int height = 720, bool dark = false, bool offline = false)
    {
        string? program = Find();
        if (program is null) Assert.Skip("Chromium is not installed; apt-get install chromium, or set CHROMIUM to a browser of its kind.");
        string profile = Directory.CreateTempSubdirectory("course-chromium-").FullName;
        var start = new ProcessStartInfo(program,
        [
            "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", $"--window-size={width},{height}", "about:blank",
        ]) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (offline) start.ArgumentList.Insert(0, "--host-resolver-rules=MAP * ~NOTFOUND");
        if (Environment.UserName == "root") start.ArgumentList.Insert(0, "--no-sandbox");
        var browser = new Chromium(Process.Start(start)!, profile);
        try
        {
            await browser.ConnectAsync(width, height, dark);
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
        return browser;
    }

    public async Task GoToAsync(string url)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        await WaitUntilAsync(
            "location.href !== 'about:blank' && document.readyState === 'complete' && location.pathname " +
            $"=== {Quote(new Uri(url).AbsolutePath)}");
    }

    /// <summary>The value of a JavaScript expression; a promise is waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonObject answer = await SendAsync("Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true, ["userGesture"] = true });
        if (answer["exceptionDetails"] is { } thrown)
            throw new InvalidOperationException($"{expression}\nthrew {thrown["exception"]?["description"] ?? thrown["text"]}");
        return answer["result"]!["value"]?.DeepClone();
    }

    public Task WaitUntilAsync(string condition) => WaitForAsync($"!!({condition})");

    /// <summary>Waits until an expression has a value other than null and false, and returns it.</summary>
    public async Task<JsonNode> WaitForAsync(string expression)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await EvaluateAsync(expression) is { } value && value.GetValueKind() != JsonValueKind.False) return value;
            }
            catch (InvalidOperationException) when (clock.Elapsed < Patience)
            {
                // The page may be between two documents.
            }
            if (clock.Elapsed > Patience) throw new TimeoutException($"This did not come true: {expression}\n{await DescribeAsync()}");
            await Task.Delay(50);
        }
    }

    public Task WaitForTextAsync(string selector, string text) =>
        WaitUntilAsync($"[...document.querySelectorAll({Quote(selector)})].some(node => node.innerText.includes({Quote(text)}))");

    /// <summary>Clicks in the middle of an element, as a hand would; scrolls to it first, unless the page does its own scrolling.</summary>
    public Task ClickAsync(string selector, int times = 1, bool scroll = true) =>
        ClickOnAsync($"document.querySelector({Quote(selector)})", times, scroll);

    /// <summary>Clicks in the middle of the element that an expression gives, once it is there and stands still.</summary>
    public async Task ClickOnAsync(string element, int times = 1, bool scroll = true)
    {
        JsonNode? at = null, before;
        do
        {
            if (at is not null) await Task.Delay(50);
            before = at;
            at = await WaitForAsync($$"""
                (node => { if (!node) return null; if ({{(scroll ? "true" : "false")}}) node.scrollIntoView({ block: "center", behavior: "instant" });
                  const box = node.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })({{element}})
                """);
        }
        while (!JsonNode.DeepEquals(at, before));
        for (int click = 1; click <= times; click++)
        {
            foreach (string type in new[] { "mousePressed", "mouseReleased" })
                await SendAsync("Input.dispatchMouseEvent", new JsonObject
                {
                    ["type"] = type, ["x"] = at["x"]!.DeepClone(), ["y"] = at["y"]!.DeepClone(), ["button"] = "left",
                    ["clickCount"] = click,
                });
        }
    }

    /// <summary>Turns the mouse's wheel over the left edge of the element that an expression gives.</summary>
    public async Task ScrollAsync(string element, int notches)
    {
        JsonNode at = await WaitForAsync($"(box => ({{ x: box.x + 4, y: box.y + box.height / 2 }}))({element}.getBoundingClientRect())");
        for (int notch = 0; notch < notches; notch++)
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = "mouseWheel", ["x"] = at["x"]!.DeepClone(), ["y"] = at["y"]!.DeepClone(), ["deltaX"] = 0, ["deltaY"] = 120,
            });
    }

    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <param name="key">Its DOM name, such as Enter.</param>
    /// <param name="modifiers">1 Alt, 2 Ctrl, 8 Shift.</param>
    public async Task PressAsync(string key, int modifiers = 0)
    {
        (string code, int number) = key switch
        {
            "Enter" => ("Enter", 13),
            "Escape" => ("Escape", 27),
            "Tab" => ("Tab", 9),
            "End" => ("End", 35),
            "ArrowDown" => ("ArrowDown", 40),
            "ArrowRight" => ("ArrowRight", 39),
            " " => ("Space", 32),
            _ => ($"Key{key.ToUpperInvariant()}", char.ToUpperInvariant(key[0])),
        };
        foreach (string type in new[] { "rawKeyDown", "keyUp" })
            await SendAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type, ["key"] = key, ["code"] = code, ["windowsVirtualKeyCode"] = number, ["modifiers"] = modifiers,
            });
    }

    public async Task ScreenshotAsync(string path)
    {
        JsonObject shot = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)shot["data"]!));
    }

    /// <summary>From now on pages run none of their own scripts.</summary>
    public Task StopScriptsAsync() => SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });

    /// <summary>Shows the page as it is printed.</summary>
    public Task PretendPaperAsync() => SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });

    public async Task PrintAsync(string path)
    {
        JsonObject paper = await SendAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true, ["preferCSSPageSize"] = true });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)paper["data"]!));
    }

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _receiving;
        _process.Dispose();
        for (int attempt = 0; attempt < 20 && Directory.Exists(_profile); attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100); // A child of the browser is still writing its last file.
            }
        }
    }

    // What a test that failed says of the page; its picture goes where the other screenshots go.
    private async Task<string> DescribeAsync()
    {
        string picture = "";
        if (Environment.GetEnvironmentVariable("COURSE_SCREENSHOTS") is { } folder)
        {
            picture = Path.Combine(folder, $"timeout-{Guid.NewGuid():N}.png");
            await ScreenshotAsync(picture);
        }
        JsonNode? text = await EvaluateAsync("document.body.innerText.slice(0, 1500)");
        lock (Complaints) return $"The page says: {text}\nConsole: {string.Join("; ", Complaints)}\n{picture}";
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("CHROMIUM");
        if (named is not null) return File.Exists(named) ? named : null;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .Append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            .Append(@"C:\Program Files\Google\Chrome\Application\chrome.exe")
            .FirstOrDefault(File.Exists);
    }

    private async Task ConnectAsync(int width, int height, bool dark)
    {
        using var limit = new CancellationTokenSource(Patience);
        string? line;
        do line = await _process.StandardError.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException($"Chromium ended with exit code {_process.ExitCode} before it could be driven.");
        while (!line.StartsWith("DevTools listening on ", StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None); // A full pipe would stop the browser.
        await _socket.ConnectAsync(new Uri(line["DevTools listening on ".Length..]), limit.Token);
        _receiving = ReceiveAsync();
        string target = (string)(await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }))["targetId"]!;
        _session =
            (string)(await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        foreach (string domain in new[] { "Page", "Runtime", "Log" }) await SendAsync($"{domain}.enable", []);
        await SendAsync("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
    }

    private async Task<JsonObject> SendAsync(string method, JsonObject parameters)
    {
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id = Interlocked.Increment(ref _lastId);
        lock (_waiting) _waiting[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null) message["sessionId"] = _session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true,
                CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        JsonObject reply = await answer.Task.WaitAsync(Patience);
        return reply["error"] is null
            ? reply["result"]!.AsObject()
            : throw new InvalidOperationException($"{method}: {reply["error"]!["message"]}");
    }

    private async Task ReceiveAsync()
    {
        byte[] chunk = new byte[256 * 1024];
        using var bytes = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await _socket.ReceiveAsync(chunk, CancellationToken.None);
                bytes.Write(chunk, 0, part.Count);
                if (!part.EndOfMessage) continue;
                JsonObject message = JsonNode.Parse(bytes.ToArray())!.AsObject();
                bytes.SetLength(0);
                if ((int?)message["id"] is { } id)
                {
                    lock (_waiting) if (_waiting.Remove(id, out TaskCompletionSource<JsonObject>? answer)) answer.SetResult(message);
                }
                else Note(message);
            }
        }
        catch (Exception end) when (end is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser was closed.
        }
    }

    private void Note(JsonObject message)
    {
        JsonNode? parameters = message["params"];
        string? complaint = (string?)message["method"] switch
        {
            "Runtime.exceptionThrown" => parameters!["exceptionDetails"]!["exception"]?["description"]?.ToString()
                ?? parameters["exceptionDetails"]!["text"]!.ToString(),
            "Runtime.consoleAPICalled" when (string?)parameters!["type"] is "error" => parameters["args"]!.ToJsonString(),
            "Log.entryAdded" when (string?)parameters!["entry"]!["level"] is "error" =>
                $"{parameters["entry"]!["text"]} {parameters["entry"]!["url"]}",
            _ => null,
        };
        if (complaint is not null) lock (Complaints) Complaints.Add(complaint);
    }
}
