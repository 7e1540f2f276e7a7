using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Schemas;

/// <summary>
/// The first cache level, in this process: which form a caller has, bounded together with the forms by their bytes, and
/// failures, bounded by their number and kept apart so that made-up tokens cannot push out real callers' forms.
/// </summary>
public sealed class SchemaMemory(SharedForms forms, TimeProvider time) : IDisposable
{
    private const int MaxFailures = 20_000;

    private readonly MemoryCache _failures = new(
        new MemoryCacheOptions { SizeLimit = MaxFailures, Clock = new SharedForms.Clock(time) }
    );

    /// <summary>What is known of this key and has not expired, a failure before an older form.</summary>
    public FormOutcome? Find(SchemaKey key, DateTimeOffset now)
    {
        var packed = PackedKey.Of(key);
        var found = _failures.Get<FormOutcome>(packed) ?? FindForm(packed);
        return found?.ExpiresAt > now ? found : null;
    }

    public void Keep(SchemaKey key, FormOutcome outcome, DateTimeOffset now)
    {
        var life = outcome.Remaining(now);
        if (life <= TimeSpan.Zero)
        {
            return;
        }

        var packed = PackedKey.Of(key);
        if (outcome.Schema is not { } schema)
        {
            _failures.Set(packed, outcome, Entry(life, 1));
            return;
        }

        // Evicted, or too large for the cache: then there is nothing that this entry could name.
        if (forms.Find(forms.Share(schema).Digest) is not null)
        {
            forms.Cache.Set(
                packed,
                new Kept(schema.Digest, outcome.ExpiresAt.UtcTicks, outcome.MemoryUntil.UtcTicks),
                Entry(life, SharedForms.EntryBytes)
            );
        }

        _failures.Remove(packed);
    }

    public void Drop(SchemaKey key)
    {
        var packed = PackedKey.Of(key);
        forms.Cache.Remove(packed);
        _failures.Remove(packed);
    }

    public void Clear()
    {
        forms.Clear();
        _failures.Clear();
    }

    /// <summary>How many callers' forms are kept, how many different ones these are, and the bytes that all take.</summary>
    public (long Entries, long Forms, long Bytes) Usage()
    {
        var keys = forms.Cache.Keys.ToList();
        return (keys.OfType<PackedKey>().Count(), keys.OfType<FormDigest>().Count(), forms.Bytes);
    }

    public void Dispose() => _failures.Dispose();

    private FormOutcome? FindForm(PackedKey key) =>
        forms.Cache.Get<Kept>(key) is { } kept && forms.Find(kept.Form) is { } schema
            ? new(schema, null, "", new(kept.ExpiresAt, TimeSpan.Zero), new(kept.MemoryUntil, TimeSpan.Zero))
            : null;

    private static MemoryCacheEntryOptions Entry(TimeSpan life, long size) =>
        new() { AbsoluteExpirationRelativeToNow = life, Size = size };

    /// <summary>Names the form and does not hold it: a form that is evicted is gone, whoever has it.</summary>
    /// <param name="ExpiresAt">In UTC ticks, as the next: half the size, of which there is one for every caller.</param>
    private sealed record Kept(FormDigest Form, long ExpiresAt, long MemoryUntil);
}
