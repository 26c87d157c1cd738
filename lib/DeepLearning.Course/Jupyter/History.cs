using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepLearning.Course.Jupyter;

/// <summary>What was run since the kernel started; session 1 is this one, and there are no others.</summary>
internal sealed class History
{
    private const int Session = 1;
    private readonly List<Entry> _entries = [];

    private sealed record Entry(int Line, string Input, string? Output);

    public void Add(int line, string input, string? output)
    {
        lock (_entries) _entries.Add(new Entry(line, input, output));
    }

    /// <summary>
    /// Answers <c>history_request</c>: the newest (<c>tail</c>), those between two lines (<c>range</c>), or those like a pattern
    /// (<c>search</c>).
    /// </summary>
    public JsonObject Answer(JupyterMessage request)
    {
        List<Entry> all;
        lock (_entries) all = [.. _entries];
        IEnumerable<Entry> found = request.Text("hist_access_type") switch
        {
            "tail" => all,
            "range" => Range(all, request),
            "search" => Search(all, request),
            var other => throw new FormatException($"hist_access_type must be tail, range or search, not '{other}'."),
        };
        if (request.Text("hist_access_type") != "range" && request.Number("n") is { } n) found = found.TakeLast(n);
        bool withOutput = request.Flag("output", false);
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. found.Select(entry => ToJson(entry, withOutput))]) };
    }

    private static JsonNode ToJson(Entry entry, bool withOutput) =>
        new JsonArray(Session, entry.Line, withOutput ? new JsonArray(entry.Input, entry.Output) : entry.Input);

    private static IEnumerable<Entry> Range(IEnumerable<Entry> all, JupyterMessage request)
    {
        if (request.Number("session") is not (null or 0 or Session)) return [];
        (int start, int stop) = (request.Number("start") ?? 0, request.Number("stop") ?? int.MaxValue);
        return all.Where(entry => entry.Line >= start && entry.Line < stop);
    }

    private static IEnumerable<Entry> Search(IEnumerable<Entry> all, JupyterMessage request)
    {
        string pattern = request.Content["pattern"] is null ? "*" : request.Text("pattern");
        var like = new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".")}$",
            RegexOptions.Singleline | RegexOptions.NonBacktracking);
        IEnumerable<Entry> found = all.Where(entry => like.IsMatch(entry.Input));
        return request.Flag("unique", false) ? found.Reverse().DistinctBy(entry => entry.Input).Reverse() : found;
    }
}
