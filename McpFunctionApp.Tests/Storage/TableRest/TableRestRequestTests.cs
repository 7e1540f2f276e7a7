using McpFunctionApp.Storage.TableRest;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using static McpFunctionApp.Tests.Storage.TableRest.FakeTableService;

namespace McpFunctionApp.Tests.Storage.TableRest;

public sealed class TableRestRequestTests : IDisposable
{
    private readonly RestStore _stores = new();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task A_query_follows_the_continuation_headers_over_empty_pages()
    {
        await using var service = await StartAsync(
            Page("", "1!4!cA--", "1!4!cg--"), Page("", "a&b=c", null), Page("""{"PartitionKey":"p","RowKey":"r"}""", null, null));
        var rows = _stores.Open(service.ConnectionString).QueryAsync("rows", "A eq 'x&y'", ["A"], CancellationToken.None);

        Assert.Equal(["r"], await rows.Select(row => row.RowKey).ToListAsync());
        const string Query = "GET /rows()?$filter=A%20eq%20%27x%26y%27&$select=PartitionKey%2CRowKey%2CA";
        Assert.Equal([Query, $"{Query}&NextPartitionKey=1%214%21cA--&NextRowKey=1%214%21cg--", $"{Query}&NextPartitionKey=a%26b%3Dc"], service.Requests);
    }

    [Fact]
    public async Task A_query_for_everything_asks_for_nothing_in_particular()
    {
        await using var service = await StartAsync(Page("", "p", "r"), Page("", null, null));

        Assert.Equal(0, await TableRestAnswerTests.CountAsync(_stores.Open(service.ConnectionString)));
        Assert.Equal(["GET /rows()", "GET /rows()?NextPartitionKey=p&NextRowKey=r"], service.Requests);
    }

    [Fact]
    public async Task A_request_has_the_protocols_headers_and_a_signature_over_the_clocks_date()
    {
        await using var service = await StartAsync(Row());
        await _stores.Open(service.ConnectionString, new ManualClock()).GetAsync("rows", "a'b", "\u00e4", CancellationToken.None);

        var headers = Assert.Single(service.Headers);
        const string Date = "Tue, 28 Jul 2026 12:00:00 GMT";
        Assert.Equal(Date, headers["x-ms-date"]);
        Assert.Equal(SharedKeyLite.Authorization("fake", "key"u8, Date, "/fake/rows(PartitionKey='a%27%27b',RowKey='%C3%A4')"), headers.Authorization);
        Assert.Equal("2019-02-02", headers["x-ms-version"]);
        Assert.Equal("3.0;NetFx", headers["DataServiceVersion"]);
        Assert.Equal("application/json;odata=minimalmetadata", headers.Accept);
        Assert.False(headers.ContainsKey("If-Match"));
    }

    [Fact]
    public async Task A_retry_is_signed_with_its_own_date()
    {
        var clock = new ManualClock();
        await using var service = await StartAsync(
            async context =>
            {
                clock.Advance(TimeSpan.FromMinutes(20));
                await Status(503)(context);
            },
            Row());

        await _stores.Open(service.ConnectionString, clock).GetAsync("rows", "p", "r", CancellationToken.None);

        Assert.Equal(["Tue, 28 Jul 2026 12:00:00 GMT", "Tue, 28 Jul 2026 12:20:00 GMT"], service.Headers.Select(headers => headers["x-ms-date"].ToString()));
    }

    [Fact]
    public async Task A_delete_is_for_any_version_and_an_upsert_for_none()
    {
        await using var service = await StartAsync(Status(204));
        var store = _stores.Open(service.ConnectionString);

        await store.DeleteAsync("rows", "p", "r", CancellationToken.None);
        await store.UpsertAsync("rows", new("p", "r", new Dictionary<string, object>()), CancellationToken.None);

        Assert.Equal(["*", ""], service.Headers.Select(headers => headers.IfMatch.ToString()));
    }

    private static Func<HttpContext, Task> Page(string rows, string? nextPartitionKey, string? nextRowKey) => context =>
    {
        if (nextPartitionKey is not null)
        {
            context.Response.Headers["x-ms-continuation-NextPartitionKey"] = nextPartitionKey;
        }

        if (nextRowKey is not null)
        {
            context.Response.Headers["x-ms-continuation-NextRowKey"] = nextRowKey;
        }

        return context.Response.WriteAsync($$"""{"value":[{{rows}}]}""");
    };
}
