using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Schemas;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    private static readonly string s_old = TableFilter.Equal("Is", "old");

    [NodeFact]
    public async Task A_purge_deletes_what_matches_by_transactions_of_100_rows_of_one_partition()
    {
        await FillAsync(("a", 250), ("b'c", 30), ("d", 1), ("e", 100));
        await Store.UpsertAsync(_table, Row("a", "young", ("Is", "young")), s_none);
        await using var proxy = await TableProxy.StartAsync(azurite);

        Assert.Equal(381, await Open(proxy.ConnectionString).PurgeAsync(_table, s_old, s_none));

        Assert.Equal("young", Assert.Single(await QueryAsync("")).RowKey);
        Assert.Equal(3 + 1 + 1 + 1, Transactions(proxy));
        Assert.Equal(0, await Store.PurgeAsync(_table, s_old, s_none));
    }

    [NodeFact]
    public async Task A_purge_reads_every_page()
    {
        await FillAsync(("a", 1_150));

        Assert.Equal(1_150, await Store.PurgeAsync(_table, s_old, s_none));
        Assert.Empty(await QueryAsync(""));
    }

    [NodeFact]
    public async Task A_row_that_is_deleted_under_a_purge_keeps_no_other_one()
    {
        await FillAsync(("a", 150), ("b", 120));
        await using var proxy = await TableProxy.StartAsync(azurite);
        DuringFirstTransaction(proxy, () => Store.DeleteAsync(_table, "a", "0007", s_none));

        Assert.Equal(269, await Open(proxy.ConnectionString).PurgeAsync(_table, s_old, s_none));
        Assert.Empty(await QueryAsync(""));
    }

    [NodeFact]
    public async Task A_row_that_is_written_anew_under_a_purge_stays()
    {
        await FillAsync(("a", 150));
        await using var proxy = await TableProxy.StartAsync(azurite);
        DuringFirstTransaction(proxy, () => Store.UpsertAsync(_table, Row("a", "0007", ("Is", "young")), s_none));

        Assert.Equal(149, await Open(proxy.ConnectionString).PurgeAsync(_table, s_old, s_none));
        Assert.Equal("0007", Assert.Single(await QueryAsync("")).RowKey);
    }

    [NodeFact]
    public async Task A_purge_of_a_table_that_is_not_there_or_goes_meanwhile_is_none()
    {
        Assert.Equal(0, await Store.PurgeAsync(_table, s_old, s_none));
        await FillAsync(("a", 3));
        await using var proxy = await TableProxy.StartAsync(azurite);
        DuringFirstTransaction(proxy, () => DeleteTableAsync(azurite.ConnectionString, _table));

        Assert.Equal(0, await Open(proxy.ConnectionString).PurgeAsync(_table, s_old, s_none));
    }

    [NodeFact]
    public async Task Trouble_in_the_middle_of_a_purge_is_an_error()
    {
        await FillAsync(("a", 150));
        await using var proxy = await TableProxy.StartAsync(azurite);
        proxy.Before = async context =>
        {
            if (IsTransaction(context))
            {
                await FakeTableService.Status(403, "AuthenticationFailed")(context);
            }

            return IsTransaction(context);
        };

        var store = Open(proxy.ConnectionString);
        var error = await Assert.ThrowsAsync<TableStoreException>(() => store.PurgeAsync(_table, s_old, s_none));

        Assert.Equal("AuthenticationFailed", error.ErrorCode);
        Assert.Equal(150, (await QueryAsync("")).Count);
    }

    private static bool IsTransaction(HttpContext context) =>
        context.Request.Path.Value!.EndsWith("/$batch", StringComparison.Ordinal);

    private static int Transactions(TableProxy proxy) =>
        proxy.Requests.Count(request => request.EndsWith("/$batch", StringComparison.Ordinal));

    private static void DuringFirstTransaction(TableProxy proxy, Func<Task> act) =>
        proxy.Before = async context =>
        {
            if (IsTransaction(context))
            {
                proxy.Heal();
                await act();
            }

            return false;
        };

    private Task FillAsync(params (string Partition, int Rows)[] partitions) =>
        FillAsync(
            from partition in partitions
            from number in Enumerable.Range(0, partition.Rows)
            select Row(partition.Partition, $"{number:0000}", ("Is", "old"))
        );
}
