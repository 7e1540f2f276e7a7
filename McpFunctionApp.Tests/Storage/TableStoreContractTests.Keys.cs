using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    public static TheoryData<string> OddKeys { get; } =
    [
        "",
        " ",
        "it's",
        "'",
        "''",
        "a'b'',c='d",
        "100%",
        "%27",
        "%2F",
        "a+b c&d=e",
        "(x)",
        "x')",
        "PartitionKey='p',RowKey='r'",
        "..",
        ".",
        "$filter",
        "\"quoted\"",
        "<tag>",
        "\u00e4\u00f6\u00fc\u00df",
        "\u65e5\u672c\u8a9e",
        "\ud83d\ude80",
        "e\u0301",
        "\u00e9",
        "a\u200eb",
        "\ufeff",
        "\uffff",
        "{0}",
        ";:@!*~^|`[]",
        new('k', 512),
        new('\u20ac', 512),
    ];

    public static TheoryData<string> ForbiddenKeys { get; } =
    ["a/b", "a\\b", "a#b", "a?b", "\0", "a\tb", "a\nb", "\u001f", "\u007f", "\u0085", "\u009f", new('k', 513)];

    [NodeTheory]
    [MemberData(nameof(OddKeys))]
    public async Task An_odd_key_finds_its_own_row_and_no_other(string key)
    {
        await Store.UpsertAsync(_table, Row(key, key, ("Is", "this")), s_none);
        await Store.UpsertAsync(_table, Row(key, "plain", ("Is", "row")), s_none);
        await Store.UpsertAsync(_table, Row("plain", key, ("Is", "partition")), s_none);

        AssertRow(Row(key, key, ("Is", "this")), await Store.GetAsync(_table, key, key, s_none));
        AssertRow(
            Row(key, key, ("Is", "this")),
            Assert.Single(
                await QueryAsync(TableFilter.And(TableFilter.Equal("PartitionKey", key), TableFilter.Equal("RowKey", key)))
            )
        );
        Assert.True(await Store.DeleteAsync(_table, key, key, s_none));
        Assert.Equal(["partition", "row"], (await QueryAsync("")).Select(row => (string)row.Values["Is"]).Order());
    }

    [NodeTheory]
    [MemberData(nameof(ForbiddenKeys))]
    public Task A_key_that_no_table_takes_is_refused_before_it_is_sent(string key) => AssertRefusedAsync(key);

    // Not theories: half a pair does not survive the runner's own serialization.
    [NodeFact]
    public Task A_first_half_of_a_surrogate_pair_is_no_key() => AssertRefusedAsync("a\ud83d");

    [NodeFact]
    public Task A_second_half_of_a_surrogate_pair_is_no_key() => AssertRefusedAsync("\ude80a");

    [NodeTheory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a-b-c")]
    [InlineData("Tables")]
    [InlineData("abc\n")]
    [InlineData("abc('x')")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_name_that_no_table_has_is_refused_before_it_is_sent(string table)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(table, "p", "r", s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(table, Row("p", "r"), s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(table, "p", "r", s_none));
        Assert.Throws<ArgumentException>(() => Store.QueryAsync(table, "", [], s_none));
    }

    private async Task AssertRefusedAsync(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(_table, key, "r", s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(_table, "p", key, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(_table, Row(key, "r"), s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(_table, Row("p", key), s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(_table, key, "r", s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(_table, "p", key, s_none));
    }
}
