using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>
/// A caller's form as a row: its bytes, its end, and a seal over both and the row's keys (HMAC-SHA256). The seal's key comes from
/// the caller's token by HKDF (RFC 5869) for this purpose alone, so that nobody who can write the table, but does not have the
/// token, can make a row, change one, or put one in the place of another.
/// </summary>
internal static class SchemaRow
{
    private static readonly byte[] s_purpose = "mcp-function-app: the seal of a row of the table schemas"u8.ToArray();

    public static TableRow Write(SchemaRowKey key, byte[] form, DateTimeOffset expiresAt, Caller caller)
    {
        var values = new Dictionary<string, object> { ["Format"] = FormCodec.FormatVersion, ["Expires"] = expiresAt };
        BinaryParts.Write(values, form);
        values["Seal"] = Seal(key.Partition, key.Row, SHA256.HashData(form), expiresAt, caller);
        return new TableRow(key.Partition, key.Row, values);
    }

    /// <summary>The end that the row gives itself; null where it gives none.</summary>
    public static DateTimeOffset? EndOf(TableRow row) => row.Values.GetValueOrDefault("Expires") as DateTimeOffset?;

    /// <returns>The form's bytes and their SHA-256; null where the row is not what <see cref="Write"/> wrote for this
    /// caller.</returns>
    public static (byte[] Form, byte[] Digest)? Read(TableRow row, Caller caller)
    {
        if (
            row.Values.GetValueOrDefault("Format") is not FormCodec.FormatVersion
            || row.Values.GetValueOrDefault("Seal") is not byte[] { Length: HMACSHA256.HashSizeInBytes } seal
            || EndOf(row) is not { } expiresAt
        )
        {
            return null;
        }

        var form = BinaryParts.Read(row.Values);
        var digest = SHA256.HashData(form);
        var expected = Seal(row.PartitionKey, row.RowKey, digest, expiresAt, caller);
        return CryptographicOperations.FixedTimeEquals(seal, expected) ? (form, digest) : null;
    }

    private static byte[] Seal(
        string partitionKey,
        string rowKey,
        ReadOnlySpan<byte> digest,
        DateTimeOffset expiresAt,
        Caller caller
    )
    {
        var token = Encoding.UTF8.GetBytes(caller.Token);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, token, HMACSHA256.HashSizeInBytes, info: s_purpose);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var text in (ReadOnlySpan<string>)[partitionKey, rowKey])
        {
            // Each with its length, so that nothing can move from one to the other.
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hmac.AppendData(number);
            hmac.AppendData(bytes);
        }

        BinaryPrimitives.WriteInt64BigEndian(number, expiresAt.UtcTicks);
        hmac.AppendData(number);
        hmac.AppendData(digest);
        return hmac.GetHashAndReset();
    }
}
