namespace McpFunctionApp.Sample;

/// <summary>The newest 1,000 accepted submissions of all callers, in memory.</summary>
internal sealed class SampleSubmissions(TimeProvider time)
{
    private const int Capacity = 1000;

    private readonly Lock gate = new();
    private readonly Queue<SampleSubmission> kept = new();
    private readonly Dictionary<(string Caller, string Key), SampleSubmission> byKey = [];
    private long lastId = 1000;

    public SampleSubmission? Find(string caller, string? key)
    {
        lock (gate)
        {
            return key is null ? null : byKey.GetValueOrDefault((caller, key));
        }
    }

    /// <summary>Keeps a submission; false where the caller's key has brought one before, which then comes back.</summary>
    public bool TryAdd(string caller, string? key, ReadOnlyMemory<byte> fields, out SampleSubmission submission)
    {
        lock (gate)
        {
            if (key is not null && byKey.TryGetValue((caller, key), out var earlier))
            {
                submission = earlier;
                return false;
            }

            submission = new(++lastId, caller, key, time.GetUtcNow(), fields);
            Keep(submission);
            return true;
        }
    }

    public IReadOnlyList<SampleSubmission> Of(string caller)
    {
        lock (gate)
        {
            return [.. kept.Where(submission => submission.Caller == caller)];
        }
    }

    private void Keep(SampleSubmission submission)
    {
        kept.Enqueue(submission);
        if (submission.IdempotencyKey is { } key)
        {
            byKey[(submission.Caller, key)] = submission;
        }

        // A key goes with its submission, or the keys would grow without end.
        if (kept.Count > Capacity && kept.Dequeue() is { IdempotencyKey: { } oldest } gone)
        {
            byKey.Remove((gone.Caller, oldest));
        }
    }
}
