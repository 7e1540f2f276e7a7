using System.Globalization;
using System.Runtime.InteropServices;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>Makes JSON values, and reads numbers and texts out of them without rounding.</summary>
internal static class JsonValues
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    public static JsonElement Of(string text) => Write(writer => writer.WriteStringValue(text));

    public static JsonElement Of(IEnumerable<string> texts) => Write(writer => Write(writer, texts));

    public static JsonElement Of(bool value) => JsonElement.Parse(value ? "true"u8 : "false"u8);

    public static void Write(Utf8JsonWriter writer, IEnumerable<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>A text; a number or truth value as it stands in the JSON; null for anything else.</summary>
    public static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    /// <summary>The text's number, where it is one as JSON writes numbers, blanks around it aside: neither 007 nor +3.</summary>
    public static JsonElement? Number(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > 0 && (trimmed[0] == '-' || char.IsAsciiDigit(trimmed[0]))
            ? Parse(trimmed, JsonValueKind.Number)
            : null;
    }

    /// <summary>The text's array, where it is one in JSON.</summary>
    public static JsonElement? Array(string text) =>
        text.AsSpan().TrimStart().StartsWith('[') ? Parse(text, JsonValueKind.Array) : null;

    /// <summary>The text's object, where it is one in JSON: no name in it twice, and all its texts well-formed.</summary>
    public static JsonElement? Object(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith('{') || Parse(text, JsonValueKind.Object, s_strict) is not { } value)
        {
            return null;
        }

        return JsonText.HasLoneSurrogate(value, JsonMarshal.GetRawUtf8Value(value)) ? null : value;
    }

    /// <summary>The value of a number without a fraction, however it is written (2, 2.0, 2e0); null beyond 64 bits.</summary>
    public static long? Integer(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        return value.TryGetInt64(out var whole) ? whole : WithoutFraction(value.GetRawText());
    }

    // By its digits, since a double or decimal would round: 1e-30 is not 0, and 0.99999999999999999999999999999999 is not 1.
    private static long? WithoutFraction(string number)
    {
        var parts = number.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = parts[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
        {
            return 0;
        }

        var exponent = 0;
        if (
            parts.Length > 1
            && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
        )
        {
            return null;
        }

        var zeros = (long)exponent - fraction + digits.Length - significant.Length;
        var sign = number[0] == '-' ? "-" : "";
        return
            zeros is >= 0 and < 19
            && long.TryParse(
                $"{sign}{significant}{new string('0', (int)zeros)}",
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
            ? whole
            : null;
    }

    private static JsonElement? Parse(string text, JsonValueKind kind, JsonDocumentOptions options = default)
    {
        try
        {
            var value = JsonElement.Parse(text, options);
            return value.ValueKind == kind ? value : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Write(Action<Utf8JsonWriter> write) => JsonElement.Parse(CompactJson.Write(write).Span);
}
