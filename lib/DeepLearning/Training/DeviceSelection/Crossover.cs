using System.Globalization;

namespace DeepLearning;

/// <summary>
/// From which amount of work on a device overtakes another one, measured on this machine. A graphics card takes a few millionths of a
/// second to begin anything, and then goes through much work at once: small steps of training are quicker on the processor, large ones on
/// the card.
/// </summary>
/// <remarks>
/// Measured is a step of training as <see cref="Trainer"/> makes it, forward, loss, backward, update, the loss read at its end, of two
/// dense layers of equal width with a ReLU between. The batch stays, the width doubles, so the work grows with width². Its text is the
/// result in a sentence.
/// </remarks>
/// <example><code>
/// Crossover crossover = Crossover.Measure(Device.Gpu);
/// Console.WriteLine(crossover);   // Below batch × width of about 12,000 (batch 64, layers 190 wide) the CPU is faster here than cuda.
/// </code></example>
public sealed class Crossover
{
    private static readonly Dictionary<Device, Crossover> s_known = [];
    private static readonly Lock s_knowing = new();

    /// <param name="device">The name of the device.</param>
    /// <param name="baseline">What it is compared with, such as <c>the CPU</c>.</param>
    /// <param name="points">At least one, all of the same batch, the widths growing.</param>
    public Crossover(string device, string baseline, IReadOnlyList<CrossoverPoint> points)
    {
        if (points.Count == 0) throw new ArgumentException("A crossover needs 1 or more measured points, got none.");
        (Device, Baseline, Points) = (device, baseline, points);
    }

    /// <summary>The name of the device.</summary>
    public string Device { get; }

    /// <summary>What it is compared with.</summary>
    public string Baseline { get; }

    /// <summary>What was measured, from the smallest to the largest.</summary>
    public IReadOnlyList<CrossoverPoint> Points { get; }

    /// <summary>
    /// The batch × width from which on the device is faster, between two points on a straight line through the logarithms; 0 if it is
    /// faster at all points, +∞ if at the last it is not.
    /// </summary>
    public double At
    {
        get
        {
            int slower = Points.Count - 1;
            if (Points[slower].Speedup <= 1) return double.PositiveInfinity;
            while (slower >= 0 && Points[slower].Speedup > 1) slower--;
            return slower < 0 ? 0 : Between(Points[slower], Points[slower + 1]);
        }
    }

    /// <summary>Whether the device is faster at such a batch × width.</summary>
    public bool IsFasterAt(double size) => size >= At && At < double.PositiveInfinity;

    /// <summary>
    /// Where a device overtakes the CPU on this machine: measured at the first use, and then kept, in the user's application data too,
    /// until the machine, the device or this library is another one. <see cref="DeepLearning.Device.Best"/> goes by it.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="anew">Whether to measure again, and keep that.</param>
    /// <param name="progress">Told of each point, if it is measured.</param>
    public static Crossover Of(Device device, bool anew = false, IProgress<CrossoverPoint>? progress = null) =>
        Of(device, CrossoverFile.DefaultFolder, anew, progress);

    internal static Crossover Of(Device device, string folder, bool anew = false, IProgress<CrossoverPoint>? progress = null)
    {
        lock (s_knowing)
        {
            if (!anew && s_known.TryGetValue(device, out Crossover? known)) return known;
            Crossover? kept = anew ? null : CrossoverFile.Read(folder, device);
            Crossover result = kept ?? Measure(device, progress: progress);
            if (kept is null) CrossoverFile.Write(folder, device, result);
            return s_known[device] = result;
        }
    }

    /// <summary>Times steps on both devices, in turn, of growing width, until the widths or the time run out.</summary>
    /// <param name="device">The device.</param>
    /// <param name="baseline">What it is compared with; <see cref="DeepLearning.Device.Cpu"/> unless given.</param>
    /// <param name="batch">Samples in a step, ≥ 1.</param>
    /// <param name="widths">Each ≥ 1, growing; 8, 16, 32, … 2048 unless given.</param>
    /// <param name="seconds">How long steps are timed at most, about, beside the first ones, for which kernels are compiled; the first
    /// width is timed however long it takes.</param>
    /// <param name="progress">Told of each point.</param>
    /// <exception cref="OperationCanceledException">Stopped by <see cref="Interruption"/>.</exception>
    public static Crossover Measure(Device device, Device? baseline = null, int batch = 64, IReadOnlyList<int>? widths = null,
        double seconds = 1.5,
        IProgress<CrossoverPoint>? progress = null)
    {
        baseline ??= DeepLearning.Device.Cpu;
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (widths?.FirstOrDefault(width => width < 1, 1) is < 1 || widths?.Count == 0)
            throw new ArgumentException("Widths must be 1 or more, and at least one.");
        CrossoverMeasurement measurement = new(baseline, device, batch, seconds, progress);
        return new Crossover(device.Name, Title(baseline), measurement.Run(widths ?? [8, 16, 32, 64, 128, 256, 512, 1024, 2048]));
    }

    /// <summary>The result in a sentence.</summary>
    public override string ToString()
    {
        CrossoverPoint first = Points[0], last = Points[^1];
        return At switch
        {
            0 => $"From batch × width of {Number(first.Size)} ({Place(first.Batch, first.Width)}), the smallest measured, {Device} is " +
                $"faster here than {Baseline}.",
            double.PositiveInfinity => $"Up to batch × width of {Number(last.Size)} ({Place(last.Batch, last.Width)}), the largest " +
                $"measured, {Baseline} is faster here than {Device}.",
            double at => $"Below batch × width of about {About(at)} ({Place(first.Batch, at / first.Batch)}) {Baseline} is faster here " +
                $"than {Device}.",
        };
    }

    internal static string Title(Device device) => device == DeepLearning.Device.Cpu ? "the CPU" : device.Name;

    /// <summary>With two digits that count.</summary>
    internal static string About(double value)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return Number(Math.Round(value / unit) * unit);
    }

    internal static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Place(int batch, double width) =>
        $"batch {Number(batch)}, layers {(width == Math.Floor(width) ? Number(width) : About(width))} wide";

    private static double Between(CrossoverPoint slower, CrossoverPoint faster)
    {
        double below = Math.Log(slower.Speedup), above = Math.Log(faster.Speedup);
        return slower.Size * Math.Pow((double)faster.Size / slower.Size, -below / (above - below));
    }
}
