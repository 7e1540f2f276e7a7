using McpFunctionApp.Forms;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace McpFunctionApp.Schemas;

/// <summary>
/// The forms in memory, each once however many callers have it. They are entries of the same cache as the callers that
/// name them, so that its limit is on all together, and what was not used for longest goes first: a form after its callers.
/// </summary>
public sealed class SharedForms(SchemaOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What a small entry takes in memory with its key: measured, and rounded up.</summary>
    public const int EntryBytes = 448;

    private readonly Lock _gate = new();

    /// <summary>By <see cref="SchemaKey"/> what a caller has, by <see cref="FormDigest"/> a form, by <see cref="Source"/> the digest of what it became.</summary>
    internal MemoryCache Cache { get; } =
        new(new MemoryCacheOptions { SizeLimit = options.MemoryBytes, TrackStatistics = true, Clock = new Clock(time) });

    /// <param name="digest">The form's own.</param>
    public FormSchema? Find(FormDigest digest) => Cache.Get<FormSchema>(digest);

    /// <param name="source">The digest of an answer or of a row: what became of the same bytes before need not be made again.</param>
    public FormSchema? FindBySource(FormDigest source) => Cache.Get<FormDigest>(new Source(source)) is { } digest ? Find(digest) : null;

    /// <summary>The form that is kept for all who have an equal one: this one, if there is none yet.</summary>
    public FormSchema Share(FormSchema schema)
    {
        lock (_gate)
        {
            return Find(schema.Digest) ?? Set(schema.Digest, schema, schema.MemoryBytes + EntryBytes);
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

    // Whoever has the form has looked for it here within its life, so that it outlives every entry that names it.
    private T Set<T>(object key, T value, long bytes) =>
        Cache.Set(key, value, new MemoryCacheEntryOptions { SlidingExpiration = options.Ttl, Size = bytes });

    internal sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }

    private sealed record Source(FormDigest Digest);
}
