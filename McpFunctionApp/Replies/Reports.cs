namespace McpFunctionApp.Replies;

/// <summary>What <c>GET /cache</c> answers: this instance's first level now, and its counts since it started.</summary>
/// <param name="Instance">Random for each process, to tell instances apart.</param>
/// <param name="Entries">Callers' forms in memory.</param>
/// <param name="Forms">The different ones among them: callers with equal forms share one.</param>
/// <param name="Bytes">The bytes that all of them take, out of <paramref name="MaxBytes"/>.</param>
/// <param name="Misses">Questions that memory could not answer.</param>
/// <param name="OriginCalls">Calls to form APIs for forms, one repeated after a lost connection as two.</param>
/// <param name="Failures">Questions to form APIs that gave no form.</param>
/// <param name="Table"><c>none</c>, <c>in use</c>, or <c>paused</c> after trouble.</param>
public sealed record CacheReport(
    string Instance,
    DateTimeOffset StartedAt,
    long Entries,
    long Forms,
    long Bytes,
    long MaxBytes,
    CacheHits Hits,
    long Misses,
    long OriginCalls,
    long Failures,
    string Table
);

/// <summary>Questions answered by each level.</summary>
public sealed record CacheHits(long Memory, long Table);

/// <summary>What an invalidation answers.</summary>
/// <param name="Invalidated">Whether every level was told; if not, the message says what to do.</param>
public sealed record InvalidationReport(bool Invalidated, string Message);

/// <summary>What <c>GET /health</c> and <c>GET /health/ready</c> answer.</summary>
/// <param name="Status"><c>alive</c>; or <c>healthy</c>, <c>degraded</c> (something cannot be reached; static tools are served)
/// or <c>stopping</c>.</param>
public sealed record HealthReport(string Status, IReadOnlyList<HealthCheck>? Checks);

/// <summary>One thing that the server depends on.</summary>
/// <param name="Name">The tool whose form API it is, <c>search</c>, or <c>table</c>.</param>
/// <param name="Milliseconds">How long the answer took; null without one.</param>
public sealed record HealthCheck(string Name, string Status, double? Milliseconds);

/// <summary>Why an administrative request was refused.</summary>
public sealed record Refusal(string Error);
