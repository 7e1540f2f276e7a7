namespace McpFunctionApp.Telemetry;

/// <summary>Bounds how many lines of one kind are logged: 20 a minute, for what a stranger could make happen as often as they
/// like.</summary>
internal sealed class LogBudget(TimeProvider time)
{
    private const int LinesPerMinute = 20;

    private readonly Lock _gate = new();
    private DateTimeOffset _since;
    private int _spent;

    /// <returns>Whether there is room for one more line.</returns>
    public bool TrySpend()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (now - _since >= TimeSpan.FromMinutes(1))
            {
                (_since, _spent) = (now, 0);
            }

            return _spent++ < LinesPerMinute;
        }
    }
}
