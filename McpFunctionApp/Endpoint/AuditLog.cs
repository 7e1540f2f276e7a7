using System.Diagnostics;
using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// One line for each call of a form's tool or a search: who, which tool, what came of it, and which request was made.
/// Never what was asked for. A category of its own, so that it can be kept elsewhere and for longer than other lines.
/// </summary>
public sealed partial class AuditLog(ILogger<AuditLog> logger)
{
    private const int MaxText = 128;

    /// <param name="form">Null for a search, and where the form's tool is not offered.</param>
    /// <param name="reply">Null where the client hung up first.</param>
    public void Note(string tool, FormSchema? form, Caller? caller, ToolReply? reply, string outcome, TimeSpan elapsed)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogCall(
                tool,
                caller?.Fingerprint ?? "without a token",
                outcome,
                elapsed.TotalMilliseconds,
                form?.Digest.Short ?? "-",
                Request(form, caller, reply),
                Subject(caller)
            );
        }
    }

    /// <summary>The id of the request that was made, as JSON; else the trace, which the client may have begun.</summary>
    private static string Request(FormSchema? form, Caller? caller, ToolReply? reply) =>
        form is not null && reply?.Structured is { } receipt && receipt.TryGetProperty("id"u8, out var id) && !Repeats(id, caller)
            ? id.ValueKind == JsonValueKind.String
                ? Quoted(id.GetString()!)
                : id.GetRawText()
            : Activity.Current is { } span
                ? $"trace {span.TraceId}"
                : "-";

    private static bool Repeats(JsonElement id, Caller? caller) =>
        caller is not null && TokenGuard.RepeatsInData(id.ToString(), caller.Token);

    /// <summary>Claims that nobody stands behind are not written down as who it was.</summary>
    private static string Subject(Caller? caller) =>
        caller is { IsVerified: true, Subject: { } subject } && !TokenGuard.Repeats(subject, caller.Token)
            ? Quoted(subject)
            : "-";

    /// <summary>As a JSON string: whatever is in it, it cannot be taken for the rest of the line.</summary>
    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(Quotable.Shorten(text, MaxText), CompactJson.Options.Encoder)}\"";

    [LoggerMessage(
        4010,
        LogLevel.Information,
        "Tool {Tool} called by caller {Caller}: {Outcome} in {Milliseconds:0.0} ms, form {Form}, request {Request}, subject "
            + "{Subject}"
    )]
    private partial void LogCall(
        string tool,
        string caller,
        string outcome,
        double milliseconds,
        string form,
        string request,
        string subject
    );
}
