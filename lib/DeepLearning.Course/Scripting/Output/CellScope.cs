namespace DeepLearning.Course.Scripting.Output;

/// <summary>What code started by a cell, on whatever thread, knows of the cell: where its output goes.</summary>
internal sealed class CellScope(OutputChannel channel)
{
    private static readonly AsyncLocal<CellScope?> s_ambient = new();
    private volatile bool _abandoned;

    public static CellScope? Current
    {
        get => s_ambient.Value;
        set => s_ambient.Value = value;
    }

    /// <summary>Where output goes; null once the cell was given up.</summary>
    public OutputChannel? Channel => _abandoned ? null : channel;

    public void Abandon() => _abandoned = true;
}
