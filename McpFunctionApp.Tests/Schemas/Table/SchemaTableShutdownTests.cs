using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>An instance that stops finishes the writes of everything it has answered.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableShutdownTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Callers = 120;

    [NodeFact]
    public async Task Stopping_right_after_many_lists_loses_no_row()
    {
        Rig.Proxy.Before = async context =>
        {
            await Task.Delay(context.Request.Method == "PUT" ? 40 : 0);
            return false;
        };
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Rig.First.Rpc.ListAsync($"token-of-caller-{i:000}")));
        Assert.True((await Rig.FormRowsAsync()).Count < Callers);
        await Rig.StopAsync(Rig.First);
        Assert.Equal(Callers, (await Rig.FormRowsAsync()).Count);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, "token-of-caller-000"));
    }

    [NodeFact]
    public async Task A_list_under_way_when_the_stop_begins_is_answered_and_stored()
    {
        var gate = Rig.HoldForms();
        using var http = new HttpClient { BaseAddress = Rig.First.Http.BaseAddress };
        var list = new RpcClient(http).ListAsync(Given.Token);
        await Rig.AskedAsync(1);
        var stop = Rig.StopAsync(Rig.First).AsTask();
        gate.SetResult();
        Assert.Contains("create_request", (await list).ToolNames);
        await stop;
        Assert.Single(await Rig.FormRowsAsync());
    }
}
