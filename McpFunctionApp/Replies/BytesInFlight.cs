namespace McpFunctionApp.Replies;

/// <summary>
/// One budget per process for the bytes of what is under way: large request bodies, large answers that clients have not
/// read yet, and large answers of form APIs. Whoever finds it used up waits shortly, in the order of arrival.
/// </summary>
/// <param name="limit">In bytes. One that wants more than there is altogether gets all of it, alone.</param>
public sealed class BytesInFlight(long limit, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiting = new();
    private long _used;

    public long Limit => limit;

    public long Used => Interlocked.Read(ref _used);

    /// <returns>Nothing yet; disposing it gives back all that it will have taken.</returns>
    public Claim Begin() => new(this);

    private async ValueTask<bool> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_waiting.Count == 0 && _used + bytes <= limit)
            {
                _used += bytes;
                return true;
            }

            _waiting.Enqueue(waiter = new Waiter(bytes));
        }

        try
        {
            await waiter.Task.WaitAsync(s_patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return !GiveUp(waiter);
        }
        catch (OperationCanceledException)
        {
            if (!GiveUp(waiter))
            {
                Return(bytes);
            }

            throw;
        }

        return true;
    }

    /// <returns>False where it has just been given what it waited for.</returns>
    private bool GiveUp(Waiter waiter)
    {
        lock (_gate)
        {
            var gaveUp = waiter.TrySetResult();
            Serve();
            return gaveUp;
        }
    }

    /// <summary>For what exists already and cannot wait: whoever comes next does.</summary>
    private void Add(long bytes)
    {
        lock (_gate)
        {
            _used += bytes;
        }
    }

    private void Return(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out var next) && (next.Task.IsCompleted || _used + next.Bytes <= limit))
        {
            _waiting.Dequeue();
            _used += next.TrySetResult() ? next.Bytes : 0;
        }
    }

    private sealed class Waiter(long bytes) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Bytes => bytes;
    }

    /// <summary>What one request has taken. For one thread at a time.</summary>
    public sealed class Claim(BytesInFlight budget) : IDisposable
    {
        private long _taken;

        /// <returns>False where there was no room for so many in time.</returns>
        public async ValueTask<bool> TakeAsync(long bytes, CancellationToken cancellationToken)
        {
            var wanted = Math.Min(bytes, Math.Max(0, budget.Limit - _taken));
            if (wanted > 0 && !await budget.TakeAsync(wanted, cancellationToken))
            {
                return false;
            }

            _taken += wanted;
            return true;
        }

        /// <summary>Counts what exists already, be there room for it or not.</summary>
        public void Add(long bytes)
        {
            budget.Add(bytes);
            _taken += bytes;
        }

        public void Dispose()
        {
            if (_taken > 0)
            {
                budget.Return(_taken);
                _taken = 0;
            }
        }
    }
}
