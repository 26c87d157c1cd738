using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepLearning;

/// <summary>
/// Files in the IDX format of MNIST: two zero bytes, the type of the numbers (8: unsigned bytes, the only one read here), the number of
/// axes, the length of each axis (4 bytes, most significant first), and the numbers row by row.
/// </summary>
public static class IdxFile
{
    /// <summary>Reads a file of unsigned bytes, packed with gzip or not.</summary>
    /// <returns>A tensor of the file's shape, whole numbers from 0 to 255.</returns>
    /// <exception cref="InvalidDataException">The file is not one, is damaged, or is cut off.</exception>
    public static Tensor Read(string path)
    {
        (int[] shape, byte[] values) = ReadBytes(path, null, null);
        return Tensor.From(Array.ConvertAll(values, value => (float)value), shape);
    }

    /// <summary>Reads the first <paramref name="limit"/> rows, or all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="axes">How many axes it should have; null for any number.</param>
    /// <param name="limit">How many rows at most.</param>
    internal static (int[] Shape, byte[] Values) ReadBytes(string path, int? axes, int? limit)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            bool packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using Stream stream = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Parse(stream, path, axes, limit);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith('\''))
        {
            throw new InvalidDataException($"'{path}' is damaged: {e.Message} Delete it and run again.", e);
        }
    }

    private static (int[] Shape, byte[] Values) Parse(Stream stream, string path, int? axes, int? limit)
    {
        byte[] head = new byte[4];
        int got = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        if (got < 4 || head[0] != 0 || head[1] != 0 || head[2] != 8 || head[3] == 0 || (axes is { } wanted && head[3] != wanted))
            throw new InvalidDataException($"'{path}' is not an IDX file of unsigned bytes{(axes is { } a ? $" with {a} axes" : "")}: it " +
                "begins with " +
                $"{(got == 0 ? "nothing" : Convert.ToHexString(head, 0, got))}, expected " +
                    $"000008{axes?.ToString("X2") ?? "01 to 000008FF"}.");
        byte[] lengths = new byte[4 * head[3]];
        if (stream.ReadAtLeast(lengths, lengths.Length, throwOnEndOfStream: false) < lengths.Length)
            throw new InvalidDataException($"'{path}' is cut off within its heading.");
        int[] shape = [.. Enumerable.Range(0, head[3]).Select(axis => BinaryPrimitives.ReadInt32BigEndian(lengths.AsSpan(4 * axis)))];
        long row = shape.Skip(1).Aggregate(1L, (product, length) => product * length), all = row * shape[0];
        if (shape.Any(length => length < 0) || all > Array.MaxLength)
            throw new InvalidDataException($"'{path}' is damaged: its shape is [{string.Join(", ", shape)}].");
        bool whole = limit is null || limit >= shape[0];
        if (!whole) shape[0] = limit!.Value;
        byte[] values = new byte[row * shape[0]];
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
            throw new InvalidDataException($"'{path}' is cut off: expected {all} numbers after the heading, got {read}.");
        if (whole && stream.ReadByte() >= 0)
            throw new InvalidDataException($"'{path}' is damaged: more than the {all} numbers of its shape " +
                $"[{string.Join(", ", shape)}] follow.");
        return (shape, values);
    }
}
