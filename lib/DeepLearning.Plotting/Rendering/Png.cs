using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepLearning.Plotting;

/// <summary>Writes pictures of 8-bit red, green, blue, alpha as PNG (ISO/IEC 15948).</summary>
internal static class Png
{
    private static readonly uint[] s_crcTable = MakeCrcTable();

    public static string DataUri(int width, int height, byte[] rgba) =>
        "data:image/png;base64," + Convert.ToBase64String(Encode(width, height, rgba));

    public static byte[] Encode(int width, int height, byte[] rgba)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        Chunk(file, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] line = new byte[width * 4];
            for (int row = 0; row < height; row++)
            {
                for (int i = 0; i < line.Length; i++)
                    line[i] = (byte)(rgba[row * line.Length + i] - (row > 0 ? rgba[(row - 1) * line.Length + i] : 0));
                zlib.WriteByte(2); // each byte as its difference from the one above
                zlib.Write(line);
            }
        }
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(data, Crc(type, 0xffffffff)) ^ 0xffffffff);
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (byte b in data)
            crc = s_crcTable[(crc ^ b) & 0xff] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
