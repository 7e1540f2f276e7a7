using System.Collections.Concurrent;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A clock whose day moves only when told to, and whose timers fire fifty times too early: limits of seconds end at once.</summary>
public sealed class HastyClock : TimeProvider
{
    private readonly ManualClock _day = new();
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>Every wait that was asked for, as it was asked for.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override DateTimeOffset GetUtcNow() => _day.GetUtcNow();

    public void Advance(TimeSpan by) => _day.Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime);
        var timer = new HastyTimer(this, System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Start(dueTime, period);
        return timer;
    }

    private static TimeSpan Hasty(TimeSpan wait) => wait > TimeSpan.Zero ? wait / 50 : wait;

    private sealed class HastyTimer(HastyClock clock, ITimer timer) : ITimer
    {
        public void Start(TimeSpan dueTime, TimeSpan period) => timer.Change(Hasty(dueTime), period);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._waits.Enqueue(dueTime);
            return timer.Change(Hasty(dueTime), period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
