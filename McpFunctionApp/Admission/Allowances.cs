namespace McpFunctionApp.Admission;

/// <summary>
/// Allowances of so many requests a minute, which refill evenly, for any number of keys in 8 bytes a place: each key has the
/// place that its hash gives it, and two with the same place share one allowance. Nothing is ever removed, so that
/// nobody can make room by making keys up.
/// </summary>
/// <param name="places">One for an allowance that all share.</param>
internal sealed class Allowances(int permitsPerMinute, TimeProvider time, int places = Allowances.ManyPlaces)
{
    /// <summary>512 KiB.</summary>
    public const int ManyPlaces = 65_536;

    private readonly long _cost = TimeSpan.TicksPerMinute / permitsPerMinute;

    // Until when each place's allowance is spoken for, in ticks: a minute ahead of now, it is used up.
    private readonly long[] _spokenFor = new long[places];

    /// <param name="permits">What is taken; of more than there ever is, all.</param>
    /// <returns>Zero where the request may go on; else how long to wait, and nothing was taken.</returns>
    public TimeSpan Take(string key, int permits = 1)
    {
        ref var place = ref PlaceOf(key);
        var cost = Math.Min(permits, permitsPerMinute) * _cost;
        while (true)
        {
            var now = time.GetUtcNow().UtcTicks;
            var full = now + TimeSpan.TicksPerMinute;
            var before = Volatile.Read(ref place);
            if (before > full)
            {
                // The clock was set back: nobody is locked out for longer than they would have been.
                Interlocked.CompareExchange(ref place, full, before);
                continue;
            }

            var after = Math.Max(before, now) + cost;
            if (after > full)
            {
                return TimeSpan.FromTicks(after - full);
            }

            if (Interlocked.CompareExchange(ref place, after, before) == before)
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Takes for what has happened already, as far as there is something left.</summary>
    public void Spend(string key, int permits)
    {
        ref var place = ref PlaceOf(key);
        var now = time.GetUtcNow().UtcTicks;
        var before = Volatile.Read(ref place);
        var after = Math.Min(
            Math.Max(before, now) + (Math.Min(permits, permitsPerMinute) * _cost),
            now + TimeSpan.TicksPerMinute
        );

        // Lost where another request takes at this moment: that one is then not asked to pay for both.
        Interlocked.CompareExchange(ref place, after, before);
    }

    /// <returns>How long to wait until something could be taken; zero: it could be now. Nothing is taken.</returns>
    public TimeSpan WaitFor(string key)
    {
        var now = time.GetUtcNow().UtcTicks;
        var after = Math.Clamp(Volatile.Read(ref PlaceOf(key)), now, now + TimeSpan.TicksPerMinute) + _cost;
        return TimeSpan.FromTicks(Math.Max(0, after - now - TimeSpan.TicksPerMinute));
    }

    /// <summary>The hash of a string differs from process to process: nobody can look for another's place.</summary>
    private ref long PlaceOf(string key) =>
        ref _spokenFor[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_spokenFor.Length];
}
