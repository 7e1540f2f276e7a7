using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Everything the app measures, times in seconds. What attributes can hold is bounded: methods of the protocol, tools of
/// the catalog, this app's own words. docs/operations.md says what each metric means.
/// </summary>
public sealed class AppMetrics
{
    public const string MeterName = "McpFunctionApp";

    // What OpenTelemetry advises for each kind of operation, in seconds.
    private static readonly InstrumentAdvice<double> s_mcp = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
    };
    private static readonly InstrumentAdvice<double> s_http = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };
    private static readonly InstrumentAdvice<double> s_db = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    };

    private readonly Counter<long> _requests;
    private readonly Counter<long> _toolCalls;
    private readonly Counter<long> _fallbacks;
    private readonly Histogram<double> _operations;
    private readonly Histogram<double> _formApi;
    private readonly Histogram<double> _tokens;
    private readonly Histogram<double> _db;

    /// <param name="usage">How many callers' forms memory holds, how many different ones these are, and the bytes that all
    /// take.</param>
    public AppMetrics(IMeterFactory meters, CacheCounters cache, Func<(long Entries, long Forms, long Bytes)> usage)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>(
            "mcp_function_app.requests",
            "{request}",
            "Requests to /mcp by method and outcome, those refused before they were read included."
        );
        _toolCalls = meter.CreateCounter<long>("mcp_function_app.tool_calls", "{call}", "Calls of tools by tool and outcome.");
        _fallbacks = meter.CreateCounter<long>(
            "mcp_function_app.fallbacks",
            "{lookup}",
            "Lookups of a form's tool that came to static tools only, by tool and reason."
        );
        _operations = meter.CreateHistogram(
            "mcp.server.operation.duration",
            "s",
            "From a request's arrival to its answer, by method, tool and error.",
            advice: s_mcp
        );
        _formApi = meter.CreateHistogram(
            "mcp_function_app.form_api.duration",
            "s",
            "Exchanges with form APIs, by tool, operation and outcome.",
            advice: s_http
        );
        _tokens = meter.CreateHistogram(
            "mcp_function_app.token_exchange.duration",
            "s",
            "Questions to the authority for form APIs' own tokens, by form and outcome.",
            advice: s_http
        );
        _db = meter.CreateHistogram(
            "db.client.operation.duration",
            "s",
            "Operations of table storage and searches, by system, operation, collection and error.",
            advice: s_db
        );
        meter.CreateObservableCounter<long>(
            "mcp_function_app.form_cache.hits",
            () => [Hits(cache.MemoryHits, "memory"), Hits(cache.TableHits, "table")],
            "{lookup}",
            "Lookups of forms that a level of the cache has answered."
        );
        meter.CreateObservableCounter(
            "mcp_function_app.form_cache.misses",
            () => cache.Misses,
            "{lookup}",
            "Lookups of forms that memory could not answer."
        );
        meter.CreateObservableUpDownCounter<long>(
            "mcp_function_app.form_cache.entries",
            () => Entries(usage()),
            "{entry}",
            "Callers in memory, and the different forms that they have."
        );
        meter.CreateObservableUpDownCounter(
            "mcp_function_app.form_cache.size",
            () => usage().Bytes,
            "By",
            "What all in memory takes."
        );
    }

    /// <summary>Whether anybody wants to know of requests.</summary>
    public bool CountsRequests => _requests.Enabled || _operations.Enabled;

    public void ToolCalled(string tool, string outcome) =>
        _toolCalls.Add(1, new(Attributes.Tool, tool), new(Attributes.Outcome, outcome));

    public void FellBack(string tool, string reason) =>
        _fallbacks.Add(1, new(Attributes.Tool, tool), new(Attributes.Reason, reason));

    /// <param name="operation"><c>fetch</c> or <c>submit</c>.</param>
    public void FormApiAsked(string tool, string operation, string outcome, TimeSpan duration) =>
        _formApi.Record(
            duration.TotalSeconds,
            new(Attributes.Tool, tool),
            new(Attributes.Exchange, operation),
            new(Attributes.Outcome, outcome)
        );

    /// <param name="form">By its section of the settings, such as <c>Forms:0</c>.</param>
    public void AuthorityAsked(string form, string outcome, TimeSpan duration) =>
        _tokens.Record(duration.TotalSeconds, new(Attributes.TokenOf, form), new(Attributes.Outcome, outcome));

    /// <param name="error">Null where nothing went wrong.</param>
    internal void DbAsked(DbOperation operation, string? error, TimeSpan duration)
    {
        if (_db.Enabled)
        {
            _db.Record(duration.TotalSeconds, operation.Tags(error));
        }
    }

    /// <summary>One request to <c>/mcp</c>, whatever came of it.</summary>
    internal void Requested(string method, string outcome) =>
        _requests.Add(1, new(Attributes.Method, method), new(Attributes.Outcome, outcome));

    internal void Operated(in TagList tags, TimeSpan duration) => _operations.Record(duration.TotalSeconds, tags);

    private static Measurement<long> Hits(long count, string level) =>
        new(count, new KeyValuePair<string, object?>(Attributes.Level, level));

    private static Measurement<long>[] Entries((long Callers, long Forms, long Bytes) usage) =>
        [
            new(usage.Callers, new KeyValuePair<string, object?>(Attributes.Entry, "caller")),
            new(usage.Forms, new KeyValuePair<string, object?>(Attributes.Entry, "form")),
        ];
}
