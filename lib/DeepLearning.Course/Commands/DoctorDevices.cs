using System.Globalization;
using System.Numerics;
using static DeepLearning.Course.Commands.DoctorCommand;

namespace DeepLearning.Course.Commands;

/// <summary>What <c>course doctor</c> says of the devices that models can be trained on.</summary>
internal static class DoctorDevices
{
    /// <summary>A line for each device, or for what keeps a GPU from being one.</summary>
    public static IEnumerable<Finding> All()
    {
        IReadOnlyList<DeviceInfo> found = Device.Found;
        yield return Processor(found[0]);
        (Device? gpu, string? missing) = Gpu();
        for (int i = 1; i < found.Count; i++)
            yield return new Finding($"Device {found[i].Name}", gpu is not null, Essential: false,
                $"{found[i].Description}; {Use(found[i], i, gpu)}");
        if (missing is not null) yield return new Finding("GPU", false, Essential: false, missing);
    }

    /// <summary>
    /// From which amount of work on the GPU is worth it, measured now; null if there is none, or only the stand-in for one.
    /// </summary>
    /// <param name="progress">Where to show how far it is; null for nowhere.</param>
    public static Finding? Crossing(TextWriter? progress)
    {
        if (Gpu().Device is not { IsAccelerator: true } gpu) return null;
        try
        {
            Crossover crossover = Crossover.Of(gpu, anew: true, new Line(progress));
            return new Finding("Crossover", true, Essential: false, $"{crossover} Device.Best(model, batch) goes by it");
        }
        catch (Exception problem) when (problem is InvalidOperationException or InsufficientMemoryException)
        {
            return new Finding("Crossover", false, Essential: false, problem.Message);
        }
    }

    private static Finding Processor(DeviceInfo cpu)
    {
        bool fast = Vector.IsHardwareAccelerated, roomy = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 2L << 30;
        return new Finding($"Device {cpu.Name}", fast && roomy, Essential: false, $"{cpu.Description}; " + (fast, roomy) switch
        {
            (false, _) => "the library has no vector unit to use, so lessons run slowly: choose small settings",
            (_, false) => "close other programs: lessons want 2 GiB",
            _ => "nothing to do",
        });
    }

    private static (Device? Device, string? Missing) Gpu()
    {
        try
        {
            return (Device.Gpu, null);
        }
        catch (Exception problem) when (problem is NotSupportedException or InvalidOperationException or InsufficientMemoryException)
        {
            return (null, problem.Message);
        }
    }

    private static string Use(DeviceInfo info, int place, Device? gpu) =>
        place == 1 && gpu?.Name == info.Name ? "nothing to do, Device.Gpu is this one"
        : gpu?.Name == info.Name ? "nothing to do; Device.Gpu is the first of them"
        : gpu is null && !info.IsProcessor ? "found, but it cannot be used: see GPU below"
        : $"nothing to do; with DEEPLEARNING_GPU={info.Name} in the environment Device.Gpu is this one";

    /// <summary>A line that is written over and over.</summary>
    private sealed class Line(TextWriter? output) : IProgress<CrossoverPoint>
    {
        public void Report(CrossoverPoint value) =>
            output?.Write(string.Create(CultureInfo.InvariantCulture,
                $"\r  measuring: batch × width {value.Size}, {value.Speedup:0.##}× the CPU").PadRight(60));
    }
}
