using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Sources;

namespace McpFunctionApp.FormApi;

/// <summary>What the form API answered: a body of each of its addresses, or the reason why there is none.</summary>
/// <param name="RetryAfter">How long a busy API asked to be left alone; null where it did not say.</param>
internal sealed record OriginAnswer(
    IReadOnlyList<SourceAnswer> Bodies,
    FallbackReason? Reason,
    string Detail,
    TimeSpan? RetryAfter
)
{
    /// <summary>Why the form API was not asked, where the authority gave no token for it.</summary>
    public ExchangeFailure? Exchange { get; init; }

    public static OriginAnswer Of(IReadOnlyList<SourceAnswer> bodies) => new(bodies, null, "", null);

    /// <summary>What several addresses have answered together: all bodies, or the worst reason, which is the first in the order
    /// of <see cref="FallbackReason"/>.</summary>
    public static OriginAnswer Of(IReadOnlyList<(string Name, OriginAnswer Answer)> answers)
    {
        var failed = answers.Where(each => each.Answer.Reason is not null).OrderBy(each => each.Answer.Reason).ToList();
        return failed.Count == 0
            ? Of([.. answers.SelectMany(each => each.Answer.Bodies)])
            : failed[0].Answer with
            {
                Detail = $"{failed[0].Answer.Detail} ({failed[0].Name})",
                RetryAfter = failed.Max(each => each.Answer.RetryAfter),
            };
    }

    public static OriginAnswer Failed(FallbackReason reason, string detail, TimeSpan? retryAfter = null) =>
        new([], reason, detail, retryAfter);

    public static OriginAnswer Of(ExchangeFailure failure) =>
        Failed(
            failure.Trouble switch
            {
                ExchangeTrouble.Rejected => FallbackReason.Rejected,
                ExchangeTrouble.ConsentRequired => FallbackReason.ConsentRequired,
                ExchangeTrouble.Busy => FallbackReason.Busy,
                _ => FallbackReason.Unavailable,
            },
            failure.Detail,
            failure.RetryAfter
        ) with
        {
            Exchange = failure,
        };
}
