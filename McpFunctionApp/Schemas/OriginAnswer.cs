using McpFunctionApp.Callers.Exchange;

namespace McpFunctionApp.Schemas;

/// <summary>What the form API answered: a body to read, or the reason why there is none.</summary>
/// <param name="RetryAfter">How long a busy API asked to be left alone; null where it did not say.</param>
internal sealed record OriginAnswer(ReadOnlyMemory<byte> Body, FallbackReason? Reason, string Detail, TimeSpan? RetryAfter)
{
    /// <summary>Why the form API was not asked, where the authority gave no token for it.</summary>
    public ExchangeFailure? Exchange { get; init; }

    public static OriginAnswer Of(ReadOnlyMemory<byte> body) => new(body, null, "", null);

    public static OriginAnswer Failed(FallbackReason reason, string detail, TimeSpan? retryAfter = null) => new(default, reason, detail, retryAfter);

    public static OriginAnswer Of(ExchangeFailure failure) => Failed(
        failure.Trouble switch
        {
            ExchangeTrouble.Rejected => FallbackReason.Rejected,
            ExchangeTrouble.ConsentRequired => FallbackReason.ConsentRequired,
            ExchangeTrouble.Busy => FallbackReason.Busy,
            _ => FallbackReason.Unavailable,
        },
        failure.Detail,
        failure.RetryAfter) with
    { Exchange = failure };
}
