using System.Diagnostics;

namespace McpFunctionApp.Telemetry;

/// <summary>The app's own spans. Nothing is made where nobody listens; no attribute ever holds a value from a message, a form or
/// a document.</summary>
public static class AppSpans
{
    public const string SourceName = "McpFunctionApp";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Ends well or not: <c>error.type</c> is a word of this app's own, never an exception's text.</summary>
    /// <param name="error">Null where nothing went wrong.</param>
    public static void End(this Activity? span, string? error)
    {
        if (error is not null)
        {
            span?.SetTag(Attributes.ErrorType, error).SetStatus(ActivityStatusCode.Error);
        }
    }
}
