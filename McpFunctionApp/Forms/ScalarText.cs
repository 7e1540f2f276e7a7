using System.Globalization;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>What forms write as one type and mean as another: a number as text, a flag as 1.</summary>
internal static class ScalarText
{
    /// <summary>A text, number or truth value as text.</summary>
    /// <returns>Null for anything else and for an empty text.</returns>
    /// <exception cref="InvalidOperationException">A text that is not valid Unicode.</exception>
    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    /// <summary>A text as JSON text.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, CompactJson.Options.Encoder)}\"";

    /// <summary>true, 1, "1" or "true"; false, 0, "0" or "false"; null for all else.</summary>
    public static bool? Flag(JsonElement value)
    {
        var text =
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : Of(value)?.Trim();
        return text switch
        {
            "1" => true,
            "0" => false,
            _ => bool.TryParse(text, out var flag) ? flag : null,
        };
    }

    /// <summary>A finite number, or a text that is one in JSON, blanks around it aside; null for all else.</summary>
    public static double? Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var given = JsonElement.Parse(value.GetString()!.Trim());
            return given.ValueKind == JsonValueKind.Number ? Number(given) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
