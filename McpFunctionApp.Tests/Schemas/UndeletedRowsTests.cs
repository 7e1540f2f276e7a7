using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A refused token's form stays gone, also where the table could not be told to forget it.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class UndeletedRowsTests(AzuriteServer azurite) : IAsyncLifetime
{
    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task A_refused_tokens_form_does_not_come_back_from_a_table_that_was_in_trouble()
    {
        await _rig.CallsOfListAsync(_rig.First);
        _rig.Proxy.Fail(FakeTableService.Reset);
        await _rig.First.Rpc.ListAsync(Given.OtherToken);
        _rig.Api.OnSubmit = FormApiAnswers.Status(401);
        await _rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token);

        _rig.Proxy.Heal();
        _rig.Api.OnForm = FormApiAnswers.Status(401);
        _rig.Advance(11);
        Assert.Equal("rejected", (await _rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    [NodeFact]
    public async Task A_row_that_is_written_anew_counts_again()
    {
        _rig.Proxy.Fail(FakeTableService.Reset);
        await _rig.First.Rpc.ListAsync(Given.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.DropMineAsync(_rig.First, Given.Token));

        _rig.Proxy.Heal();
        _rig.Advance(11);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Advance(61);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
    }
}
