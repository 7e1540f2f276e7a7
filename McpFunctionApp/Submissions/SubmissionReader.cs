using McpFunctionApp.Forms;

namespace McpFunctionApp.Submissions;

/// <summary>
/// Reads what became of a submission in the shapes in which systems say it: any 2xx is a success unless its body says
/// otherwise, and a 303 points at what was created. Pure.
/// </summary>
public static class SubmissionReader
{
    private const int SeeOther = 303;

    private static readonly string[] s_failures = ["failure", "failed", "error"];

    /// <param name="properties">The form's parameters, by which the fields in a refusal are named.</param>
    /// <param name="token">The caller's, no part of which may come back.</param>
    public static SubmissionAnswer Read(SubmissionResponse response, IReadOnlyList<FormProperty> properties, string token) =>
        Read(
            response,
            token,
            json => ReceiptReader.Read(response, json, token),
            json => RefusalReader.Read(response, json, properties, token)
        );

    /// <param name="receipt">Reads the receipt of an answer, which may be no JSON (null).</param>
    /// <param name="refusal">Reads the reasons of one that refuses.</param>
    internal static SubmissionAnswer Read(
        SubmissionResponse response,
        string token,
        Func<JsonElement?, SubmissionReceipt> receipt,
        Func<JsonElement?, SubmissionRefusal> refusal
    )
    {
        if (response.Status == SeeOther && response.Location is { Length: > 0 })
        {
            return SubmissionAnswer.Accepted(ReceiptReader.FromHeaders(response, token));
        }

        var json = response.ReadJson();
        if (!response.IsSuccess)
        {
            return SubmissionAnswer.Refused(refusal(json));
        }

        if (response.IsHtml(json))
        {
            return SubmissionAnswer.Unknown;
        }

        return json is { } body && SaysFailure(body)
            ? SubmissionAnswer.Refused(refusal(json))
            : SubmissionAnswer.Accepted(receipt(json));
    }

    private static bool SaysFailure(JsonElement body)
    {
        var root = JsonMembers.Single(body);
        return IsFailure(root) || JsonMembers.Named(root, "response_status").Any(status => IsFailure(JsonMembers.Single(status)));
    }

    private static bool IsFailure(JsonElement answer) =>
        JsonMembers.Named(answer, "success").Any(IsFalse)
        || JsonMembers.Named(answer, "ok").Any(IsFalse)
        || JsonMembers.Named(answer, "status").Any(IsFailureWord)
        || JsonMembers.Named(answer, "result").Any(IsFailureWord);

    private static bool IsFalse(JsonElement value) => value.ValueKind == JsonValueKind.False || IsWord(value, "false");

    private static bool IsFailureWord(JsonElement value) => Array.Exists(s_failures, word => IsWord(value, word));

    private static bool IsWord(JsonElement value, string word) =>
        JsonMembers.Text(value) is { } text && text.AsSpan().Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
}
