using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Course.Jupyter;

/// <summary>
/// HMAC-SHA256 over a message's four JSON parts, as lower-case hexadecimal. An empty key means that messages are not signed.
/// </summary>
internal sealed class MessageSigner(byte[] key)
{
    public const string Scheme = "hmac-sha256";

    public byte[] Sign(ReadOnlySpan<byte[]> parts)
    {
        if (key.Length == 0) return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (byte[] part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Takes the same time whatever is wrong.</summary>
    public bool Verify(ReadOnlySpan<byte[]> parts, byte[] signature) =>
        key.Length == 0 || CryptographicOperations.FixedTimeEquals(Sign(parts), signature);
}
