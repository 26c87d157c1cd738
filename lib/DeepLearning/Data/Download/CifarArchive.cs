using System.Formats.Tar;
using System.IO.Compression;

namespace DeepLearning;

/// <summary>
/// The binary version of CIFAR-10: a packed archive of batches, each a row of samples of 1 byte for the label and 3 · 32 · 32 bytes for
/// red, green and blue.
/// </summary>
internal static class CifarArchive
{
    private const int Pixels = 3 * 32 * 32, Sample = 1 + Pixels;

    private static readonly string[] s_trainBatches = [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")],
        s_testBatches = ["test_batch.bin"];

    /// <summary>Pixels as shares of 255 and labels of both parts, of each no more than <paramref name="limit"/> samples.</summary>
    public static ((float[] X, int[] Y) Train, (float[] X, int[] Y) Test) Read(string path, int? limit)
    {
        Dictionary<string, byte[]> batches = [];
        try
        {
            using FileStream file = File.OpenRead(path);
            using GZipStream stream = new(file, CompressionMode.Decompress);
            using TarReader archive = new(stream);
            while (archive.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (entry.DataStream is null || !(s_trainBatches.Contains(name) || s_testBatches.Contains(name))) continue;
                byte[] batch = new byte[entry.Length];
                entry.DataStream.ReadExactly(batch);
                batches[name] = batch;
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"'{path}' is damaged or cut off: {e.Message} Delete it and run again.", e);
        }
        return (Join(s_trainBatches), Join(s_testBatches));

        (float[] X, int[] Y) Join(string[] names)
        {
            foreach (string name in names)
            {
                if (!batches.TryGetValue(name, out byte[]? batch))
                    throw new InvalidDataException($"'{path}' lacks {name}; delete it and run again.");
                if (batch.Length == 0 || batch.Length % Sample != 0)
                    throw new InvalidDataException($"'{path}' is damaged: {name} has {batch.Length} bytes, expected a multiple of " +
                        $"{Sample}.");
            }
            int count = Math.Min(limit ?? int.MaxValue, names.Sum(name => batches[name].Length / Sample)), done = 0;
            float[] x = new float[count * Pixels];
            int[] y = new int[count];
            foreach (string name in names)
            {
                byte[] batch = batches[name];
                for (int start = 0; start < batch.Length && done < count; start += Sample, done++)
                {
                    y[done] = batch[start] < 10 ? batch[start]
                        : throw new InvalidDataException($"'{path}' is damaged: {name} has the label {batch[start]}, expected 0 to 9.");
                    for (int i = 0; i < Pixels; i++) x[done * Pixels + i] = batch[start + 1 + i] / 255f;
                }
            }
            return (x, y);
        }
    }
}
