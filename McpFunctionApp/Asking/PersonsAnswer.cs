namespace McpFunctionApp.Asking;

/// <summary>What the person behind the client has answered to a question.</summary>
/// <param name="Action"><c>accept</c>, <c>decline</c> or <c>cancel</c>; null where there is no answer.</param>
/// <param name="Content">An object of what was filled in; empty where there is none.</param>
internal sealed record PersonsAnswer(string? Action, JsonElement Content)
{
    /// <summary>The name of the one question that is asked at a time.</summary>
    public const string QuestionName = "form";

    public const string Accept = "accept";

    private static readonly string[] s_actions = [Accept, "decline", "cancel"];

    /// <returns>Null for what is no answer to a form.</returns>
    public static PersonsAnswer? Read(JsonElement? responses)
    {
        if (responses is not { } given)
        {
            return new PersonsAnswer(null, Overlay.Nothing);
        }

        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(QuestionName, out var answer))
        {
            return given.ValueKind == JsonValueKind.Object ? new PersonsAnswer(null, Overlay.Nothing) : null;
        }

        var isAnswer =
            answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("action", out var action)
            && action.ValueKind == JsonValueKind.String
            && s_actions.Contains(action.GetString());
        return isAnswer && Fields(answer) is { } content
            ? new PersonsAnswer(answer.GetProperty("action").GetString(), content)
            : null;
    }

    private static JsonElement? Fields(JsonElement answer) =>
        !answer.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null ? Overlay.Nothing
        : content.ValueKind == JsonValueKind.Object ? content
        : null;
}
