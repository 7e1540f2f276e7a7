using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>An instance that stops finishes the writes of everything it has answered.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableShutdownTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const int Callers = 120;

    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task Stopping_right_after_many_lists_loses_no_row()
    {
        _rig.Proxy.Before = async context =>
        {
            await Task.Delay(context.Request.Method == "PUT" ? 40 : 0);
            return false;
        };
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => _rig.First.Rpc.ListAsync($"token-of-caller-{i:000}")));
        Assert.True((await _rig.FormRowsAsync()).Count < Callers);
        await _rig.StopAsync(_rig.First);
        Assert.Equal(Callers, (await _rig.FormRowsAsync()).Count);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, "token-of-caller-000"));
    }

    [NodeFact]
    public async Task A_list_under_way_when_the_stop_begins_is_answered_and_stored()
    {
        var gate = _rig.HoldForms();
        using var http = new HttpClient { BaseAddress = _rig.First.Http.BaseAddress };
        var list = new RpcClient(http).ListAsync(Given.Token);
        await _rig.AskedAsync(1);
        var stop = _rig.StopAsync(_rig.First).AsTask();
        gate.SetResult();
        Assert.Contains("create_request", (await list).ToolNames);
        await stop;
        Assert.Single(await _rig.FormRowsAsync());
    }
}
