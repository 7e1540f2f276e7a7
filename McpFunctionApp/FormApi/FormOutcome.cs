using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Forms;

namespace McpFunctionApp.FormApi;

/// <summary>Why a caller is served static tools only. The names in lower snake case are part of the public contract.</summary>
public enum FallbackReason
{
    /// <summary>The request had no usable bearer token.</summary>
    NoToken,

    /// <summary>The form API refused the token (401), or the token could not be accepted here.</summary>
    Rejected,

    /// <summary>
    /// The form API does not permit this account to use the form (403), or the token lacks a scope that is required here:
    /// another token of the same account would fare no better.
    /// </summary>
    Forbidden,

    /// <summary>Somebody has to agree before the authority gives a token for the form API.</summary>
    ConsentRequired,

    /// <summary>The form API asked for patience (429), or too many calls to it are under way here.</summary>
    Busy,

    /// <summary>The form API failed, did not answer in time, or could not be reached.</summary>
    Unavailable,

    /// <summary>The form API answered something that is no form.</summary>
    Malformed,

    /// <summary>The form has no field that this caller may use.</summary>
    Empty,

    /// <summary>The form requires a field that no tool can offer.</summary>
    CannotBeFilled,
}

/// <summary>The reasons' names for clients, the log and metrics.</summary>
public static class FallbackReasons
{
    /// <summary>
    /// <c>no_token</c>, <c>rejected</c>, <c>forbidden</c>, <c>consent_required</c>, <c>busy</c>, <c>unavailable</c>,
    /// <c>malformed</c>,
    /// <c>empty</c> or <c>cannot_be_filled</c>.
    /// </summary>
    public static string Word(this FallbackReason reason) =>
        reason switch
        {
            FallbackReason.NoToken => "no_token",
            FallbackReason.Rejected => "rejected",
            FallbackReason.Forbidden => "forbidden",
            FallbackReason.ConsentRequired => "consent_required",
            FallbackReason.Busy => "busy",
            FallbackReason.Unavailable => "unavailable",
            FallbackReason.Empty => "empty",
            FallbackReason.CannotBeFilled => "cannot_be_filled",
            _ => "malformed",
        };
}

/// <summary>What asking for a caller's form came to: a form, or the reason why there is none.</summary>
/// <param name="Detail">One sentence part on what happened, without addresses or tokens; empty for a form.</param>
/// <param name="ExpiresAt">Until when this may be answered again without asking the form API.</param>
/// <param name="MemoryUntil">Until when memory may answer it without asking the table, so that an invalidation elsewhere is
/// noticed in time.</param>
public sealed record FormOutcome(
    FormSchema? Schema,
    FallbackReason? Reason,
    string Detail,
    DateTimeOffset ExpiresAt,
    DateTimeOffset MemoryUntil
)
{
    /// <summary>Why the form API was not asked, where the authority gave no token for it.</summary>
    public ExchangeFailure? Exchange { get; init; }

    /// <summary>A form that memory may answer for its whole life.</summary>
    public static FormOutcome Of(FormSchema schema, DateTimeOffset expiresAt) => new(schema, null, "", expiresAt, expiresAt);

    public static FormOutcome Failed(FallbackReason reason, string detail, DateTimeOffset expiresAt) =>
        new(null, reason, detail, expiresAt, expiresAt);

    /// <summary>The same, but a form is answered from memory no longer than this.</summary>
    public FormOutcome InMemoryUntil(DateTimeOffset end) =>
        Schema is null || end >= ExpiresAt ? this : this with { MemoryUntil = end };

    public TimeSpan Remaining(DateTimeOffset now) => ExpiresAt > now ? ExpiresAt - now : TimeSpan.Zero;
}
