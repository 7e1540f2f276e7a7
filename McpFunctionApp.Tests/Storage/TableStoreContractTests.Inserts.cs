using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    [NodeFact]
    public async Task An_inserted_row_is_there_and_makes_its_table()
    {
        Assert.True(await Store.InsertAsync(_table, Row("p", "r", ("Name", "Printer")), s_none));

        AssertRow(Row("p", "r", ("Name", "Printer")), await Store.GetAsync(_table, "p", "r", s_none));
    }

    [NodeFact]
    public async Task A_second_insert_is_told_so_and_changes_nothing()
    {
        await Store.InsertAsync(_table, Row("p", "r", ("Is", "first")), s_none);

        Assert.False(await Store.InsertAsync(_table, Row("p", "r", ("Is", "second")), s_none));
        AssertRow(Row("p", "r", ("Is", "first")), await Store.GetAsync(_table, "p", "r", s_none));
        Assert.True(await Store.InsertAsync(_table, Row("p", "s"), s_none));
    }

    [NodeFact]
    public async Task Of_fifty_inserts_of_one_row_at_once_one_alone_succeeds()
    {
        var store = Store;
        var inserts = Enumerable.Range(0, 50).Select(i => store.InsertAsync(_table, Row("p", "r", ("Number", i)), s_none));
        var each = await Task.WhenAll(inserts);

        Assert.Single(each, succeeded => succeeded);
    }

    [NodeFact]
    public async Task An_insert_whose_answer_is_lost_is_not_sent_again_and_says_that_it_may_be_done()
    {
        await Store.InsertAsync(_table, Row("p", "other"), s_none);
        await using var proxy = await TableProxy.StartAsync(azurite);
        proxy.After = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var store = Open(proxy.ConnectionString);
        var error = await Assert.ThrowsAsync<TableStoreException>(() => store.InsertAsync(_table, Row("p", "r"), s_none));

        Assert.True(error.MayBeDone);
        Assert.Single(proxy.Requests);
        Assert.NotNull(await Store.GetAsync(_table, "p", "r", s_none));
    }

    [NodeFact]
    public async Task A_row_that_no_table_takes_is_not_inserted() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.InsertAsync(_table, Row("p", "a/b"), s_none));
}
