using System.Diagnostics;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>A table service that is slow is waited for 2 seconds at most, and by nobody for a write.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableSlowTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Trouble = 1020;

    [NodeTheory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task A_slow_service_costs_a_request_2_seconds_at_most_and_the_next_nothing(string method)
    {
        var silent = new TaskCompletionSource();
        Rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == method)
            {
                await silent.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return context.Request.Method == method;
        };

        // What only waits for a limit need not wait long; that a write is waited for by nobody shows in real time alone.
        Rig.Clock.Haste = method == "GET" ? 5 : 1;
        var watch = Stopwatch.StartNew();
        Assert.Contains("create_request", (await Rig.First.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(method == "GET" ? 6 : 1.9));
        await TableRig.DrainAsync(Rig.First);
        Assert.True(TableRig.IsPaused(Rig.First));

        watch.Restart();
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, Given.OtherToken));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.9));
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task Writes_that_wait_when_trouble_begins_do_not_touch_the_table()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Rig.Proxy.Before = async context =>
        {
            if (context.Request.Method != "PUT")
            {
                return false;
            }

            await gate.Task;
            await FakeTableService.Status(403)(context);
            return true;
        };
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        await Eventually.TrueAsync(() => Writes() >= 16, "as many writes as may be are under way");
        gate.SetResult();
        await TableRig.DrainAsync(Rig.First);
        Assert.InRange(Writes(), 16, 32);
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task A_drop_that_has_to_wait_for_slow_writes_takes_2_seconds_at_most()
    {
        var silent = new TaskCompletionSource();
        Rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == "PUT")
            {
                await silent.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return context.Request.Method == "PUT";
        };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        var watch = Stopwatch.StartNew();
        await TableRig.DropMineAsync(Rig.First, "token-of-caller-39");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
        await TableRig.DrainAsync(Rig.First);
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
    }

    private int Writes() => Rig.Proxy.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal));
}
