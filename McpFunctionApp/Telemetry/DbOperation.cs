using System.Diagnostics;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// One operation of a store while it runs: its span and its measurement. Ends as failed with the error <c>aborted</c>
/// where nobody says how it ended.
/// </summary>
/// <param name="system">Such as <c>elasticsearch</c>.</param>
/// <param name="collection">A table or an index, named by the code or by settings.</param>
internal sealed class DbOperation(AppMetrics metrics, TimeProvider time, string system, string operation, string collection)
    : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private readonly Activity? _span = AppSpans
        .Source.StartActivity($"{operation} {collection}", ActivityKind.Client)
        ?.SetTag(Attributes.DbSystem, system)
        .SetTag(Attributes.DbOperation, operation)
        .SetTag(Attributes.DbCollection, collection);

    private string? _error = "aborted";

    /// <param name="error">A word of this app's own; null where nothing went wrong.</param>
    public void End(string? error) => _error = error;

    public TagList Tags(string? error)
    {
        var tags = new TagList
        {
            { Attributes.DbSystem, system },
            { Attributes.DbOperation, operation },
            { Attributes.DbCollection, collection },
        };
        if (error is not null)
        {
            tags.Add(Attributes.ErrorType, error);
        }

        return tags;
    }

    public void Dispose()
    {
        metrics.DbAsked(this, _error, time.GetElapsedTime(_started));
        _span.End(_error);
        _span?.Dispose();
    }
}
