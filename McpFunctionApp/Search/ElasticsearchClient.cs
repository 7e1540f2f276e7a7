using System.Net;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace McpFunctionApp.Search;

/// <summary>
/// Asks Elasticsearch: 5 s for the whole of a search, one retry where it is overloaded, and after 5 failed searches in
/// a row (within a minute) none for 10 s. Never throws for anything that Elasticsearch does.
/// </summary>
public sealed partial class ElasticsearchClient
{
    /// <summary>The largest answer read, in bytes after decompression: 100 documents of ordinary size.</summary>
    internal const int MaxBytes = 2 * 1_048_576;

    private const int FailuresToOpen = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_break = TimeSpan.FromSeconds(10);

    private readonly IHttpClientFactory _http;
    private readonly SearchOptions _options;
    private readonly AppMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ElasticsearchClient> _logger;
    private readonly CircuitBreakerManualControl _breaker = new();
    private readonly ResiliencePipeline<SearchAnswer> _pipeline;

    public ElasticsearchClient(
        IHttpClientFactory http,
        SearchOptions options,
        AppMetrics metrics,
        TimeProvider time,
        ILogger<ElasticsearchClient> logger
    )
    {
        _http = http;
        _options = options;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _pipeline = CreatePipeline();
    }

    /// <exception cref="OperationCanceledException">The client hung up. The search itself runs to its end, since what it comes to
    /// counts.</exception>
    internal Task<SearchAnswer> SearchAsync(EntityType type, string query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(type, query).WaitAsync(cancellationToken);
    }

    private async Task<SearchAnswer> RunAsync(EntityType type, string query)
    {
        using var operation = new DbOperation(_metrics, _time, "elasticsearch", "search", type.Index);
        try
        {
            var answer = await TryAsync(type, QueryWriter.Write(type, query));
            operation.End(Word(answer.Fault));
            if (answer.Fault is { } fault)
            {
                LogFailed(type.Name, fault, answer.Detail);
            }

            return answer;
        }
        catch (BrokenCircuitException)
        {
            operation.End("left_alone");
            LogLeftAlone(type.Name);
            return SearchAnswer.Failed(
                SearchFault.Unavailable,
                $"the last {FailuresToOpen} searches failed, and Elasticsearch is left alone for {s_break.TotalSeconds:0} s"
            );
        }
    }

    private async Task<SearchAnswer> TryAsync(EntityType type, ReadOnlyMemory<byte> body)
    {
        try
        {
            var answer = await _pipeline.ExecuteAsync(async token => await AskAsync(type, body, token));
            if (answer.Fault != SearchFault.Unavailable)
            {
                // Polly counts by rate: closing what is closed clears its counts, so that it opens after failures in a row.
                await _breaker.CloseAsync();
            }

            return answer;
        }
        catch (TimeoutRejectedException)
        {
            return SearchAnswer.Failed(SearchFault.Unavailable, $"it did not answer within {s_limit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return SearchAnswer.Failed(SearchFault.Unavailable, FormApiHttp.Describe(e));
        }
    }

    private async Task<SearchAnswer> AskAsync(EntityType type, ReadOnlyMemory<byte> query, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        using var request = ElasticsearchHttp.Request(_options, type, query);
        using var client = _http.CreateClient(ElasticsearchHttp.Name);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var body = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Refused(response, type, body ?? default, _time.GetElapsedTime(started));
        }

        return body is null
            ? SearchAnswer.Failed(SearchFault.Unavailable, $"its answer is larger than {MaxBytes / 1_048_576} MiB")
            : ResultReader.Read(body.Value, type);
    }

    private SearchAnswer Refused(HttpResponseMessage response, EntityType type, ReadOnlyMemory<byte> body, TimeSpan elapsed)
    {
        var status = $"it answered {(int)response.StatusCode}";
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout:
                var pause = Pause(response);
                return SearchAnswer.Failed(SearchFault.Unavailable, status) with
                {
                    Pause = pause,
                    CanRetry = elapsed + (pause ?? TimeSpan.Zero) < s_limit,
                };
            case HttpStatusCode.BadRequest or HttpStatusCode.Forbidden when ResultReader.IsClosedIndex(body):
                return SearchAnswer.Failed(SearchFault.IndexClosed, $"the index {type.Index} is closed");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return SearchAnswer.Failed(
                    SearchFault.Unavailable,
                    $"{status}, which refuses this server's credentials for {type.Index}"
                );
            case HttpStatusCode.NotFound when ResultReader.IsMissingIndex(body):
                return SearchAnswer.Failed(SearchFault.IndexMissing, $"there is no index {type.Index}");
            case HttpStatusCode.BadRequest:
                return SearchAnswer.Failed(SearchFault.Refused, $"{status} to a search in {type.Index}");
            default:
                return SearchAnswer.Failed(SearchFault.Unavailable, status);
        }
    }

    private TimeSpan? Pause(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - _time.GetUtcNow());
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    private ResiliencePipeline<SearchAnswer> CreatePipeline() =>
        new ResiliencePipelineBuilder<SearchAnswer> { TimeProvider = _time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<SearchAnswer>
                {
                    ShouldHandle = arguments =>
                        new(
                            arguments.Outcome.Exception is not null || arguments.Outcome.Result?.Fault == SearchFault.Unavailable
                        ),
                    FailureRatio = 1,
                    MinimumThroughput = FailuresToOpen,
                    SamplingDuration = TimeSpan.FromMinutes(1),
                    BreakDuration = s_break,
                    ManualControl = _breaker,
                    OnOpened = _ => Noted(LogOpened),
                    OnClosed = _ => Noted(LogClosed),
                }
            )
            .AddTimeout(new TimeoutStrategyOptions { Timeout = s_limit })
            .AddRetry(
                new RetryStrategyOptions<SearchAnswer>
                {
                    ShouldHandle = arguments => new(arguments.Outcome.Result?.CanRetry == true),
                    MaxRetryAttempts = 1,
                    Delay = TimeSpan.FromMilliseconds(100),
                    UseJitter = true,
                    DelayGenerator = arguments => new(arguments.Outcome.Result?.Pause),
                }
            )
            .Build();

    private static string? Word(SearchFault? fault) =>
        fault switch
        {
            null => null,
            SearchFault.IndexMissing => "index_missing",
            SearchFault.IndexClosed => "index_closed",
            SearchFault.Refused => "refused",
            _ => "unavailable",
        };

    private static ValueTask Noted(Action log)
    {
        log();
        return default;
    }

    [LoggerMessage(7000, LogLevel.Warning, "Search for {EntityType} failed, {Fault}: {Detail}")]
    private partial void LogFailed(string entityType, SearchFault fault, string detail);

    [LoggerMessage(7001, LogLevel.Warning, "Elasticsearch has failed several times in a row, and is left alone for 10 s")]
    private partial void LogOpened();

    [LoggerMessage(7002, LogLevel.Information, "Elasticsearch answers again")]
    private partial void LogClosed();

    [LoggerMessage(7003, LogLevel.Debug, "Search for {EntityType} was not tried: Elasticsearch is left alone")]
    private partial void LogLeftAlone(string entityType);
}
