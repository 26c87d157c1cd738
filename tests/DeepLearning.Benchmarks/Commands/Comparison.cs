using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>The rounds of one workload.</summary>
internal sealed class Comparison(Workload workload)
{
    private readonly List<(Result Ours, double? Theirs, bool Clean)> _rounds = [];

    public void Add(Result ours, double? theirs, bool contended) =>
        _rounds.Add((ours, theirs, !contended && ours.Measured is not { Contended: true }));

    /// <summary>
    /// Ours, PyTorch's, their ratio and what it should be: medians of the undisturbed rounds, or where there are none the best of each
    /// side, since a busy machine only ever takes away.
    /// </summary>
    public string Row(double peak)
    {
        bool anyClean = _rounds.Any(r => r.Clean);
        (Result Ours, double? Theirs, bool Clean)[] rounds = _rounds.Where(r => r.Clean || !anyClean).ToArray();
        double[] measured = [.. rounds.Where(r => r.Theirs is not null).Select(r => r.Theirs!.Value)];
        double ours = Typical([.. rounds.Select(r => r.Ours.Value)], anyClean);
        double? theirs = measured.Length > 0 ? Typical(measured, anyClean) : null;
        double? ratio = workload.Unit == "%" ? null : workload.LessIsBetter ? theirs / ours : ours / theirs;
        Result typical = rounds.MinBy(r => Math.Abs(r.Ours.Value - ours)).Ours;
        return string.Create(CultureInfo.InvariantCulture,
            $"{workload.Name,-18}{workload.Unit,-10}{ours,12:0.00}{theirs,12:0.00}{ratio,7:0.00}{(anyClean ? ' ' : '~')}" +
            $"{workload.AtLeast,10}{workload.Possible,10}  {QuickCommand.Notes(typical, peak)}");
    }

    private double Typical(double[] values, bool clean) =>
        clean ? Timing.Quantile(values, 0.5) : workload.LessIsBetter ? values.Min() : values.Max();
}
