using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>A refused token's form stays gone, also where the table could not be told to forget it.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class UndeletedRowsTests(AzuriteServer azurite) : TableTests(azurite)
{
    [NodeFact]
    public async Task A_refused_tokens_form_does_not_come_back_from_a_table_that_was_in_trouble()
    {
        await Rig.CallsOfListAsync(Rig.First);
        Rig.Proxy.Fail(FakeTableService.Reset);
        await Rig.First.Rpc.ListAsync(Given.OtherToken);
        Rig.Api.OnSubmit = FormApiAnswers.Status(401);
        await Rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token);

        Rig.Proxy.Heal();
        Rig.Api.OnForm = FormApiAnswers.Status(401);
        Rig.Advance(11);
        Assert.Equal("rejected", (await Rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    [NodeFact]
    public async Task A_row_that_is_written_anew_counts_again()
    {
        Rig.Proxy.Fail(FakeTableService.Reset);
        await Rig.First.Rpc.ListAsync(Given.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.DropMineAsync(Rig.First, Given.Token));

        Rig.Proxy.Heal();
        Rig.Advance(11);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Advance(61);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
    }
}
