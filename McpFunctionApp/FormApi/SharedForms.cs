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

    // Of all entries but the charges, that go where the parts of forms do not fit any more.
    private const double RoomShare = 0.1;

    // Where an entry finds no room, the cache lets a twentieth of its limit go, of what is not a charge: without a share of
    // their own, all small entries together could be less than that.
    private const double PartsShare = 0.9;

    private readonly Lock _gate = new();
    private readonly SharedParts _parts = new();
    private readonly long _chargeBytes = Math.Max(4_096, options.MemoryBytes / 256);
    private long _charges;
    private int _held;
    private int _leaving;

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
                var charged = _charges * _chargeBytes;
                return Counted - charged + Math.Min(charged, _parts.MemoryBytes);
            }
        }
    }

    private long Counted => Cache.GetCurrentStatistics()!.CurrentEstimatedSize ?? 0;

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
        _held++;
        if (!ChargeParts())
        {
            if (_leaving > 0)
            {
                // Room is being made already: whoever made more now would push out what the parts of those that go have room for.
                Release(shared);
                return shared;
            }

            MakeRoom();
        }

        var entry = Entry(shared.OwnBytes + EntryBytes);
        entry.RegisterPostEvictionCallback(static (_, form, _, forms) => ((SharedForms)forms!).Release((FormSchema)form!), this);
        return Cache.Set(shared.Digest, shared, entry);
    }

    private void MakeRoom()
    {
        Cache.Compact(RoomShare * (Cache.Count - _charges) / Cache.Count);
        _leaving = _held - Cache.Keys.OfType<FormDigest>().Count() - 1;
    }

    /// <summary>Whyever it has gone, and also where there was no room for it.</summary>
    private void Release(FormSchema schema)
    {
        lock (_gate)
        {
            _held--;
            _leaving = Math.Max(0, _leaving - 1);
            _parts.Release(schema);
            ChargeParts();
        }
    }

    /// <summary>
    /// Entries of one size for all parts, which never make room themselves: forms do, and their parts go with them, but only once
    /// the cache says so, on another thread. So whoever adds a form makes room once; if each of those that go did so too, while
    /// the parts of the others are still counted, they would push out nearly all. None is ever replaced: the cache's count was
    /// seen to fall below nothing where a large entry was replaced while room was being made.
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
        if ((number + 1) * _chargeBytes > options.MemoryBytes * PartsShare || Counted + _chargeBytes > options.MemoryBytes)
        {
            // Not tried, since the cache would then make room in its own way, too.
            return false;
        }

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
