using System.Diagnostics.CodeAnalysis;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>
/// The one row that says which generation of forms is in force: a part of every form's key, so that a new one hides all
/// older rows. Read at most every <c>Schemas:MemoryTtlSeconds</c>, once for all who need it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle to free, and a flight that the stopping app gives up still releases it.")]
internal sealed class TableGeneration(TableStore store, string table, TimeSpan life, TimeProvider time)
{
    private const string Key = "generation";
    private const string First = "0";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Generation? _current;

    /// <param name="fresh">Reads the row in any case: another instance may have begun a generation a moment ago.</param>
    public async Task<Generation> ReadAsync(bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh && Known() is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return (fresh ? null : Known()) ?? await AskAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Begins a new one, without waiting for a read under way.</summary>
    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var value = Guid.CreateVersion7(now).ToString("N");
        await store.UpsertAsync(table, new TableRow(Key, Key, new Dictionary<string, object> { ["Value"] = value }), cancellationToken);
        Volatile.Write(ref _current, new Generation(value, now));
        return value;
    }

    private Generation? Known() => Volatile.Read(ref _current) is { } known && time.GetUtcNow() - known.ReadAt < life ? known : null;

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
