using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>
/// The one row that says which generation of forms is in force: a part of every form's key, so that a new one hides all
/// older rows. Read at most every <c>Schemas:MemoryTtlSeconds</c>, and by one read for all who wait.
/// </summary>
internal sealed class TableGeneration(TableStore store, TableGuard guard, string table, TimeSpan life, TimeProvider time)
{
    private const string Key = "generation";
    private const string First = "0";

    private readonly Lock _gate = new();
    private Generation? _current;
    private Task<Generation?>? _underWay;
    private Task<Generation?>? _next;

    /// <param name="fresh">
    /// Waits for a read that begins from now on, as another instance may have begun a generation a moment ago: one that is under
    /// way is let through, and the next serves all who have come meanwhile.
    /// </param>
    /// <returns>Null where there was trouble with the table.</returns>
    public Task<Generation?> ReadAsync(bool fresh, CancellationToken cancellationToken) =>
        !fresh && Known() is { } known ? Task.FromResult<Generation?>(known) : Join(fresh).WaitAsync(cancellationToken);

    /// <summary>Reads it whatever state the table is in, and makes no trouble known.</summary>
    public Task<Generation?> ProbeAsync(CancellationToken cancellationToken) =>
        guard.AskAsync(AskAsync, cancellationToken, pauses: false);

    /// <summary>Begins a new one, without waiting for a read under way.</summary>
    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var value = Guid.CreateVersion7(now).ToString("N");
        var row = new TableRow(Key, Key, new Dictionary<string, object> { ["Value"] = value });
        await store.UpsertAsync(table, row, cancellationToken);
        Volatile.Write(ref _current, new Generation(value, now));
        return value;
    }

    private Generation? Known() =>
        Volatile.Read(ref _current) is { } known && time.GetUtcNow() - known.ReadAt < life ? known : null;

    private Task<Generation?> Join(bool fresh)
    {
        lock (_gate)
        {
            var underWay = _underWay is { IsCompleted: false } ? _underWay : null;
            return fresh || underWay is null ? _next ??= Task.Run(() => FollowAsync(underWay)) : underWay;
        }
    }

    private async Task<Generation?> FollowAsync(Task? before)
    {
        await (before ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            (_underWay, _next) = (_next, null);
        }

        return await guard.AskAsync(AskAsync, CancellationToken.None);
    }

    private async Task<Generation> AskAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = Volatile.Read(ref _current);
        var row = await store.GetAsync(table, Key, Key, cancellationToken);
        var read = new Generation(row?.Values.GetValueOrDefault("Value") as string ?? First, now);

        // Where one was begun here while this one was on its way, this one is the old one.
        var current = Interlocked.CompareExchange(ref _current, read, known);
        return ReferenceEquals(current, known) ? read : current!;
    }
}

/// <summary>A generation, and when its row was read: what is found under it is valid as of then.</summary>
internal sealed record Generation(string Value, DateTimeOffset ReadAt);
