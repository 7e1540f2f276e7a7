namespace McpFunctionApp.Storage;

/// <summary>
/// Rows in named tables. A table is created by the first write to it, and again by the next write after somebody has deleted it;
/// until then reading it is reading an empty table. Arguments that no service could store are an <see cref="ArgumentException"/>,
/// everything that the service or the way to it does wrong is a <see cref="TableStoreException"/>.
/// </summary>
public interface ITableStore
{
    /// <returns>The row, or null where there is none.</returns>
    Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Inserts the row or replaces the whole of the one that is there.</summary>
    Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken);

    /// <returns>False where there was no such row.</returns>
    Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>All rows that match, ordered by partition key and row key, fetched page by page.</summary>
    /// <param name="filter">An OData filter, best made with <see cref="TableFilter"/>; empty: every row.</param>
    /// <param name="select">The values to fetch beside the keys; empty: all of them.</param>
    IAsyncEnumerable<TableRow> QueryAsync(string table, string filter, IReadOnlyList<string> select, CancellationToken cancellationToken);

    /// <summary>Returns where the service can be reached and lets us in; for the readiness check.</summary>
    Task PingAsync(CancellationToken cancellationToken);
}
