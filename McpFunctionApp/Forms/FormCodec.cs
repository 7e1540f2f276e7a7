using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace McpFunctionApp.Forms;

/// <summary>
/// A caller's parameters as bytes for the table: a checksum, then compressed JSON. Only what the caller may use is
/// stored, never the form API's whole answer.
/// </summary>
internal static partial class FormCodec
{
    /// <summary>Part of every row's key: rows of another format are never read, and expire.</summary>
    public const int FormatVersion = 3;

    // What a form of 5 MiB can become at most, with room to spare: a damaged row must not fill the memory.
    private const int MaxJsonBytes = 64 * 1_048_576;

    public static byte[] Encode(FormSchema schema)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[SHA256.HashSizeInBytes]);
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, new StoredForm(schema.Properties, schema.Note, schema.Fixed, schema.Obstacle), StoredFormJson.Default.StoredForm);
        }

        var bytes = buffer.ToArray();
        SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes), bytes.AsSpan(0, SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <returns>The form, or null where the bytes are not what <see cref="Encode"/> wrote.</returns>
    public static FormSchema? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= SHA256.HashSizeInBytes || !SHA256.HashData(bytes[SHA256.HashSizeInBytes..]).AsSpan().SequenceEqual(bytes[..SHA256.HashSizeInBytes]))
        {
            return null;
        }

        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes[SHA256.HashSizeInBytes..].ToArray()), CompressionMode.Decompress);
            using var json = new MemoryStream();
            CopyBounded(brotli, json);
            var stored = JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), StoredFormJson.Default.StoredForm);
            return stored is { Note: not null, Properties.IsDefault: false, Fixed.IsDefault: false }
                && stored.Properties.All(IsWhole) && stored.Fixed.All(IsWhole)
                ? new FormSchema(stored.Properties, JsonSchemaWriter.Write(stored.Properties), stored.Note, stored.Fixed, stored.Obstacle)
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The checksum says that somebody wrote these bytes, and not that it was this version.
    private static bool IsWhole(FormProperty? property) =>
        property is
        {
            Key: not null, OriginalKey: not null, Description: not null, Options.IsDefault: false, Path: { IsDefault: false, Length: > 0 },
            Default: null or { Labels.IsDefault: false },
        }
        && Enum.IsDefined(property.Kind)
        && property.Path.All(name => name is not null)
        && property.Options.All(option => option is { Label: not null, ValueJson: not null } && option.OtherNames?.Contains(null!) != true);

    private static bool IsWhole(FixedValue? value) =>
        value is { ValueJson: not null, Path: { IsDefault: false, Length: > 0 } } && value.Path.All(name => name is not null);

    private static void CopyBounded(Stream from, MemoryStream to)
    {
        var buffer = new byte[16_384];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            if (to.Length + read > MaxJsonBytes)
            {
                throw new InvalidDataException("The row is larger than any form.");
            }

            to.Write(buffer, 0, read);
        }
    }

    internal sealed record StoredForm(ImmutableArray<FormProperty> Properties, string Note, ImmutableArray<FixedValue> Fixed, string? Obstacle);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredForm))]
    private sealed partial class StoredFormJson : JsonSerializerContext;
}
