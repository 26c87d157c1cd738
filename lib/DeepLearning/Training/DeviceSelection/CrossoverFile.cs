using System.Numerics;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// Keeps what was measured in the user's application data, so that a notebook need not wait for it each time, and so that a model near the
/// crossover is trained on the same device each time, with the same last digits. Measured anew when the machine, the device or this library
/// is another.
/// </summary>
internal static class CrossoverFile
{
    private sealed record Content(string Key, string Device, string Baseline, CrossoverPoint[] Points);

    /// <summary>Where it is kept.</summary>
    public static string DefaultFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
        "DeepLearning", "crossovers");

    /// <summary>What is kept; null if nothing is, if it is of something else, or if the file is damaged.</summary>
    public static Crossover? Read(string folder, Device device)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(PathOf(folder, device))) is { Points.Length: > 0 } content
                && content.Key == Key(device)
                && content.Points.All(point => point is { BaselineSeconds: > 0, DeviceSeconds: > 0, Batch: > 0, Width: > 0 })
                ? new Crossover(content.Device, content.Baseline, content.Points) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it, if the folder can be written.</summary>
    public static void Write(string folder, Device device, Crossover crossover)
    {
        try
        {
            Content content = new(Key(device), crossover.Device, crossover.Baseline, [.. crossover.Points]);
            AtomicFile.Write(PathOf(folder, device), stream => JsonSerializer.Serialize(stream, content));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It is measured again next time.
        }
    }

    /// <summary>The file.</summary>
    public static string PathOf(string folder, Device device) =>
        Path.Combine(folder, string.Concat($"{Environment.MachineName} {device.Name} " +
            $"{device.Description}".Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')) + ".json");

    private static string Key(Device device) =>
        $"{Environment.MachineName}, {Environment.ProcessorCount} cores, vectors of {Vector<float>.Count}; {device.Name}, " +
            $"{device.Description}; " +
        $"{typeof(Device).Module.ModuleVersionId}, {device.GetType().Module.ModuleVersionId}";
}
