using Azure;
using Azure.Data.Tables;

namespace McpFunctionApp.Storage;

/// <summary>
/// Deletes the rows that match a filter, by transactions: each takes up to 100 rows of one partition, whose keys stay far
/// below the 4 MiB that it may have (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions).
/// </summary>
internal static class TablePurge
{
    private const int MaxRowsAtOnce = 100;

    /// <returns>How many rows were deleted; those that somebody else deletes or writes anew meanwhile are not among
    /// them.</returns>
    public static async Task<int> RunAsync(TableClient client, string filter, CancellationToken cancellationToken)
    {
        var removed = 0;
        try
        {
            var matching = client.QueryAsync<TableEntity>(
                filter,
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken
            );
            await foreach (var page in matching.AsPages())
            {
                var partitions = page.Values.GroupBy(row => row.PartitionKey);
                foreach (var rows in partitions.SelectMany(partition => partition.Chunk(MaxRowsAtOnce)))
                {
                    removed += await DeleteAsync(client, rows, cancellationToken);
                }
            }
        }
        catch (RequestFailedException e) when (TableFailure.IsTableMissing(e))
        {
            // What is gone as a whole has no row left.
        }

        return removed;
    }

    private static async Task<int> DeleteAsync(TableClient client, TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await client.SubmitTransactionAsync(rows.Select(ToDelete), cancellationToken);
            return rows.Length;
        }
        catch (RequestFailedException e) when (TableFailure.HasChanged(e))
        {
            // One row that is not what it was fails them all.
            return await DeleteOneByOneAsync(client, rows, cancellationToken);
        }
    }

    private static async Task<int> DeleteOneByOneAsync(
        TableClient client,
        TableEntity[] rows,
        CancellationToken cancellationToken
    )
    {
        var removed = 0;
        foreach (var row in rows)
        {
            try
            {
                var response = await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, VersionOf(row), cancellationToken);
                removed += TableFailure.IsMissing(response) ? 0 : 1;
            }
            catch (RequestFailedException e) when (TableFailure.HasChanged(e))
            {
                // It lives: whoever has written it anew has given it a new end.
            }
        }

        return removed;
    }

    private static TableTransactionAction ToDelete(TableEntity row) =>
        new(TableTransactionActionType.Delete, row, VersionOf(row));

    private static ETag VersionOf(TableEntity row) => row.ETag == default ? ETag.All : row.ETag;
}
