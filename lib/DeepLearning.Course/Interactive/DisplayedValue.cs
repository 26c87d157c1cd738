using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Formatters;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Interactive;

/// <summary>Something shown in a cell's output that can be shown anew in its place.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(string id, string[] mimeTypes) => (Id, _mimeTypes) = (id, mimeTypes);

    /// <summary>Names this display.</summary>
    public string Id { get; }

    /// <summary>Shows <paramref name="value"/> where this display stands, also from a later cell.</summary>
    public void Update(object? value) =>
        CellScope.Current?.Channel?.Update(new DisplayData(ValueFormatter.Format(value, _mimeTypes), Id));
}
