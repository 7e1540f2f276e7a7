using System.Diagnostics;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Whatever the table service does, lists and calls go on: one warning, then 10 s in which it is left alone.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableTroubleTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const int Trouble = 1020;

    private static readonly Dictionary<string, Func<HttpContext, Task>> s_troubles = new()
    {
        ["a lost connection"] = FakeTableService.Reset,
        ["half an answer"] = FakeTableService.HalfAnAnswer,
        ["503"] = FakeTableService.Status(503, "ServerBusy"),
        ["500"] = FakeTableService.Status(500, "InternalError"),
        ["403"] = FakeTableService.Status(403, "AuthenticationFailed"),
        ["404 of something else"] = FakeTableService.Status(404, body: "<html>no such page</html>"),
        ["a redirect"] = FakeTableService.Status(302),
        ["200 without a body"] = FakeTableService.Status(200),
        ["HTML"] = FakeTableService.Row("<html>Sign in</html>"),
        ["a list"] = FakeTableService.Row("[]"),
        ["a row without keys"] = FakeTableService.Row("{}"),
        ["half a row"] = FakeTableService.Row("""{"PartitionKey":"p","Row"""),
        ["a broken binary"] = FakeTableService.Row(
            """{"PartitionKey":"p","RowKey":"r","Part00@odata.type":"Edm.Binary","Part00":"%%%"}"""
        ),
        ["a broken date"] = FakeTableService.Row(
            """{"PartitionKey":"p","RowKey":"r","Expires@odata.type":"Edm.DateTime","Expires":"soon"}"""
        ),
    };

    private TableRig _rig = null!;

    public static TheoryData<string> Troubles => [.. s_troubles.Keys];

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeTheory]
    [MemberData(nameof(Troubles))]
    public async Task A_list_succeeds_with_one_warning_and_the_table_is_left_alone_for_10_seconds(string trouble)
    {
        _rig.Proxy.Fail(s_troubles[trouble]);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
        Assert.Equal("paused", (await TableRig.ReportAsync(_rig.First)).GetProperty("table").GetString());
        var asked = _rig.Proxy.Requests.Count;

        _rig.Proxy.Heal();
        _rig.Advance(9.9);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.OtherToken));
        Assert.False((await _rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        Assert.Equal(asked, _rig.Proxy.Requests.Count);

        _rig.Advance(0.1);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, "a-third-callers-token"));
        Assert.True(_rig.Proxy.Requests.Count > asked);
        Assert.Single(await _rig.FormRowsAsync());
        Assert.Equal("in use", (await TableRig.ReportAsync(_rig.First)).GetProperty("table").GetString());
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task Forty_lists_at_once_in_trouble_make_one_warning()
    {
        _rig.Proxy.Fail(FakeTableService.Reset);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task Trouble_that_lasts_makes_one_warning_every_10_seconds()
    {
        _rig.Proxy.Fail(FakeTableService.Reset);
        for (var second = 0; second < 40; second++)
        {
            Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, $"token-of-caller-{second:00}"));
            _rig.Advance(1);
        }

        Assert.Equal([Trouble, Trouble, Trouble, Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task In_trouble_memory_keeps_what_it_has_for_its_whole_remaining_life()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Proxy.Fail(FakeTableService.Reset);
        for (var second = 0; second < 299; second += 23)
        {
            _rig.Advance(23);
            Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        }

        _rig.Advance(1);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
    }

    [NodeFact]
    public async Task What_came_from_the_table_is_kept_in_trouble_for_its_remaining_life_and_no_longer()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Advance(100);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        _rig.Proxy.Fail(FakeTableService.Reset);
        _rig.Advance(199.9);
        Assert.Equal(100, await TableRig.TtlAsync(_rig.First));
        _rig.Advance(0.1);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
    }

    [NodeFact]
    public async Task A_service_that_cannot_be_reached_at_start_is_used_once_it_can()
    {
        var port = FreePort.Next();
        var app = await _rig.AddAsync(("TableStorage", TableProxy.ConnectionStringOf(port)));
        Assert.Equal(1, await _rig.CallsOfListAsync(app));
        Assert.Equal(0, await _rig.CallsOfListAsync(app));
        Assert.Equal([Trouble], TableRig.Warnings(app));
        await using var service = await TableProxy.StartAsync(azurite, port);
        _rig.Advance(10);
        Assert.Equal(1, await _rig.CallsOfListAsync(app, Given.OtherToken));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
    }

    [NodeFact]
    public async Task A_service_that_comes_back_empty_is_filled_again()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        await _rig.DeleteTableAsync("schemas");
        _rig.Advance(61);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Single(await _rig.FormRowsAsync());
    }

    [NodeTheory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task A_slow_service_costs_a_request_2_seconds_at_most_and_the_next_nothing(string method)
    {
        var silent = new TaskCompletionSource();
        _rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == method)
            {
                await silent.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return context.Request.Method == method;
        };

        // What only waits for a limit need not wait long; that a write is waited for by nobody shows in real time alone.
        _rig.Clock.Haste = method == "GET" ? 5 : 1;
        var watch = Stopwatch.StartNew();
        Assert.Contains("create_request", (await _rig.First.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(method == "GET" ? 6 : 1.9));
        await TableRig.DrainAsync(_rig.First);
        Assert.True(TableRig.IsPaused(_rig.First));

        watch.Restart();
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.OtherToken));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.9));
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task Writes_that_wait_when_trouble_begins_do_not_touch_the_table()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Proxy.Before = async context =>
        {
            if (context.Request.Method != "PUT")
            {
                return false;
            }

            await gate.Task;
            await FakeTableService.Status(403)(context);
            return true;
        };
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        await Eventually.TrueAsync(() => Writes() >= 16, "as many writes as may be are under way");
        gate.SetResult();
        await TableRig.DrainAsync(_rig.First);
        Assert.InRange(Writes(), 16, 32);
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task A_drop_that_has_to_wait_for_slow_writes_takes_2_seconds_at_most()
    {
        var silent = new TaskCompletionSource();
        _rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == "PUT")
            {
                await silent.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return context.Request.Method == "PUT";
        };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        var watch = Stopwatch.StartNew();
        await TableRig.DropMineAsync(_rig.First, "token-of-caller-39");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
        await TableRig.DrainAsync(_rig.First);
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    private int Writes() => _rig.Proxy.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal));
}
