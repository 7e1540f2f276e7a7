using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A table in memory in which a test can hold up or fail any operation, and count them.</summary>
internal sealed class GatedStore : ITableStore
{
    private readonly ConcurrentDictionary<(string, string, string), TableRow> _rows = new();
    private int _gets;
    private int _upserts;

    /// <summary>Waited for after a row was looked up and before it is handed out.</summary>
    public Func<string, Task> AfterGet { get; set; } = _ => Task.CompletedTask;

    public Func<string, CancellationToken, Task> BeforeUpsert { get; set; } = (_, _) => Task.CompletedTask;

    public int Gets => _gets;

    public int Upserts => _upserts;

    public IReadOnlyList<TableRow> Rows => [.. _rows.Values];

    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _gets);
        var row = _rows.GetValueOrDefault((table, partitionKey, rowKey));
        await AfterGet(rowKey).WaitAsync(cancellationToken);
        return row;
    }

    public async Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _upserts);
        await BeforeUpsert(row.RowKey, cancellationToken);
        _rows[(table, row.PartitionKey, row.RowKey)] = row;
    }

    public Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryRemove((table, partitionKey, rowKey), out _));

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string filter, IReadOnlyList<string> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (key, row) in _rows.Where(entry => entry.Key.Item1 == table))
        {
            yield return row;
        }
    }

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
