using System.Net;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    private static readonly Dictionary<string, object[]> s_values = new()
    {
        ["string"] =
        [
            "",
            " ",
            "it's",
            "\"\\/\b\f\n\r\t\0\u0001",
            "\u00e4\u65e5\ud83d\ude80\u2028\ufeff\uffff",
            "12",
            "true",
            "2026-01-01T00:00:00Z",
            "NaN",
            new string('\u20ac', 32_768),
        ],
        ["int"] = [0, -1, int.MinValue, int.MaxValue],
        ["long"] = [0L, 1L, long.MinValue, long.MaxValue, 9_007_199_254_740_993L],
        ["double"] =
        [
            0.0,
            1.0,
            -1.0,
            0.1,
            1e21,
            123_456_789_012.0,
            double.Epsilon,
            double.MinValue,
            double.MaxValue,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
        ],
        ["bool"] = [true, false],
        ["date"] =
        [
            new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            new DateTimeOffset(2026, 7, 28, 12, 34, 56, TimeSpan.FromHours(-7)).AddTicks(1_234_567),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ],
        ["binary"] = [Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 255, 254, 253, 252 }, Noise(65_536)],
    };

    private static readonly Dictionary<string, object> s_notValues = new()
    {
        ["decimal"] = 1m,
        ["DateTime"] = DateTime.UnixEpoch,
        ["Guid"] = Guid.Empty,
        ["float"] = 1f,
        ["uint"] = 1u,
        ["char"] = 'c',
        ["int array"] = new[] { 1 },
        ["memory"] = ReadOnlyMemory<byte>.Empty,
        ["null"] = null!,
        ["half a surrogate pair"] = "a\ud83d",
        ["a date before 1601"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1),
    };

    public static TheoryData<string> ValueTypes => [.. s_values.Keys];

    public static TheoryData<string> NotValues => [.. s_notValues.Keys];

    [NodeTheory]
    [MemberData(nameof(ValueTypes))]
    public async Task A_value_comes_back_with_its_type_and_unchanged(string type)
    {
        var row = Row("p", "r", [.. s_values[type].Select((value, i) => ($"V{i}", value))]);

        await Store.UpsertAsync(_table, row, s_none);

        AssertRow(row, await Store.GetAsync(_table, "p", "r", s_none));
        AssertRow(row, Assert.Single(await QueryAsync("")));
    }

    [NodeFact]
    public async Task A_date_comes_back_in_utc()
    {
        await Store.UpsertAsync(
            _table,
            Row("p", "r", ("At", new DateTimeOffset(2026, 7, 28, 1, 0, 0, TimeSpan.FromHours(2)))),
            s_none
        );

        var row = await Store.GetAsync(_table, "p", "r", s_none);

        Assert.Equal(TimeSpan.Zero, ((DateTimeOffset)row!.Values["At"]).Offset);
    }

    [NodeTheory]
    [MemberData(nameof(NotValues))]
    public async Task Anything_else_is_no_value(string kind)
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.UpsertAsync(_table, Row("p", "r", ("V", s_notValues[kind])), s_none)
        );
    }

    [NodeTheory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("1a")]
    [InlineData("V@odata.type")]
    [InlineData("odata.etag")]
    [InlineData("PartitionKey")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    public async Task Anything_else_is_no_name(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(_table, Row("p", "r", (name, 1)), s_none));
    }

    [NodeFact]
    public async Task A_row_takes_252_values_and_no_more()
    {
        var row = Row("p", "r", [.. Enumerable.Range(0, 252).Select(i => ($"V{i}", (object)(i % 2 == 0 ? i : (long)i)))]);
        await Store.UpsertAsync(_table, row, s_none);

        AssertRow(row, await Store.GetAsync(_table, "p", "r", s_none));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.UpsertAsync(_table, row with { Values = new Dictionary<string, object>(row.Values) { ["V252"] = 0 } }, s_none)
        );
    }

    [NodeFact]
    public async Task A_row_takes_eleven_binaries_of_64_KiB()
    {
        var row = Row("p", "r", [.. Enumerable.Range(0, 11).Select(i => ($"Part{i}", (object)Noise(65_536)))]);
        await Store.UpsertAsync(_table, row, s_none);

        AssertRow(row, await Store.GetAsync(_table, "p", "r", s_none));
    }

    [NodeFact]
    public async Task A_value_over_64_KiB_is_the_services_error()
    {
        var binary = await Assert.ThrowsAsync<TableStoreException>(() =>
            Store.UpsertAsync(_table, Row("p", "r", ("V", Noise(65_537))), s_none)
        );
        var text = await Assert.ThrowsAsync<TableStoreException>(() =>
            Store.UpsertAsync(_table, Row("p", "r", ("V", new string('x', 32_769))), s_none)
        );

        Assert.All(
            [binary, text],
            e => Assert.Equal((HttpStatusCode.BadRequest, "PropertyValueTooLarge", false), (e.Status, e.ErrorCode, e.IsTransient))
        );
    }

    [NodeFact]
    public async Task A_row_over_1_MiB_is_the_services_error()
    {
        var row = Row("p", "r", [.. Enumerable.Range(0, 17).Select(i => ($"Part{i}", (object)Noise(65_536)))]);

        var error = await Assert.ThrowsAsync<TableStoreException>(() => Store.UpsertAsync(_table, row, s_none));

        Assert.Contains(error.ErrorCode, new[] { "EntityTooLarge", "RequestBodyTooLarge" });
        Assert.False(error.IsTransient);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
