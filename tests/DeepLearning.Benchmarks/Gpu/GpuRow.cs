using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>A line of the table: what was measured of one workload, and what follows from it.</summary>
/// <param name="Of">What was measured.</param>
/// <param name="CopyBandwidth">Of the fastest copy of this run; null if none was measured.</param>
/// <param name="Judged">Whether it can reach or miss a goal, as small sizes cannot.</param>
internal sealed record GpuRow(GpuComparison Of, double? CopyBandwidth, bool Judged)
{
    /// <summary>Ours / PyTorch, both in float32.</summary>
    public double? Ratio => Of.Ours / Of.Theirs;

    /// <summary>Ours as a share of the fastest copy of this run; null if it is no matter of bandwidth.</summary>
    public double? OfCopy => Of.Workload.Group == GpuWorkload.Memory ? Of.Ours / CopyBandwidth : null;

    /// <inheritdoc cref="OfCopy"/>
    public double? TheirsOfCopy => Of.Workload.Group == GpuWorkload.Memory ? Of.Theirs / CopyBandwidth : null;

    /// <summary>Whether it reaches its goal; null without a goal or a figure.</summary>
    public bool? Met =>
        Judged && Of.Workload.Goal is { } goal && (goal.OfCopy ? OfCopy : Ratio) is { } reached ? reached >= goal.AtLeast : null;

    /// <summary>The goal in words.</summary>
    public string GoalText => Of.Workload.Goal switch
    {
        null => "",
        { OfCopy: true } goal => string.Create(CultureInfo.InvariantCulture, $"≥ {goal.AtLeast:P0} copy"),
        { } goal =>
            string.Create(CultureInfo.InvariantCulture, $"≥ {goal.AtLeast:0.##}×{(goal.Toward is { } far ? $" → {far:0.##}×" : "")}"),
    };
}
