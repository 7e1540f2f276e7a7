using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace McpFunctionApp.Schemas;

/// <summary>A SHA-256 that stands for what was hashed: two equal digests are taken for the same form.</summary>
public sealed record FormDigest(UInt128 High, UInt128 Low)
{
    public static FormDigest Of(ReadOnlySpan<byte> sha256) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(sha256), BinaryPrimitives.ReadUInt128BigEndian(sha256[16..]));

    /// <summary>All that a form is mapped from, but for settings that cannot change while the process lives.</summary>
    /// <param name="groups">The caller's groups; null where they are not known.</param>
    public static FormDigest OfAnswer(ReadOnlySpan<byte> body, ImmutableArray<string>? groups)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendNumber(hash, groups?.Length ?? -1);
        foreach (var group in groups ?? [])
        {
            // Each with its length, so that no two lists of groups look alike.
            var bytes = Encoding.UTF8.GetBytes(group);
            AppendNumber(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        hash.AppendData(body);
        return Of(hash.GetHashAndReset());
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
