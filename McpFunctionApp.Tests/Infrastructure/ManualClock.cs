namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A clock whose time of day moves only when told to; timers and durations stay real, so that limits still
/// end.</summary>
public sealed class ManualClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 7, 28, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    /// <summary>How many times as fast timers run as they should: for what happens once a limit has passed.</summary>
    public int Haste { get; set; } = 1;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    private TimeSpan Hurried(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Haste;
}
