using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace McpFunctionApp.Storage;

/// <summary>Table storage over Azure.Data.Tables: an account's key or an identity, one retry.</summary>
public sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var client = For(table, partitionKey, rowKey);
        try
        {
            var entity = await client.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return RowMapper.ToRow(entity.Value);
        }
        catch (RequestFailedException e) when (TableFailure.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (TableFailure.Of(e, "a get", cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    public async Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken)
    {
        TableRules.CheckRow(row);
        var client = For(table, row.PartitionKey, row.RowKey);
        var entity = RowMapper.ToEntity(row);
        try
        {
            await UpsertAsync(client, entity, cancellationToken);
        }
        catch (Exception e) when (TableFailure.Of(e, "an upsert", cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    public async Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var client = For(table, partitionKey, rowKey);
        try
        {
            var response = await client.DeleteEntityAsync(partitionKey, rowKey, ETag.All, cancellationToken);
            return !response.IsError || (TableFailure.IsMissing(new RequestFailedException(response)) ? false : throw new RequestFailedException(response));
        }
        catch (Exception e) when (TableFailure.Of(e, "a delete", cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    public IAsyncEnumerable<TableRow> QueryAsync(string table, string filter, IReadOnlyList<string> select, CancellationToken cancellationToken)
    {
        TableRules.CheckTable(table);
        TableRules.CheckText(filter, nameof(filter));
        foreach (var name in select)
        {
            TableRules.CheckName(name, nameof(select));
        }

        string[]? columns = select.Count == 0 ? null : ["PartitionKey", "RowKey", .. select];
        return RowsAsync(service.GetTableClient(table).QueryAsync<TableEntity>(filter.Length == 0 ? null : filter, select: columns, cancellationToken: cancellationToken), cancellationToken);
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var tables = service.QueryAsync((string?)null, maxPerPage: 1, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
            await tables.MoveNextAsync();
        }
        catch (Exception e) when (TableFailure.Of(e, "a ping", cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    private static async Task UpsertAsync(TableClient client, TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException e) when (TableFailure.IsTableMissing(e))
        {
            await client.CreateIfNotExistsAsync(cancellationToken);
            await client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<TableRow> RowsAsync(AsyncPageable<TableEntity> entities, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = entities.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(each, cancellationToken))
        {
            yield return RowMapper.ToRow(each.Current);
        }
    }

    /// <returns>False at the end, and where there is no such table.</returns>
    private static async Task<bool> NextAsync(IAsyncEnumerator<TableEntity> entities, CancellationToken cancellationToken)
    {
        try
        {
            return await entities.MoveNextAsync();
        }
        catch (RequestFailedException e) when (TableFailure.IsTableMissing(e))
        {
            return false;
        }
        catch (Exception e) when (TableFailure.Of(e, "a query", cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    private TableClient For(string table, string partitionKey, string rowKey)
    {
        TableRules.CheckTable(table);
        TableRules.CheckKey(partitionKey, nameof(partitionKey));
        TableRules.CheckKey(rowKey, nameof(rowKey));
        return service.GetTableClient(table);
    }
}
