namespace McpFunctionApp.Schemas;

/// <summary>After trouble the table is left alone for 10 s, so that its trouble costs a few requests and not every one.</summary>
internal sealed class TablePause(TimeProvider time)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(10);

    private long _untilTicks;

    public bool IsOn => time.GetUtcNow().UtcTicks < Interlocked.Read(ref _untilTicks);

    /// <returns>Whether this began a pause, and not one that was on already.</returns>
    public bool Begin()
    {
        var now = time.GetUtcNow();
        return Interlocked.Exchange(ref _untilTicks, (now + s_length).UtcTicks) <= now.UtcTicks;
    }
}
