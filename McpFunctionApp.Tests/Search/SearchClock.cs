using System.Collections.Concurrent;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Search;

/// <summary>
/// A clock that no load on the machine disturbs: its day moves only when told to, pauses before a retry are short, and a
/// search's limit of five seconds is reached when a test says so, and not before.
/// </summary>
internal sealed class SearchClock : TimeProvider
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly ManualClock _day = new();
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly ConcurrentQueue<ITimer> _limits = new();

    /// <summary>Every wait that was asked for, as it was asked for.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _day.GetUtcNow();

    public override long GetTimestamp() => _day.GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by) => _day.Advance(by);

    /// <summary>Reaches the limit of the searches under way.</summary>
    public void ReachLimit()
    {
        while (_limits.TryDequeue(out var timer))
        {
            timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Real(TimeSpan wait, ITimer timer)
    {
        _waits.Enqueue(wait);
        if (wait == s_limit)
        {
            _limits.Enqueue(timer);
            return Timeout.InfiniteTimeSpan;
        }

        // Longer ones are the form API's: it answers at once here.
        return wait > s_limit ? Timeout.InfiniteTimeSpan
            : wait > TimeSpan.Zero ? wait / 50
            : wait;
    }

    private sealed class Timer(SearchClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Real(dueTime, timer), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
