using System.Text;
using McpFunctionApp.Administration;
using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Administration;

/// <summary>The purge removes what is past its life from both tables, and its trouble is one warning.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class PurgeJobTests(AzuriteServer azurite) : ApiTests
{
    [NodeFact]
    public async Task Forms_and_requests_past_their_life_are_removed_and_counted()
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        var store = app.Services.GetRequiredService<TableStore>();

        // Rows that other tests have left are removed first.
        await RunAsync(app);
        await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await app.Services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);
        var requests = await CountAsync(store, RequestTable.Table);
        Assert.True(requests > 0 && await CountAsync(store, SchemaTable.Table) > 0);
        await RunAsync(app);
        Assert.Contains("Purged 0 cached forms and 0 recorded requests", app.Log.Of(6010).Last().Text, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromSeconds(301));
        await RunAsync(app);
        Assert.Matches("Purged [1-9][0-9]* cached forms and 0 recorded requests", app.Log.Of(6010).Last().Text);
        Assert.Equal(requests, await CountAsync(store, RequestTable.Table));
        Clock.Advance(TimeSpan.FromDays(91));
        await RunAsync(app);
        Assert.Matches("Purged [0-9]+ cached forms and [1-9][0-9]* recorded requests", app.Log.Of(6010).Last().Text);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [NodeFact]
    public async Task Twice_at_once_does_no_harm()
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        var store = app.Services.GetRequiredService<TableStore>();
        foreach (var i in Enumerable.Range(0, 50))
        {
            await store.UpsertAsync(
                RequestTable.Table,
                new TableRow("2001-02-03", $"{i}", new Dictionary<string, object> { ["Part00"] = Encoding.UTF8.GetBytes("{}") }),
                CancellationToken.None
            );
        }

        await Task.WhenAll(RunAsync(app), RunAsync(app), RunAsync(app));
        Assert.Equal(3, app.Log.Of(6010).Count());
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(0, await CountAsync(store, RequestTable.Table, TableFilter.Equal("PartitionKey", "2001-02-03")));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Trouble_is_one_warning(int status)
    {
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(status));
        await using var app = await StartAsync(table.ConnectionString);
        await RunAsync(app);
        var line = Assert.Single(app.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal((LogLevel.Warning, 6011), (line.Level, line.EventId));
        Assert.Contains($"{status}", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", line.Text, StringComparison.Ordinal);
        Assert.Empty(app.Log.Of(6010));
    }

    [Fact]
    public async Task Trouble_with_the_forms_does_not_keep_old_requests()
    {
        await using var table = await FakeTableService.StartAsync(context =>
            context.Request.Path.Value!.Contains(SchemaTable.Table, StringComparison.Ordinal)
                ? FakeTableService.Status(403)(context)
                : FakeTableService.Row("""{"value":[]}""")(context)
        );
        await using var app = await StartAsync(table.ConnectionString);
        await RunAsync(app);
        Assert.Contains(table.Requests, request => request.Contains(RequestTable.Table, StringComparison.Ordinal));
        Assert.Single(app.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Without_a_table_there_is_nothing_to_do()
    {
        await using var app = await StartAsync(null);
        await RunAsync(app);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private Task<TestApp> StartAsync(string? table) => TestApp.StartAsync(Api, Clock, new() { ["TableStorage"] = table });

    private static Task RunAsync(TestApp app) => app.Services.GetRequiredService<PurgeJob>().RunAsync(CancellationToken.None);

    private static async Task<int> CountAsync(TableStore store, string table, string filter = "")
    {
        var rows = 0;
        await foreach (var _ in store.QueryAsync(table, filter, ["Status"], CancellationToken.None))
        {
            rows++;
        }

        return rows;
    }
}
