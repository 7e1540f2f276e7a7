using System.Diagnostics;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// One request to <c>/mcp</c> while it is being answered: its span, and what is measured at its end. Made only where
/// somebody listens.
/// </summary>
public sealed class McpOperation : IDisposable
{
    private readonly AppMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly DateTimeOffset _startedAt;
    private Activity? _span;
    private string? _method;
    private string? _tool;
    private string _outcome = "ok";
    private string? _error;

    private McpOperation(AppMetrics metrics, TimeProvider time) =>
        (_metrics, _time, _started, _startedAt) = (metrics, time, time.GetTimestamp(), time.GetUtcNow());

    /// <returns>Null where nobody listens.</returns>
    public static McpOperation? Begin(AppMetrics metrics, TimeProvider time) =>
        metrics.CountsRequests || AppSpans.Source.HasListeners() ? new McpOperation(metrics, time) : null;

    /// <summary>The message has been read: begins the span, as of the request's arrival.</summary>
    /// <param name="parameters">For the trace that <c>_meta</c> goes on with; nothing else of them is looked at.</param>
    public void Read(string method, JsonElement? parameters)
    {
        _method = McpMethods.Known(method);
        var sender = TraceContext.Of(parameters);

        // The sender's own span comes first; the HTTP request that carried the message is then a link (MCP semantic conventions).
        var links =
            sender != default && Activity.Current is { } http ? [new ActivityLink(http.Context)] : Array.Empty<ActivityLink>();
        _span = AppSpans
            .Source.StartActivity(ActivityKind.Server, sender, links: links, startTime: _startedAt, name: _method)
            ?.SetTag(Attributes.Method, _method);
    }

    /// <param name="revision">One that this server speaks.</param>
    public void Speak(string revision) => _span?.SetTag(Attributes.Protocol, revision);

    /// <param name="name">Of a tool that the caller's catalog has, never any other text.</param>
    public void Call(string name)
    {
        _tool = name;
        if (_span is not null)
        {
            _span.DisplayName = $"{_method} {name}";
        }
    }

    /// <summary>The tool's result is an error.</summary>
    public void FailTool() => (_outcome, _error) = ("tool_error", "tool_error");

    /// <summary>The answer is a JSON-RPC error.</summary>
    public void Fail(int code) => (_outcome, _error) = ("error", Code(code));

    /// <summary>The request was refused before anything ran.</summary>
    public void Refuse(int status, int code) =>
        (_outcome, _error) = (
            status switch
            {
                StatusCodes.Status401Unauthorized => "challenged",
                StatusCodes.Status429TooManyRequests => "rate_limited",
                _ => "refused",
            },
            Code(code)
        );

    /// <summary>The client went away.</summary>
    public void Abort() => (_outcome, _error) = ("aborted", "aborted");

    public void Dispose()
    {
        _metrics.Requested(_method ?? McpMethods.Other, _outcome);
        if (_method is not null)
        {
            var tags = Tags();
            _metrics.Operated(tags, _time.GetElapsedTime(_started));
            Finish(tags);
        }
    }

    private static string Code(int code) => code.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private TagList Tags()
    {
        var tags = new TagList { { Attributes.Method, _method } };
        if (_tool is not null)
        {
            tags.Add(Attributes.Tool, _tool);
            tags.Add(Attributes.Operation, "execute_tool");
        }

        if (_error is not null)
        {
            tags.Add(Attributes.ErrorType, _error);
        }

        return tags;
    }

    private void Finish(in TagList tags)
    {
        foreach (var (name, value) in tags)
        {
            _span?.SetTag(name, value);
        }

        _span?.SetTag(Attributes.Outcome, _outcome);
        _span.End(_error);
        _span?.Dispose();
    }
}
