using System.Runtime.CompilerServices;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Storage;

/// <summary>A table store of either kind with a span and a measurement for each operation. Tables are named, keys and values are not.</summary>
internal sealed class MeasuredTableStore(ITableStore store, AppMetrics metrics, TimeProvider time) : ITableStore
{
    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        MeasureAsync("get", table, () => store.GetAsync(table, partitionKey, rowKey, cancellationToken));

    public Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken) =>
        MeasureAsync("upsert", table, async () =>
        {
            await store.UpsertAsync(table, row, cancellationToken);
            return true;
        });

    public Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        MeasureAsync("delete", table, () => store.DeleteAsync(table, partitionKey, rowKey, cancellationToken));

    /// <summary>One operation however many pages it has, until its reader has enough.</summary>
    public async IAsyncEnumerable<TableRow> QueryAsync(string table, string filter, IReadOnlyList<string> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var operation = Begin("query", table);
        await using var rows = store.QueryAsync(table, filter, select, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows, operation))
        {
            yield return rows.Current;
        }

        operation.End(null);
    }

    public Task PingAsync(CancellationToken cancellationToken) => store.PingAsync(cancellationToken);

    private DbOperation Begin(string operation, string table) => new(metrics, time, "azure.table", operation, table);

    private async Task<T> MeasureAsync<T>(string name, string table, Func<Task<T>> run)
    {
        using var operation = Begin(name, table);
        try
        {
            var result = await run();
            operation.End(null);
            return result;
        }
        catch (TableStoreException e)
        {
            operation.End(Word(e));
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TableRow> rows, DbOperation operation)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (TableStoreException e)
        {
            operation.End(Word(e));
            throw;
        }
    }

    private static string Word(TableStoreException exception) => exception.Status is { } status ? ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture) : "no_answer";
}
