namespace McpFunctionApp.Telemetry;

/// <summary>
/// One line for each request that is refused with 4xx, at most 60 a minute, and then one with the number of those that
/// had none: whoever is refused finds out why, and a flood does not fill the log. Nothing of what was sent is in them
/// but what the answer says, too.
/// </summary>
public sealed partial class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger) : IDisposable
{
    public const int LinesPerMinute = 60;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _end;
    private int _count;
    private ITimer? _report;

    public void Note(int status, string reason)
    {
        if (TakeLine())
        {
            LogRefused(status, reason);
        }
    }

    /// <summary>What is still uncounted is told now.</summary>
    public void Dispose() => Report();

    private bool TakeLine()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now >= _end)
            {
                Report();
                (_end, _count) = (now + s_minute, 0);
            }

            _count++;
            if (_count > LinesPerMinute)
            {
                _report ??= time.CreateTimer(_ => Report(), null, _end - now, Timeout.InfiniteTimeSpan);
            }

            return _count <= LinesPerMinute;
        }
    }

    private void Report()
    {
        lock (_gate)
        {
            if (_report is null)
            {
                return;
            }

            _report.Dispose();
            _report = null;
            LogFurther(_count - LinesPerMinute);
            _count = LinesPerMinute;
        }
    }

    [LoggerMessage(5003, LogLevel.Information, "Request refused with HTTP {Status}: {Reason}")]
    private partial void LogRefused(int status, string reason);

    [LoggerMessage(5004, LogLevel.Warning, "{Count} further requests were refused in the same minute, without a line each")]
    private partial void LogFurther(int count);
}
