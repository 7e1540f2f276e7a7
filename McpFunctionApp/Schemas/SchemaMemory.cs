using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace McpFunctionApp.Schemas;

/// <summary>
/// The first cache level, in this process: forms, bounded by their bytes, and failures, bounded by their number and
/// kept apart so that made-up tokens cannot push out real callers' forms.
/// </summary>
public sealed class SchemaMemory(SchemaOptions options, TimeProvider time) : IDisposable
{
    private const int MaxFailures = 20_000;

    private readonly MemoryCache _forms = Create(options.MemoryBytes, time);
    private readonly MemoryCache _failures = Create(MaxFailures, time);

    /// <summary>What is known of this key and has not expired, a failure before an older form.</summary>
    public FormOutcome? Find(SchemaKey key, DateTimeOffset now)
    {
        var found = _failures.Get<FormOutcome>(key) ?? _forms.Get<FormOutcome>(key);
        return found?.ExpiresAt > now ? found : null;
    }

    public void Keep(SchemaKey key, FormOutcome outcome, DateTimeOffset now)
    {
        var life = outcome.Remaining(now);
        if (life <= TimeSpan.Zero)
        {
            return;
        }

        var (cache, size) = outcome.Schema is { } schema ? (_forms, schema.MemoryBytes) : (_failures, 1);
        cache.Set(key, outcome, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = life, Size = size });
        if (outcome.Schema is not null)
        {
            _failures.Remove(key);
        }
    }

    public void Drop(SchemaKey key)
    {
        _forms.Remove(key);
        _failures.Remove(key);
    }

    public void Clear()
    {
        _forms.Clear();
        _failures.Clear();
    }

    /// <summary>How many forms are kept, and the bytes they are charged with.</summary>
    public (long Entries, long Bytes) Usage()
    {
        var statistics = _forms.GetCurrentStatistics()!;
        return (statistics.CurrentEntryCount, statistics.CurrentEstimatedSize ?? 0);
    }

    public void Dispose()
    {
        _forms.Dispose();
        _failures.Dispose();
    }

    private static MemoryCache Create(long limit, TimeProvider time) =>
        new(new MemoryCacheOptions { SizeLimit = limit, TrackStatistics = true, Clock = new Clock(time) });

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
