using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Tickets;

/// <summary>
/// A digest of a call's arguments as they were read, by which the same call is known again: equal for arguments that mean
/// the same, whatever their order, spaces and escapes. What could not be read counts as it was given. Pure.
/// </summary>
internal static class ArgumentDigest
{
    /// <param name="reading">Of these arguments.</param>
    public static string Of(FormSchema schema, ArgumentReading reading, JsonElement arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var read = reading
            .Form.Values.Where(value => !value.IsDefault)
            .ToDictionary(value => value.Property.Key, value => value.Value, StringComparer.Ordinal);
        foreach (var key in schema.Properties.Select(property => property.Key))
        {
            if (read.TryGetValue(key, out var value) || (arguments.TryGetProperty(key, out value) && !ValueReader.IsBlank(value)))
            {
                Append(hash, key);
                Append(hash, TextOf(value));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A client may read 3.0 and send 3 the next time.
    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
            ? JsonValues.Integer(value)?.ToString(CultureInfo.InvariantCulture) ?? value.GetRawText()
            : Encoding.UTF8.GetString(CompactJson.Write(value.WriteTo).Span);

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
