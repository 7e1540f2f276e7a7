using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Execution;

/// <summary>What can be used of a form API's answer to a submission. Text that repeats the caller's token is not used.</summary>
/// <param name="IdJson">The id as JSON text, a string or a number; null where there is none.</param>
/// <param name="Message">What the API said went wrong, on one line; null where it said nothing readable.</param>
internal sealed record SubmissionAnswer(string? IdJson, string? Status, string? Message)
{
    private static readonly SubmissionAnswer s_nothing = new(null, null, null);
    private static readonly string[] s_messageMembers = ["message", "error", "detail", "title"];

    private const int MaxText = 300;

    public static SubmissionAnswer Read(ReadOnlyMemory<byte>? body, string token)
    {
        if (body is null)
        {
            return s_nothing;
        }

        try
        {
            using var document = JsonDocument.Parse(FormReader.WithoutMark(body.Value));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, token) : s_nothing;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return s_nothing;
        }
    }

    private static SubmissionAnswer Read(JsonElement answer, string token) => new(
        answer.TryGetProperty("id", out var id) ? Id(id, token) : null,
        Text(answer, "status") is { } status && !TokenGuard.RepeatsInData(status, token) ? status : null,
        s_messageMembers.Select(name => Text(answer, name)).FirstOrDefault(text => text is not null && !TokenGuard.Repeats(text, token)));

    private static string? Id(JsonElement id, string token) => id.ValueKind switch
    {
        JsonValueKind.Number when id.GetRawText() is { Length: <= MaxText } digits && !TokenGuard.RepeatsInData(digits, token) => digits,
        JsonValueKind.String when id.GetString() is { Length: > 0 and <= MaxText } text && !TokenGuard.RepeatsInData(text, token) => id.GetRawText(),
        _ => null,
    };

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && Quotable.Shorten(value.GetString()!, MaxText) is { Length: > 0 } text
            ? text
            : null;
}
