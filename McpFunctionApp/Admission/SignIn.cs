using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Admission;

/// <summary>
/// Whether a caller is asked to sign in instead of being served: by <c>Callers:Mode</c>, by what the request carried, and
/// by what was found out about the token. What could not be found out is never a reason. Pure.
/// </summary>
public static class SignIn
{
    private static readonly Challenge s_missing = new(
        null,
        ErrorCodes.AuthenticationRequired,
        "Sign in: this server needs the header 'Authorization: Bearer <token>'."
    );

    private static readonly Challenge s_rejected = new(
        "invalid_token",
        ErrorCodes.TokenRejected,
        "Sign in again: the form API refused the token."
    );

    /// <summary>Before anything is looked up, on every message.</summary>
    public static Challenge? OnArrival(CallerMode mode, Caller? caller) =>
        (mode, caller) switch
        {
            (CallerMode.Fallback, _) => null,
            (_, { Standing: TokenStanding.Refused }) => Refused(caller),
            (_, { Standing: TokenStanding.OutOfScope }) => OutOfScope(caller),
            (CallerMode.Challenge, null) => s_missing,
            _ => null,
        };

    /// <summary>Once the form APIs have been asked. A token that was verified here is in order whatever they say: a new one would
    /// fare no better.</summary>
    public static Challenge? OnLookup(CallerMode mode, Caller? caller, TokenVerdict verdict) =>
        mode != CallerMode.Fallback && verdict == TokenVerdict.Rejected && caller is { IsVerified: false } ? s_rejected : null;

    private static Challenge OutOfScope(Caller caller) =>
        new("insufficient_scope", ErrorCodes.InsufficientScope, $"Sign in for more: the token is in order, but {caller.Finding}.")
        {
            LacksScope = true,
        };

    private static Challenge Refused(Caller caller) =>
        new("invalid_token", ErrorCodes.TokenRejected, $"Sign in again: the token was refused, because {caller.Finding}.");
}
