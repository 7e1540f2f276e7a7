namespace McpFunctionApp.Replies;

/// <summary>JSON allows escapes that are no text, such as <c>"\ud800"</c> alone; found here, they cannot surprise
/// later.</summary>
internal static class JsonText
{
    public static bool HasLoneSurrogate(JsonElement element, ReadOnlySpan<byte> utf8) =>
        (utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0) && HasLoneSurrogate(element);

    public static string? TryGetString(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool HasLoneSurrogate(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Any(member => !IsText(member) || HasLoneSurrogate(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Any(HasLoneSurrogate),
            JsonValueKind.String => TryGetString(element) is null,
            _ => false,
        };

    private static bool IsText(JsonProperty member)
    {
        try
        {
            return member.Name.Length >= 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
