using Azure;
using Azure.Data.Tables;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

/// <summary>What a <see cref="TableStore"/> must do, tried on a real Azurite. Each test has a table of its own.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed partial class TableStoreContractTests(AzuriteServer azurite)
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly string _table = $"t{Guid.NewGuid():N}";

    private TableStore Store => Open(azurite.ConnectionString);

    private static TableStore Open(string connectionString) => OpenedStore.Of(connectionString);

    /// <summary>Deletes a table, which a store itself never does.</summary>
    private static Task<Response> DeleteTableAsync(string connectionString, string table) =>
        new TableServiceClient(connectionString).DeleteTableAsync(table);

    /// <summary>Writes past the store, by transactions of 100 rows: quickly, for tests of what is done with the rows.</summary>
    private async Task FillAsync(IEnumerable<TableRow> rows)
    {
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(_table);
        await table.CreateIfNotExistsAsync();
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100)))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, EntityOf(row)))
            );
        }
    }

    private static TableEntity EntityOf(TableRow row) =>
        new(row.Values.ToDictionary()) { PartitionKey = row.PartitionKey, RowKey = row.RowKey };

    [NodeFact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        await Store.UpsertAsync(_table, Row("p", "r", ("Name", "Printer"), ("Count", 3)), s_none);

        var row = await Store.GetAsync(_table, "p", "r", s_none);

        AssertRow(Row("p", "r", ("Name", "Printer"), ("Count", 3)), row);
    }

    [NodeFact]
    public async Task A_row_that_is_not_there_is_null()
    {
        await Store.UpsertAsync(_table, Row("p", "r"), s_none);

        Assert.Null(await Store.GetAsync(_table, "p", "other", s_none));
        Assert.Null(await Store.GetAsync(_table, "other", "r", s_none));
    }

    [NodeFact]
    public async Task A_row_without_values_is_a_row()
    {
        await Store.UpsertAsync(_table, Row("p", "r"), s_none);

        AssertRow(Row("p", "r"), await Store.GetAsync(_table, "p", "r", s_none));
    }

    [NodeFact]
    public async Task A_second_upsert_replaces_the_whole_row()
    {
        await Store.UpsertAsync(_table, Row("p", "r", ("Old", 1), ("Both", "before")), s_none);
        await Store.UpsertAsync(_table, Row("p", "r", ("Both", "after")), s_none);

        AssertRow(Row("p", "r", ("Both", "after")), await Store.GetAsync(_table, "p", "r", s_none));
    }

    [NodeFact]
    public async Task A_deleted_row_is_gone_and_can_be_deleted_only_once()
    {
        await Store.UpsertAsync(_table, Row("p", "r"), s_none);
        await Store.UpsertAsync(_table, Row("p", "s"), s_none);

        Assert.True(await Store.DeleteAsync(_table, "p", "r", s_none));
        Assert.False(await Store.DeleteAsync(_table, "p", "r", s_none));
        Assert.Null(await Store.GetAsync(_table, "p", "r", s_none));
        Assert.NotNull(await Store.GetAsync(_table, "p", "s", s_none));
    }

    private static TableRow Row(string partitionKey, string rowKey, params (string Name, object Value)[] values) =>
        new(partitionKey, rowKey, values.ToDictionary(value => value.Name, value => value.Value));

    private static void AssertRow(TableRow expected, TableRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.PartitionKey, expected.RowKey), (actual.PartitionKey, actual.RowKey));
        Assert.Equal(expected.Values.Keys.Order(StringComparer.Ordinal), actual.Values.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            expected.Values,
            value =>
            {
                Assert.IsType(value.Value.GetType(), actual.Values[value.Key]);
                Assert.Equal(value.Value, actual.Values[value.Key]);
            }
        );
    }

    private async Task<List<TableRow>> QueryAsync(string filter, params string[] select)
    {
        var rows = new List<TableRow>();
        await foreach (var row in Store.QueryAsync(_table, filter, select, s_none))
        {
            rows.Add(row);
        }

        return rows;
    }
}
