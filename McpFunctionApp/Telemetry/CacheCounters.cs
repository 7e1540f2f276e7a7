namespace McpFunctionApp.Telemetry;

/// <summary>What the form cache has done since this process started: counted once, for <c>GET /cache</c> and for
/// <see cref="AppMetrics"/>.</summary>
public sealed class CacheCounters
{
    private long _memoryHits;
    private long _misses;
    private long _tableHits;
    private long _originCalls;
    private long _failures;

    public long MemoryHits => Interlocked.Read(ref _memoryHits);

    /// <summary>Questions that memory could not answer; many of them may have shared one look further.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    public long TableHits => Interlocked.Read(ref _tableHits);

    /// <summary>Calls to the form API, one repeated after a lost connection as two.</summary>
    public long OriginCalls => Interlocked.Read(ref _originCalls);

    /// <summary>Questions to the form API that gave no form, for whatever reason.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    internal void CountMemoryHit() => Interlocked.Increment(ref _memoryHits);

    internal void CountMiss() => Interlocked.Increment(ref _misses);

    internal void CountTableHit() => Interlocked.Increment(ref _tableHits);

    internal void CountOriginCall() => Interlocked.Increment(ref _originCalls);

    internal void CountFailure() => Interlocked.Increment(ref _failures);
}
