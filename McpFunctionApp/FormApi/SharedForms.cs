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

    // Of all entries, where the parts of forms do not fit any more.
    private const double MakeRoom = 0.1;

    private static readonly object s_parts = new();

    private readonly Lock _gate = new();
    private readonly SharedParts _parts = new();

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

    public void Dispose() => Cache.Dispose();

    private FormSchema Add(FormSchema schema)
    {
        var shared = _parts.Take(schema);
        var entry = Entry(shared.OwnBytes + EntryBytes);
        entry.RegisterPostEvictionCallback(static (_, form, _, forms) => ((SharedForms)forms!).Release((FormSchema)form!), this);
        if (!ChargeParts())
        {
            Cache.Compact(MakeRoom);
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
    /// One entry for all parts, which never makes room itself: forms do, and their parts go with them, but only once the cache
    /// says so, on another thread. So whoever adds a form makes room once; if each of those that go did so too, while the parts
    /// of the others are still counted, they would push out nearly all.
    /// </summary>
    /// <returns>False where it does not fit any more: the cache then counts nothing of it, and sees no need to make
    /// room.</returns>
    private bool ChargeParts()
    {
        Cache.Set(
            s_parts,
            s_parts,
            new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove, Size = _parts.MemoryBytes }
        );
        return Cache.TryGetValue(s_parts, out _);
    }

    // Whoever has the form has looked for it here within its life, so that it outlives every entry that names it.
    private T Set<T>(object key, T value, long bytes) => Cache.Set(key, value, Entry(bytes));

    private MemoryCacheEntryOptions Entry(long bytes) => new() { SlidingExpiration = options.Ttl, Size = bytes };

    internal sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }

    private sealed record Source(FormDigest Digest);
}
