namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    [NodeFact]
    public async Task A_table_that_does_not_exist_reads_as_an_empty_one()
    {
        Assert.Null(await Store.GetAsync(_table, "p", "r", s_none));
        Assert.False(await Store.DeleteAsync(_table, "p", "r", s_none));
        Assert.Empty(await QueryAsync(""));
    }

    [NodeFact]
    public async Task Fifty_first_writes_at_once_make_the_table_and_lose_no_row()
    {
        var store = Store;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.UpsertAsync(_table, Row("p", $"{i:00}"), s_none)));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i:00}"), (await QueryAsync("")).Select(row => row.RowKey));
    }

    [NodeFact]
    public async Task A_table_deleted_while_running_reads_as_empty_and_is_made_again_by_the_next_write()
    {
        var store = Store;
        await store.UpsertAsync(_table, Row("p", "before"), s_none);
        await DeleteTableAsync(azurite.ConnectionString, _table);

        Assert.Null(await store.GetAsync(_table, "p", "before", s_none));
        Assert.False(await store.DeleteAsync(_table, "p", "before", s_none));
        Assert.Empty(await QueryAsync(""));

        await store.UpsertAsync(_table, Row("p", "after"), s_none);
        Assert.Equal(["after"], (await QueryAsync("")).Select(row => row.RowKey));
    }
}
