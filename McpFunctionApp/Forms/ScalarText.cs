namespace McpFunctionApp.Forms;

/// <summary>A text, number or truth value as text.</summary>
internal static class ScalarText
{
    /// <returns>Null for anything else and for an empty text.</returns>
    /// <exception cref="InvalidOperationException">A text that is not valid Unicode.</exception>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
