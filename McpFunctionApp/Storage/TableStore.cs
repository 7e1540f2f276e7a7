using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Storage;

/// <summary>
/// Rows in named tables of one storage account, each operation with a span and a measurement in which tables are named, and keys
/// and values are not. A table is created by the first write to it, and again by the next write after somebody has deleted it;
/// until then reading it is reading an empty table. Arguments that no service could store are an <see cref="ArgumentException"/>,
/// everything that the service or the way to it does wrong is a <see cref="TableStoreException"/>.
/// </summary>
public sealed class TableStore(TableServiceClient service, AppMetrics metrics, TimeProvider time)
{
    /// <returns>The row, or null where there is none.</returns>
    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var client = For(table, partitionKey, rowKey);
        return MeasureAsync("get", table, () => GetAsync(client, partitionKey, rowKey, cancellationToken), cancellationToken);
    }

    /// <summary>Inserts the row or replaces the whole of the one that is there.</summary>
    public Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken)
    {
        var (client, entity) = ForWriting(table, row);
        return MeasureAsync("upsert", table, () => WriteAsync(client, entity, cancellationToken), cancellationToken);

        static Task<Response> WriteAsync(TableClient client, TableEntity entity, CancellationToken cancellationToken) =>
            CreatingAsync(
                client,
                () => client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken),
                cancellationToken
            );
    }

    /// <summary>
    /// Inserts the row where there is none with its keys. Of any number of callers one alone is told true; who is told of
    /// trouble may have inserted it all the same (<see cref="TableStoreException.MayBeDone"/>).
    /// </summary>
    /// <returns>False where there is one, which stays as it is.</returns>
    public Task<bool> InsertAsync(string table, TableRow row, CancellationToken cancellationToken)
    {
        var (client, entity) = ForWriting(table, row);
        return MeasureAsync("insert", table, () => InsertAsync(client, entity, cancellationToken), cancellationToken);
    }

    /// <returns>False where there was no such row.</returns>
    public Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var client = For(table, partitionKey, rowKey);
        return MeasureAsync(
            "delete",
            table,
            async () =>
                !TableFailure.IsMissing(await client.DeleteEntityAsync(partitionKey, rowKey, ETag.All, cancellationToken)),
            cancellationToken
        );
    }

    /// <summary>Deletes all rows that match, but for those that change meanwhile, by transactions of up to 100 rows.</summary>
    /// <param name="filter">An OData filter, best made with <see cref="TableFilter"/>.</param>
    /// <returns>How many rows this call has deleted.</returns>
    public Task<int> PurgeAsync(string table, string filter, CancellationToken cancellationToken)
    {
        TableRules.CheckTable(table);
        TableRules.CheckText(filter, nameof(filter));
        var client = service.GetTableClient(table);
        return MeasureAsync("purge", table, () => TablePurge.RunAsync(client, filter, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// All rows that match, ordered by partition key and row key, fetched page by page; one operation however many pages it has,
    /// until its reader has enough.
    /// </summary>
    /// <param name="filter">An OData filter, best made with <see cref="TableFilter"/>; empty: every row.</param>
    /// <param name="select">The values to fetch beside the keys; empty: all of them.</param>
    public IAsyncEnumerable<TableRow> QueryAsync(
        string table,
        string filter,
        IReadOnlyList<string> select,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckTable(table);
        TableRules.CheckText(filter, nameof(filter));
        foreach (var name in select)
        {
            TableRules.CheckName(name, nameof(select));
        }

        string[]? columns = select.Count == 0 ? null : ["PartitionKey", "RowKey", .. select];
        var entities = service
            .GetTableClient(table)
            .QueryAsync<TableEntity>(filter.Length == 0 ? null : filter, select: columns, cancellationToken: cancellationToken);
        return RowsAsync(table, entities, cancellationToken);
    }

    /// <summary>
    /// Returns where the service can be reached and lets us read this table, be it there or not; for the readiness check, and
    /// not measured. Asks for nothing beyond the table: an identity may have a right to no more.
    /// </summary>
    public async Task PingAsync(string table, CancellationToken cancellationToken)
    {
        const string Key = "ping";
        var client = For(table, Key, Key);
        try
        {
            await GetAsync(client, Key, Key, cancellationToken);
        }
        catch (Exception e)
        {
            throw TableFailure.Of(e, "ping", cancellationToken);
        }
    }

    private static async Task<TableRow?> GetAsync(
        TableClient client,
        string partitionKey,
        string rowKey,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return RowMapper.ToRow(
                await client.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken)
            );
        }
        catch (RequestFailedException e) when (TableFailure.IsMissing(e))
        {
            return null;
        }
    }

    private static async Task<bool> InsertAsync(TableClient client, TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await CreatingAsync(client, () => client.AddEntityAsync(entity, cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (TableFailure.IsThereAlready(e))
        {
            return false;
        }
    }

    /// <summary>Writes, and where there is no such table creates it first.</summary>
    private static async Task<Response> CreatingAsync(
        TableClient client,
        Func<Task<Response>> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException e) when (TableFailure.IsTableMissing(e))
        {
            await client.CreateIfNotExistsAsync(cancellationToken);
            return await write();
        }
    }

    private async IAsyncEnumerable<TableRow> RowsAsync(
        string table,
        AsyncPageable<TableEntity> entities,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var operation = Begin("query", table);
        await using var each = entities.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(each, operation, cancellationToken) is { } row)
        {
            yield return row;
        }

        operation.End(null);
    }

    /// <returns>Null at the end, and where there is no such table.</returns>
    private static async Task<TableRow?> NextAsync(
        IAsyncEnumerator<TableEntity> entities,
        DbOperation operation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await entities.MoveNextAsync() ? RowMapper.ToRow(entities.Current) : null;
        }
        catch (RequestFailedException e) when (TableFailure.IsTableMissing(e))
        {
            return null;
        }
        catch (Exception e)
        {
            var failure = TableFailure.Of(e, "query", cancellationToken);
            operation.End(TableFailure.Word(failure));
            throw failure;
        }
    }

    private async Task<T> MeasureAsync<T>(string name, string table, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        using var operation = Begin(name, table);
        using var attempts = TableRetry.WatchAttempts();
        try
        {
            var result = await run();
            operation.End(null);
            return result;
        }
        catch (Exception e)
        {
            var failure = TableFailure.Of(e, name, cancellationToken, attempts.WasOneLost);
            operation.End(TableFailure.Word(failure));
            throw failure;
        }
    }

    private DbOperation Begin(string operation, string table) => new(metrics, time, "azure.table", operation, table);

    private (TableClient Client, TableEntity Entity) ForWriting(string table, TableRow row)
    {
        TableRules.CheckRow(row);
        return (For(table, row.PartitionKey, row.RowKey), RowMapper.ToEntity(row));
    }

    private TableClient For(string table, string partitionKey, string rowKey)
    {
        TableRules.CheckTable(table);
        TableRules.CheckKey(partitionKey, nameof(partitionKey));
        TableRules.CheckKey(rowKey, nameof(rowKey));
        return service.GetTableClient(table);
    }
}
