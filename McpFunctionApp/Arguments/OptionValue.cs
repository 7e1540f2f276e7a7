using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What else an option may be called than by its label: its submitted value, its id, and the id within a value that is
/// an object.</summary>
internal static class OptionValue
{
    private static readonly string[] s_ids = ["id", "value", "key"];

    public static IEnumerable<string> Names(FormOption option) =>
        option.OtherNames is { } others ? Submitted(option).Concat(others) : Submitted(option);

    private static IEnumerable<string> Submitted(FormOption option)
    {
        if (option.ValueJson.StartsWith('"') && !option.ValueJson.Contains('\\'))
        {
            return [option.ValueJson[1..^1]];
        }

        if (option.ValueJson[0] is not ('"' or '{'))
        {
            return [option.ValueJson];
        }

        var value = JsonElement.Parse(option.ValueJson);
        return value.ValueKind == JsonValueKind.String
            ? Text(value) is { } text
                ? [text]
                : []
            : s_ids.Select(name => value.TryGetProperty(name, out var id) ? Text(id) : null).OfType<string>();
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return JsonValues.Text(value);
        }
        catch (InvalidOperationException)
        {
            // Escapes that are no text, such as "\ud800" alone.
            return null;
        }
    }
}
