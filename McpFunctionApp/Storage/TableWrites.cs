namespace McpFunctionApp.Storage;

/// <summary>
/// Writes that nobody waits for, until the process stops: in order for each key, a bounded number at once and waiting,
/// and all of them finished at shutdown.
/// </summary>
public sealed class TableWrites : IDisposable
{
    private const int MaxAtOnce = 16;
    private const int MaxPending = 2_000;
    private const long MaxPendingBytes = 64 * 1_048_576;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(MaxAtOnce);
    private int _pending;
    private long _pendingBytes;

    /// <summary>Runs <paramref name="write"/> after everything that was added for the same key. It must not throw.</summary>
    /// <param name="bytes">Roughly what waiting for it keeps in memory.</param>
    /// <returns>The write's end; null where too many or too large ones are pending and it was not added.</returns>
    public Task? Add(string key, Func<Task> write, long bytes = 0)
    {
        lock (_gate)
        {
            if (_pending == MaxPending || (_pending > 0 && _pendingBytes + bytes > MaxPendingBytes))
            {
                return null;
            }

            _pending++;
            _pendingBytes += bytes;
            var previous = _last.GetValueOrDefault(key, Task.CompletedTask);
            var task = Task.Run(() => RunAsync(previous, write));
            _last[key] = task;
            _ = task.ContinueWith(
                done => Remove(key, done, bytes),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            return task;
        }
    }

    /// <summary>Waits for every write that has been added.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (Pending() is { Length: > 0 } pending)
        {
            await Task.WhenAll(pending).WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _slots.Dispose();

    private Task[] Pending()
    {
        lock (_gate)
        {
            return [.. _last.Values];
        }
    }

    private async Task RunAsync(Task previous, Func<Task> write)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _slots.WaitAsync();
        try
        {
            await write();
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Remove(string key, Task done, long bytes)
    {
        lock (_gate)
        {
            _pending--;
            _pendingBytes -= bytes;
            if (_last.TryGetValue(key, out var last) && last == done)
            {
                _last.Remove(key);
            }
        }
    }
}
