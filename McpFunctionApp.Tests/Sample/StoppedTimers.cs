using System.Threading.Channels;

namespace McpFunctionApp.Tests.Sample;

/// <summary>A clock whose timers fire when a test says so, and not before: a wait can be seen without waiting.</summary>
internal sealed class StoppedTimers : TimeProvider
{
    private readonly Channel<StoppedTimer> _timers = Channel.CreateUnbounded<StoppedTimer>();

    /// <summary>The next timer that something has set.</summary>
    public ValueTask<StoppedTimer> NextAsync(CancellationToken cancellationToken = default) =>
        _timers.Reader.ReadAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StoppedTimer(dueTime, () => callback(state));
        _timers.Writer.TryWrite(timer);
        return timer;
    }
}

/// <summary>A wait that lasts until <see cref="Fire"/>.</summary>
internal sealed class StoppedTimer(TimeSpan due, Action fire) : ITimer
{
    public TimeSpan Due => due;

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    public void Dispose() { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
