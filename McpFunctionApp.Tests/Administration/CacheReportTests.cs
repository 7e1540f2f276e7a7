using System.Globalization;
using McpFunctionApp.FormApi;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Docs;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Administration;

/// <summary>GET /cache: each member counts what its name says.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class CacheReportTests(AzuriteServer azurite) : ApiTests
{
    private static readonly string[] s_members =
    [
        "instance",
        "startedAt",
        "entries",
        "forms",
        "bytes",
        "maxBytes",
        "hits",
        "misses",
        "originCalls",
        "failures",
        "table",
    ];

    [Fact]
    public async Task A_new_instance_has_done_nothing()
    {
        await using var app = await StartAsync(("Schemas:MemoryMegabytes", "2"));
        var report = await AdminHttp.CacheAsync(app);
        Assert.Equal(s_members, report.AsObject().Select(member => member.Key));
        Assert.Equal(["memory", "table"], report["hits"]!.AsObject().Select(member => member.Key));
        Assert.Equal(2_097_152, (int?)report["maxBytes"]);
        Assert.Equal("none", (string?)report["table"]);
        Assert.Equal(
            "entries 0 bytes 0 memory 0 table 0 misses 0 originCalls 0 failures 0",
            $"entries {report["entries"]} bytes {report["bytes"]} {await CountsAsync(app)}"
        );
    }

    [Fact]
    public void The_sample_in_the_documents_has_the_same_members()
    {
        var sample = Repository
            .Read("docs/caching.md")
            .Split('\n')
            .Single(line => line.StartsWith("{\"instance\"", StringComparison.Ordinal));
        Assert.Equal(s_members, JsonElement.Parse(sample).EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task An_instance_keeps_its_name_and_start_and_another_has_its_own()
    {
        await using var app = await StartAsync();
        var started = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await using var other = await StartAsync();
        var report = await AdminHttp.CacheAsync(app);
        Assert.Matches("^[0-9a-f]{12}$", (string)report["instance"]!);
        Assert.Equal(started, DateTimeOffset.Parse((string)report["startedAt"]!, CultureInfo.InvariantCulture));
        Assert.Equal((string?)report["instance"], (string?)(await AdminHttp.CacheAsync(app))["instance"]);
        Assert.NotEqual((string?)report["instance"], (string?)(await AdminHttp.CacheAsync(other))["instance"]);
    }

    [Fact]
    public async Task Memory_hits_misses_calls_and_failures_are_counted()
    {
        await using var app = await StartAsync();
        await app.Rpc.ListAsync("good-1");
        Assert.Equal("memory 0 table 0 misses 1 originCalls 1 failures 0", await CountsAsync(app));
        await app.Rpc.ListAsync("good-1");
        await app.Rpc.CallAsync("create_request", Given.Call, "good-1");
        Assert.Equal("memory 2 table 0 misses 1 originCalls 1 failures 0", await CountsAsync(app));
        await app.Rpc.ListAsync("bad-1");
        Assert.Equal("memory 2 table 0 misses 2 originCalls 2 failures 1", await CountsAsync(app));
        await app.Rpc.ListAsync();
        await app.Rpc.CallAsync("add", """{"a":1,"b":2}""", "good-1");
        Assert.Equal("memory 2 table 0 misses 2 originCalls 2 failures 1", await CountsAsync(app));
        Assert.Equal(2, Api.FormCalls.Count);
    }

    [Fact]
    public async Task Entries_are_forms_and_bytes_are_theirs()
    {
        await using var app = await StartAsync();
        await app.Rpc.ListAsync("good-1");
        var one = await AdminHttp.CacheAsync(app);
        await app.Rpc.ListAsync("good-2");
        await app.Rpc.ListAsync("bad");
        var two = await AdminHttp.CacheAsync(app);
        Assert.Equal("1 1", $"{one["entries"]} {one["forms"]}");
        Assert.InRange((long)one["bytes"]!, 500, 100_000);

        // Both have the same form, which is counted once.
        Assert.Equal("2 1", $"{two["entries"]} {two["forms"]}");
        Assert.Equal(SharedForms.EntryBytes, (long)two["bytes"]! - (long)one["bytes"]!);

        await AdminHttp.DropMineAsync(app, "Bearer good-1");
        Assert.Equal(
            $"1 {one["bytes"]}",
            $"{(await AdminHttp.CacheAsync(app))["entries"]} {(await AdminHttp.CacheAsync(app))["bytes"]}"
        );
        await AdminHttp.InvalidateAsync(app);
        Assert.Equal("0 0", $"{(await AdminHttp.CacheAsync(app))["entries"]} {(await AdminHttp.CacheAsync(app))["bytes"]}");
    }

    [Fact]
    public async Task A_call_that_is_repeated_after_a_lost_connection_counts_twice()
    {
        await using var raw = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            if (connection.Number == 1)
            {
                connection.Reset();
                return;
            }

            await connection.SendAsync(RawApi.Json(Given.Form));
        });
        await using var app = await TestApp.StartAsync(AdminHttp.Settings(("Forms:0:Url", raw.Url)));
        Assert.Contains("create_request", (await app.Rpc.ListAsync("good-1")).ToolNames);
        Assert.Equal(2, raw.Requests.Count);
        Assert.Equal("memory 0 table 0 misses 1 originCalls 2 failures 0", await CountsAsync(app));
    }

    [NodeFact]
    public async Task A_form_from_the_table_is_a_table_hit_and_no_call()
    {
        await using var first = await StartAsync(("TableStorage", azurite.ConnectionString));
        await first.Rpc.ListAsync("good-1");
        await first.Services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);
        Assert.Equal("memory 0 table 0 misses 1 originCalls 1 failures 0", await CountsAsync(first));
        Assert.Equal("in use", (string?)(await AdminHttp.CacheAsync(first))["table"]);

        await using var second = await StartAsync(("TableStorage", azurite.ConnectionString));
        await second.Rpc.ListAsync("good-1");
        await second.Rpc.ListAsync("good-1");
        Assert.Equal("memory 1 table 1 misses 1 originCalls 0 failures 0", await CountsAsync(second));
        Assert.Single(Api.FormCalls);
    }

    [Fact]
    public async Task A_table_in_trouble_is_paused_for_ten_seconds()
    {
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(403));
        await using var app = await StartAsync(("TableStorage", table.ConnectionString));
        Assert.Equal("in use", (string?)(await AdminHttp.CacheAsync(app))["table"]);
        await app.Rpc.ListAsync("good-1");
        Assert.Equal("paused", (string?)(await AdminHttp.CacheAsync(app))["table"]);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("in use", (string?)(await AdminHttp.CacheAsync(app))["table"]);
    }

    protected override void ServeForm() =>
        Api.ServeByToken(token => token.StartsWith("good", StringComparison.Ordinal) ? Given.Fields : null);

    private Task<TestApp> StartAsync(params (string Name, string? Value)[] settings) =>
        TestApp.StartAsync(Api, Clock, AdminHttp.Settings(settings));

    private static async Task<string> CountsAsync(TestApp app)
    {
        var report = await AdminHttp.CacheAsync(app);
        return $"memory {report["hits"]!["memory"]} table {report["hits"]!["table"]} misses {report["misses"]} originCalls "
            + $"{report["originCalls"]} failures {report["failures"]}";
    }
}
