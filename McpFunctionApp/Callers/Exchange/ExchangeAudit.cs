using McpFunctionApp.Replies;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>
/// One line for each time that the authority was asked for a form API's own token and gave none: for whom, and why. A
/// category of its own, so that it can be kept elsewhere and for longer than other lines.
/// </summary>
public sealed partial class ExchangeAudit(ILogger<ExchangeAudit> logger)
{
    private const int MaxSubject = 128;

    public void Note(ExchangeOptions exchange, Caller caller, ExchangeFailure failure)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogRefused(caller.Fingerprint, exchange.Section, failure.Reason, failure.Detail, SubjectOf(caller));
        }
    }

    /// <summary>As a JSON string: whatever is in it, it cannot be taken for the rest of the line.</summary>
    private static string SubjectOf(Caller caller) =>
        caller.Subject is { } subject && !TokenGuard.Repeats(subject, caller.Token)
            ? $"\"{JsonEncodedText.Encode(Quotable.Shorten(subject, MaxSubject))}\""
            : "-";

    [LoggerMessage(8020, LogLevel.Information, "Caller {Caller} got no token for {Form}: {Reason} ({Detail}), subject {Subject}")]
    private partial void LogRefused(string caller, string form, string reason, string detail, string subject);
}
