using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json.Serialization;

namespace McpFunctionApp.Forms;

/// <summary>
/// A caller's parameters as bytes for the table: compressed JSON. Only what the caller may use is stored, never the form API's
/// whole answer. Whether the bytes are what was stored is for the row to say; here anything that is no form is none.
/// </summary>
internal static partial class FormCodec
{
    /// <summary>Part of every row's key: rows of another format are never read, and expire.</summary>
    public const int FormatVersion = 3;

    // What a form of 5 MiB can become at most, with room to spare: a damaged row must not fill the memory.
    private const int MaxJsonBytes = 64 * 1_048_576;

    // More than a form's fields and fixed values can be: making a schema of them takes far longer than counting.
    private const int MaxProperties = 20_000;

    public static byte[] Encode(FormSchema schema)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(
                brotli,
                new StoredForm(schema.Properties, schema.Note, schema.Fixed, schema.Obstacle),
                StoredFormJson.Default.StoredForm
            );
        }

        return buffer.ToArray();
    }

    /// <returns>The form, or null where the bytes are not what <see cref="Encode"/> wrote.</returns>
    public static FormSchema? Decode(byte[] bytes)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var buffer = new MemoryStream();
            CopyBounded(brotli, buffer);
            var json = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
            var stored = HasTooManyProperties(json) ? null : JsonSerializer.Deserialize(json, StoredFormJson.Default.StoredForm);
            return stored is not null && IsWhole(stored)
                ? new FormSchema(stored.Properties, stored.Note, stored.Fixed, stored.Obstacle)
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool HasTooManyProperties(ReadOnlySpan<byte> json)
    {
        var count = 0;
        var reader = new Utf8JsonReader(json);
        while (count <= MaxProperties && reader.Read())
        {
            count += reader is { CurrentDepth: 2, TokenType: JsonTokenType.StartObject } ? 1 : 0;
        }

        return count > MaxProperties;
    }

    private static bool IsWhole(StoredForm form) =>
        form is { Note: not null, Properties.IsDefault: false, Fixed.IsDefault: false }
        && form.Properties.All(IsWhole)
        && form.Fixed.All(IsWhole);

    // A row may be of another version than this one; and JSON has no number that is none, but some that are too large for one.
    private static bool IsWhole(FormProperty? property) =>
        property
            is {
                Key: not null,
                OriginalKey: not null,
                Description: not null,
                Options: not null,
                Path: { IsDefault: false, Length: > 0 },
                Default: null or { Labels.IsDefault: false },
            }
        && Enum.IsDefined(property.Kind)
        && AreFinite(property.Min, property.Max, property.Default?.Number)
        && property.Path.All(name => name is not null);

    private static bool IsWhole(FixedValue? value) =>
        value is { ValueJson: not null, Path: { IsDefault: false, Length: > 0 } } && value.Path.All(name => name is not null);

    private static bool AreFinite(params ReadOnlySpan<double?> numbers)
    {
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number ?? 0))
            {
                return false;
            }
        }

        return true;
    }

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

    internal sealed record StoredForm(
        ImmutableArray<FormProperty> Properties,
        string Note,
        ImmutableArray<FixedValue> Fixed,
        string? Obstacle
    );

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredForm))]
    private sealed partial class StoredFormJson : JsonSerializerContext;
}
