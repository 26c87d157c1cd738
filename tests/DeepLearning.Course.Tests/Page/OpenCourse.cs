using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;

namespace DeepLearning.Course.Tests.Page;

/// <summary>A page over a folder of small notebooks, both gone at the end of the test.</summary>
internal sealed class OpenCourse : IAsyncDisposable
{
    private OpenCourse(string folder, PageServer server)
    {
        (Folder, Server) = (folder, server);
        Client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public string Folder { get; }

    public PageServer Server { get; }

    public HttpClient Client { get; }

    public string Token => Server.Link().Split("token=")[1];

    public static async Task<OpenCourse> StartAsync(bool frontEnd = true)
    {
        string folder = Directory.CreateTempSubdirectory("course-page-").FullName;
        string notebooks = Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName;
        return new OpenCourse(notebooks, await PageServer.StartAsync(new PageOptions(notebooks, FrontEnd: frontEnd)));
    }

    /// <summary>
    /// Writes a notebook: a source that starts with "#" or "text:" is Markdown, any other is code. Cells are called c0, c1, ….
    /// </summary>
    public string Write(string name, params string[] sources)
    {
        Notebook notebook = Notebook.Create();
        foreach (string source in sources)
        {
            bool isText = source.StartsWith("# ", StringComparison.Ordinal) || source.StartsWith("text:", StringComparison.Ordinal);
            notebook.Cells.Add(new NotebookCell(isText ? CellKind.Markdown : CellKind.Code, source.StartsWith("text:",
                StringComparison.Ordinal) ? source[5..] : source) { Id = $"c{notebook.Cells.Count}" });
        }
        string path = Path.Combine(Folder, name);
        notebook.Save(path);
        return path;
    }

    public async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await Client.GetStringAsync($"{path}?token={Token}"))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        // A cell runs in its notebook's folder, and that is the whole process's.
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }
}
