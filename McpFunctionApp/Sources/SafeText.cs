using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>Texts of a form that may be no text: JSON allows escapes such as <c>"\ud800"</c> alone.</summary>
internal static class SafeText
{
    /// <summary>A member's name; null where it is no text.</summary>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text, number or truth value as text; null for anything else and for an empty text.</summary>
    public static string? Scalar(JsonElement value) => Read(value, ScalarText.Of);

    public static bool? Flag(JsonElement value) => Read(value, ScalarText.Flag);

    /// <summary>A finite number, or a text that is one; null for all else.</summary>
    public static double? Number(JsonElement value) => Read(value, ScalarText.Number);

    /// <summary>A text for people, which may be given in several languages: English, else the first. Empty where there is
    /// none.</summary>
    public static string Shown(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Scalar(value) ?? "";
        }

        var texts = value
            .EnumerateObject()
            .Select(member =>
                (
                    Language: NameOf(member) ?? "",
                    Text: member.Value.ValueKind == JsonValueKind.String ? Scalar(member.Value) : null
                )
            )
            .Where(text => text.Text is not null)
            .ToList();
        return texts.Find(text => IsEnglish(text.Language)).Text ?? texts.FirstOrDefault().Text ?? "";
    }

    private static bool IsEnglish(string language) =>
        language.StartsWith("en", StringComparison.OrdinalIgnoreCase) && (language.Length == 2 || language[2] is '-' or '_');

    private static T? Read<T>(JsonElement value, Func<JsonElement, T?> read)
    {
        try
        {
            return read(value);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
