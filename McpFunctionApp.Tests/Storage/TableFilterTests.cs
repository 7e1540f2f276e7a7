using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

public sealed class TableFilterTests
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("'", "''''")]
    [InlineData("x' or PartitionKey ne '", "'x'' or PartitionKey ne '''")]
    public void Text_is_quoted_and_its_quotes_are_doubled(string text, string literal) =>
        Assert.Equal(literal, TableFilter.Text(text));

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.Throws<ArgumentException>(() => TableFilter.Text("a\ud83d"));

    [Fact]
    public void A_date_is_written_in_utc_to_100_ns() =>
        Assert.Equal(
            "datetime'2026-07-28T00:30:00.0000001Z'",
            TableFilter.Date(new DateTimeOffset(2026, 7, 28, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1))
        );

    [Fact]
    public void Filters_are_joined_so_that_none_reaches_into_another() =>
        Assert.Equal(
            "(A eq 'x') and (B eq 'y' or C eq 'z')",
            TableFilter.And(TableFilter.Equal("A", "x"), "B eq 'y' or C eq 'z'")
        );

    [Fact]
    public void A_prefix_is_the_range_to_the_next_last_character() =>
        Assert.Equal("(RowKey ge 'it''s' and RowKey lt 'it''t')", TableFilter.StartsWith("RowKey", "it's"));

    [Theory]
    [InlineData("")]
    [InlineData("\ud7ff")]
    [InlineData("\ud83d\ude80")]
    [InlineData("\uffff")]
    public void A_prefix_without_a_sure_next_one_is_refused(string prefix) =>
        Assert.Throws<ArgumentException>(() => TableFilter.StartsWith("RowKey", prefix));

    [Theory]
    [InlineData("")]
    [InlineData("A eq 'x' or B")]
    [InlineData("A'")]
    public void A_name_that_is_none_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => TableFilter.Equal(name, "x"));
        Assert.Throws<ArgumentException>(() => TableFilter.Before(name, DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentException>(() => TableFilter.StartsWith(name, "x"));
    }
}
