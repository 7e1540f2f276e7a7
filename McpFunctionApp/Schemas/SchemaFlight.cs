using McpFunctionApp.FormApi;

namespace McpFunctionApp.Schemas;

/// <summary>One question to the form API under way, shared by everyone who asks for the same form meanwhile.</summary>
internal sealed class SchemaFlight(Func<SchemaFlight, Task<FormOutcome>> run)
{
    private readonly Lock _gate = new();
    private Task<FormOutcome>? _task;
    private bool _isStale;

    public bool IsStale
    {
        get
        {
            lock (_gate)
            {
                return _isStale;
            }
        }
    }

    /// <summary>The caller's entries are being dropped: the answer of this flight must not be kept.</summary>
    public void MarkStale()
    {
        lock (_gate)
        {
            _isStale = true;
        }
    }

    /// <summary>Keeps the answer unless the flight is stale; nothing can make it stale while it does.</summary>
    public void KeepUnlessStale(Action keep)
    {
        lock (_gate)
        {
            if (!_isStale)
            {
                keep();
            }
        }
    }

    public Task<FormOutcome> Join()
    {
        lock (_gate)
        {
            // Not on the first caller's thread, which may have to stop waiting before the others do.
            return _task ??= Task.Run(() => run(this));
        }
    }
}
