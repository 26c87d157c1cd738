using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Messages;

/// <summary>Sends what one cell produces to the reader as it comes, and keeps it for saving.</summary>
internal sealed class CellOutputs(string cell, Outbox outbox, Action<DisplayData> updateEverywhere) : IOutput
{
    /// <summary>How much text of one stream is shown and kept: more than anyone reads, less than a reader's program chokes on.</summary>
    private const int TextLimit = 2_000_000;

    private readonly Lock _lock = new();
    private readonly List<Item> _items = [];
    private bool _clearFirst;

    public void Stream(StreamName name, string text)
    {
        if (text.Length == 0) return;
        string stream = name == StreamName.Out ? "stdout" : "stderr";
        lock (_lock)
        {
            ClearIfAsked();
            if (_items is not [.., StreamItem last] || last.Name != stream) _items.Add(last = new StreamItem(stream));
            text = last.Take(text, TextLimit);
        }
        if (text.Length > 0) outbox.PostStream(cell, stream, text);
    }

    public void Display(DisplayData data) => Add(new DisplayItem(data, null), data.Id);

    public void Update(DisplayData data) => updateEverywhere(data);

    public void Clear(bool wait)
    {
        lock (_lock)
        {
            _clearFirst = wait;
            if (!wait) _items.Clear();
        }
        outbox.Post(new JsonObject { ["type"] = "clear", ["cell"] = cell, ["wait"] = wait });
    }

    /// <summary>Adds how the cell ended: its value, or its error.</summary>
    public void Finish(CellResult result)
    {
        if (result.Value is { } value) Add(new DisplayItem(value, result.ExecutionCount), value.Id);
        if (result.Error is { } error) Add(new ErrorItem(error), null);
        lock (_lock) ClearIfAsked();
    }

    /// <summary>Replaces this cell's kept displays of that id.</summary>
    public void Replace(DisplayData data)
    {
        lock (_lock)
        {
            foreach (DisplayItem item in _items.OfType<DisplayItem>().Where(item => item.Data.Id == data.Id)) item.Data = data;
        }
    }

    /// <summary>The outputs as a notebook keeps them.</summary>
    public JsonArray ToJson()
    {
        lock (_lock) return new JsonArray([.. _items.Select(item => item.ToJson())]);
    }

    private void Add(Item item, string? id)
    {
        lock (_lock)
        {
            ClearIfAsked();
            _items.Add(item);
        }
        JsonObject output = item.ToJson();
        if (id is not null) output["transient"] = new JsonObject { ["display_id"] = id };
        outbox.Post(new JsonObject { ["type"] = "output", ["cell"] = cell, ["output"] = output });
    }

    private void ClearIfAsked()
    {
        if (_clearFirst) _items.Clear();
        _clearFirst = false;
    }

    private abstract class Item
    {
        public abstract JsonObject ToJson();
    }

    private sealed class StreamItem(string name) : Item
    {
        private readonly StringBuilder _text = new();
        private bool _full;

        public string Name => name;

        /// <summary>
        /// Keeps the text; returns what of it should be shown. A progress line that overwrites itself never fills the limit.
        /// </summary>
        public string Take(string text, int limit)
        {
            if (_full) return "";
            _text.Append(text);
            if (_text.Length <= limit) return text;
            string collapsed = TerminalText.Collapse(_text.ToString());
            _full = collapsed.Length > limit / 2;
            string note = _full ? "\n[This cell has printed very much; the rest is neither shown nor kept.]\n" : "";
            _text.Clear().Append(collapsed).Append(note);
            return text + note;
        }

        public override JsonObject ToJson() => OutputJson.Stream(name, TerminalText.Collapse(_text.ToString()));
    }

    private sealed class DisplayItem(DisplayData data, int? executionCount) : Item
    {
        public DisplayData Data { get; set; } = data;

        public override JsonObject ToJson() => executionCount is { } count ? OutputJson.Result(Data, count) : OutputJson.Display(Data);
    }

    private sealed class ErrorItem(CellError error) : Item
    {
        public override JsonObject ToJson() => OutputJson.Error(error);
    }
}
