using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace McpFunctionApp.Schemas;

/// <summary>A <see cref="SchemaKey"/> as memory keeps one for every caller: 56 bytes in place of 184, digits of the fingerprint
/// as the bytes that they stand for.</summary>
internal sealed record PackedKey(UInt128 High, UInt128 Low, string Tool)
{
    /// <exception cref="ArgumentException">The fingerprint is no SHA-256 in hex digits.</exception>
    public static PackedKey Of(SchemaKey key)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        return
            Convert.FromHexString(key.Fingerprint, bytes, out _, out var written) == OperationStatus.Done
            && written == bytes.Length
            ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]), key.Tool)
            : throw new ArgumentException("A fingerprint has 64 hex digits.", nameof(key));
    }
}
