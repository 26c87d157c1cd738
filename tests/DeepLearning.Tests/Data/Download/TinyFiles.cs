using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DeepLearning.Tests.Download;

/// <summary>Files of the formats of MNIST and CIFAR-10, a few samples long.</summary>
internal static class TinyFiles
{
    public static byte[] Idx(int[] shape, byte[] values) =>
        [0, 0, 8, (byte)shape.Length,
            .. shape.SelectMany(n => new byte[] { (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n }), .. values];

    public static byte[] Images(int count, byte first = 0) =>
        Idx([count, 3, 2], [.. Enumerable.Range(0, 6 * count).Select(i => (byte)(first + i))]);

    public static byte[] Labels(params byte[] labels) => Idx([labels.Length], labels);

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Sample s of a batch is all of the value s + 10 · batch; its label is batch.</summary>
    public static byte[] CifarBatch(int batch, int samples) =>
        [.. Enumerable.Range(0, samples).SelectMany(s => Enumerable.Repeat((byte)(s + 10 * batch), 3072).Prepend((byte)batch))];

    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression))
        using (TarWriter archive = new(gzip))
        {
            foreach ((string name, byte[] content) in files)
                archive.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/" + name) { DataStream = new MemoryStream(content) });
        }
        return packed.ToArray();
    }

    public static byte[] Cifar() =>
        Tar([("readme.html", "hello"u8.ToArray()), .. Enumerable.Range(1, 5).Select(b => ($"data_batch_{b}.bin", CifarBatch(b, 2))),
            ("test_batch.bin", CifarBatch(9, 3))]);

    public static RemoteFile Remote(string name, byte[] content) => new(name, Convert.ToHexStringLower(MD5.HashData(content)));
}
