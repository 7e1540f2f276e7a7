using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    [NodeFact]
    public async Task A_query_brings_every_row_of_every_page_once_and_in_order()
    {
        // More than one page of 1,000, with the page's end inside a partition whose key is not ASCII.
        var keys = Enumerable
            .Range(0, 1_203)
            .Select(i => (Partition: i < 600 ? "a'b" : "\u65e5\ud83d\ude80", Row: $"{i:0000} %"))
            .ToList();
        await FillAsync(keys.Select(key => Row(key.Partition, key.Row, ("Length", key.Row.Length))));

        Assert.Equal(keys, (await QueryAsync("")).Select(row => (row.PartitionKey, row.RowKey)));
        Assert.Equal(keys, (await QueryAsync("Length gt 0", "Length")).Select(row => (row.PartitionKey, row.RowKey)));
    }

    [NodeFact]
    public async Task A_query_can_be_left_after_its_first_row()
    {
        await Store.UpsertAsync(_table, Row("p", "1"), s_none);
        await Store.UpsertAsync(_table, Row("p", "2"), s_none);

        await foreach (var row in Store.QueryAsync(_table, "", [], s_none))
        {
            Assert.Equal("1", row.RowKey);
            break;
        }
    }

    [NodeFact]
    public async Task A_selection_brings_the_keys_and_nothing_that_was_not_selected()
    {
        await Store.UpsertAsync(_table, Row("p", "1", ("A", 1L), ("B", "big"), ("C", true)), s_none);
        await Store.UpsertAsync(_table, Row("p", "2", ("B", "big")), s_none);

        var rows = await QueryAsync("", "A", "C");

        Assert.Equal(2, rows.Count);
        AssertRow(Row("p", "1", ("A", 1L), ("C", true)), rows[0]);
        AssertRow(Row("p", "2"), rows[1]);
    }

    [NodeFact]
    public void A_selection_of_something_that_is_no_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => Store.QueryAsync(_table, "", ["A,B"], s_none));

    [NodeFact]
    public async Task A_date_filter_brings_what_is_older_and_not_what_is_as_old()
    {
        var limit = new DateTimeOffset(2026, 7, 28, 2, 0, 0, TimeSpan.FromHours(2));
        await Store.UpsertAsync(_table, Row("p", "older", ("At", limit.AddMilliseconds(-1))), s_none);
        await Store.UpsertAsync(_table, Row("p", "same", ("At", limit)), s_none);
        await Store.UpsertAsync(_table, Row("p", "newer", ("At", limit.AddMilliseconds(1))), s_none);
        await Store.UpsertAsync(_table, Row("p", "without"), s_none);

        Assert.Equal(["older"], (await QueryAsync(TableFilter.Before("At", limit))).Select(row => row.RowKey));
    }

    [NodeFact]
    public async Task A_prefix_filter_brings_what_begins_so()
    {
        foreach (var key in new[] { "2026-07", "2026-07-01", "2026-07-31~", "2026-06-30", "2026-08", "2026-0", "2026-07\u00e4" })
        {
            await Store.UpsertAsync(_table, Row(key, "r"), s_none);
        }

        var rows = await QueryAsync(TableFilter.StartsWith("PartitionKey", "2026-07"));

        Assert.Equal(["2026-07", "2026-07-01", "2026-07-31~", "2026-07\u00e4"], rows.Select(row => row.PartitionKey));
    }

    [NodeFact]
    public async Task Text_in_a_filter_stays_text()
    {
        await Store.UpsertAsync(_table, Row("p", "r", ("Name", "x' or RowKey ne '")), s_none);
        await Store.UpsertAsync(_table, Row("p", "s", ("Name", "x")), s_none);

        Assert.Equal(["r"], (await QueryAsync(TableFilter.Equal("Name", "x' or RowKey ne '"))).Select(row => row.RowKey));
    }

    [NodeFact]
    public async Task A_filter_that_is_none_is_the_services_error()
    {
        await Store.UpsertAsync(_table, Row("p", "r"), s_none);

        var error = await Assert.ThrowsAsync<TableStoreException>(() => QueryAsync("PartitionKey eq ("));

        Assert.False(error.IsTransient);
        Assert.NotNull(error.Status);
    }
}
