namespace McpFunctionApp.Replies;

/// <summary>The codes of tool results with <c>isError</c>: part of the public contract, described in the README.</summary>
public static class ErrorCodes
{
    public const string InvalidArguments = "invalid_arguments";
    public const string AuthenticationRequired = "authentication_required";
    public const string TokenRejected = "token_rejected";
    public const string FormUnavailable = "form_unavailable";
    public const string SubmissionFailed = "submission_failed";
    public const string SubmissionOutcomeUnknown = "submission_outcome_unknown";
}
