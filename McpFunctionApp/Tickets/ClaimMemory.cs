namespace McpFunctionApp.Tickets;

/// <summary>Claims of this process alone. Where there are as many as it may keep, nothing more can be claimed: none is forgotten
/// early.</summary>
internal sealed class ClaimMemory(TimeProvider time, int capacity = 100_000)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _byEnd = new();

    public ClaimOutcome Claim(string id, DateTimeOffset end)
    {
        lock (_gate)
        {
            Forget(time.GetUtcNow());
            if (_claimed.Contains(id))
            {
                return ClaimOutcome.Used;
            }

            if (_claimed.Count >= capacity)
            {
                return ClaimOutcome.Unknown;
            }

            _claimed.Add(id);
            _byEnd.Enqueue(id, end);
            return ClaimOutcome.Claimed;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_byEnd.TryPeek(out var id, out var end) && end <= now)
        {
            _byEnd.Dequeue();
            _claimed.Remove(id);
        }
    }
}
