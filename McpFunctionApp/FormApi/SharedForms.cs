using McpFunctionApp.Forms;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The forms in memory, each once however many callers have it. They are entries of the same cache as the callers that
/// name them, so that its limit is on all together, and what was not used for longest goes first: a form after its callers.
/// </summary>
public sealed class SharedForms(SchemaOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What a small entry takes in memory with its key: measured, and rounded up.</summary>
    public const int EntryBytes = 288;

    // Of all entries but the charges, where the parts of forms do not fit any more.
    private const double MakeRoom = 0.1;

    private readonly Lock _gate = new();
    private readonly SharedParts _parts = new();
    private readonly long _chargeBytes = Math.Max(4_096, options.MemoryBytes / 256);
    private long _charges;

    /// <summary>By its key what a caller has, by <see cref="FormDigest"/> a form, by <see cref="Source"/> the digest of what it
    /// became.</summary>
    internal MemoryCache Cache { get; } =
        new(
            new MemoryCacheOptions
            {
                SizeLimit = options.MemoryBytes,
                TrackStatistics = true,
                Clock = new Clock(time),
            }
        );

    /// <summary>What all entries take, and all parts.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                var counted = Cache.GetCurrentStatistics()!.CurrentEstimatedSize ?? 0;
                var charged = _charges * _chargeBytes;
                return counted - charged + Math.Min(charged, _parts.MemoryBytes);
            }
        }
    }

    /// <param name="digest">The form's own.</param>
    public FormSchema? Find(FormDigest digest) => Cache.Get<FormSchema>(digest);

    /// <param name="source">The digest of an answer or of a row: what became of the same bytes before need not be made
    /// again.</param>
    public FormSchema? FindBySource(FormDigest source) =>
        Cache.Get<FormDigest>(new Source(source)) is { } digest ? Find(digest) : null;

    /// <summary>The form that is kept for all who have an equal one: this one, if there is none yet.</summary>
    public FormSchema Share(FormSchema schema)
    {
        lock (_gate)
        {
            return Find(schema.Digest) ?? Add(schema);
        }
    }

    /// <summary>The same, and remembers what the form was made from.</summary>
    public FormSchema Share(FormSchema schema, FormDigest source)
    {
        var shared = Share(schema);
        Set(new Source(source), shared.Digest, EntryBytes);
        return shared;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Cache.Clear();
            _charges = 0;
        }
    }

    public void Dispose() => Cache.Dispose();

    private FormSchema Add(FormSchema schema)
    {
        var shared = _parts.Take(schema);
        var entry = Entry(shared.OwnBytes + EntryBytes);
        entry.RegisterPostEvictionCallback(static (_, form, _, forms) => ((SharedForms)forms!).Release((FormSchema)form!), this);
        if (!ChargeParts())
        {
            Cache.Compact(MakeRoom * (Cache.Count - _charges) / Cache.Count);
        }

        return Cache.Set(shared.Digest, shared, entry);
    }

    /// <summary>Whyever it has gone, and also where there was no room for it.</summary>
    private void Release(FormSchema schema)
    {
        lock (_gate)
        {
            _parts.Release(schema);
            ChargeParts();
        }
    }

    /// <summary>
    /// Entries of one size for all parts, which never make room themselves: forms do, and their parts go with them, but only once
    /// the cache says so, on another thread. So whoever adds a form makes room once; if each of those that go did so too, while
    /// the parts of the others are still counted, they would push out nearly all. None is ever replaced: the cache's count was
    /// seen
    /// to fall below nothing where a large entry was replaced while room was being made.
    /// </summary>
    /// <returns>False where they do not fit: the cache counts nothing of those that are missing, and sees no need to make
    /// room.</returns>
    private bool ChargeParts()
    {
        var wanted = (_parts.MemoryBytes + _chargeBytes - 1) / _chargeBytes;
        while (_charges > wanted)
        {
            Cache.Remove(new Charge(--_charges));
        }

        while (_charges < wanted && TryAddCharge(_charges))
        {
            _charges++;
        }

        return _charges == wanted;
    }

    private bool TryAddCharge(long number)
    {
        var charge = new Charge(number);
        Cache.Set(charge, charge, new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove, Size = _chargeBytes });
        return Cache.TryGetValue(charge, out _);
    }

    // Whoever has the form has looked for it here within its life, so that it outlives every entry that names it.
    private T Set<T>(object key, T value, long bytes) => Cache.Set(key, value, Entry(bytes));

    private MemoryCacheEntryOptions Entry(long bytes) => new() { SlidingExpiration = options.Ttl, Size = bytes };

    internal sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }

    private sealed record Source(FormDigest Digest);

    private sealed record Charge(long Number);
}
