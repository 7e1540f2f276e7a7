namespace McpFunctionApp.Replies;

/// <summary>The codes of tool results with <c>isError</c>, and of requests refused by who sends them: part of the public
/// contract, described in docs/tools.md.</summary>
public static class ErrorCodes
{
    public const string InvalidArguments = "invalid_arguments";
    public const string AuthenticationRequired = "authentication_required";
    public const string TokenRejected = "token_rejected";
    public const string InsufficientScope = "insufficient_scope";
    public const string ConsentRequired = "consent_required";
    public const string Declined = "declined";
    public const string StateInvalid = "state_invalid";
    public const string StateUsed = "state_used";
    public const string FormUnavailable = "form_unavailable";
    public const string RateLimited = "rate_limited";
    public const string ServerBusy = "server_busy";
    public const string SubmissionFailed = "submission_failed";
    public const string SubmissionOutcomeUnknown = "submission_outcome_unknown";
    public const string SearchUnavailable = "search_unavailable";
    public const string UnknownEntityType = "unknown_entity_type";
    public const string IndexMissing = "index_missing";
}
