using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>What one caller's drop or refused token takes away, in memory and in the table.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesDropTests(AzuriteServer azurite) : TableTests(azurite)
{
    [NodeFact]
    public async Task A_caller_drops_own_entries_in_both_levels_and_nobody_elses()
    {
        await Rig.CallsOfListAsync(Rig.First, Given.Token);
        await Rig.CallsOfListAsync(Rig.First, Given.OtherToken);
        var rows = await Rig.FormRowsAsync();
        Assert.Equal(2, rows.Count);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(Rig.First, Given.Token));

        Assert.Single(await Rig.FormRowsAsync());
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First, Given.OtherToken));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, Given.Token));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task Without_a_bearer_token_it_is_401_and_drops_nothing()
    {
        await Rig.CallsOfListAsync(Rig.First);
        Assert.Equal(HttpStatusCode.Unauthorized, await TableRig.DropMineAsync(Rig.First, null));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.Single(await Rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_drop_with_a_made_up_token_takes_nothing_from_anybody()
    {
        await Rig.CallsOfListAsync(Rig.First);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(Rig.First, Given.Token + "x"));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
    }

    [NodeFact]
    public async Task A_drop_reaches_the_row_that_the_other_instance_wrote_after_an_invalidation()
    {
        await Rig.CallsOfListAsync(Rig.First);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.Second));
        await Rig.CallsOfListAsync(Rig.Second);

        // The first still looks in the old generation, in which it finds this caller's old row.
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(Rig.First, Given.Token));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(Rig.First, Given.Token));
        Rig.Advance(60);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
    }

    [NodeFact]
    public async Task A_drop_during_a_slow_write_of_the_row_leaves_no_row()
    {
        var (writing, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        Rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == "PUT")
            {
                writing.TrySetResult();
                await gate.Task;
            }

            return false;
        };
        await Rig.First.Rpc.ListAsync(Given.Token);
        await writing.Task;
        var drop = TableRig.DropMineAsync(Rig.First, Given.Token);
        await Eventually.TrueAsync(() => Rig.First.Log.Of(1005).Any(), "the drop begins");
        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, await drop);
        Assert.Empty(await Rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_question_under_way_during_a_drop_stores_nothing()
    {
        var gate = Rig.HoldForms();
        var list = Rig.First.Rpc.ListAsync(Given.Token);
        await Rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(Rig.First, Given.Token));
        gate.SetResult();
        await list;
        await TableRig.DrainAsync(Rig.First);
        Assert.Empty(await Rig.FormRowsAsync());
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
    }

    [NodeTheory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_submission_deletes_the_callers_row(int status)
    {
        await Rig.CallsOfListAsync(Rig.First, Given.OtherToken);
        await Rig.CallsOfListAsync(Rig.First, Given.Token);
        Rig.Api.OnSubmit = FormApiAnswers.Status(status);
        Assert.Equal("submission_failed", (await Rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token)).ErrorCode);
        Assert.Single(await Rig.FormRowsAsync());
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second, Given.Token));
    }

    [NodeTheory]
    [InlineData(401, "token_rejected", 0)]
    [InlineData(403, "form_unavailable", 1)]
    public async Task A_refused_token_deletes_the_callers_rows_of_the_other_forms_and_a_forbidden_form_does_not(
        int status,
        string code,
        int left
    )
    {
        await using var second = await FakeFormApi.StartAsync();
        second.ServeFields(Given.Fields);
        var app = await Rig.AddAsync(("Forms:1:Tool", "second"), ("Forms:1:Url", second.FormUrl));
        Assert.False((await app.Rpc.CallAsync("second", Given.Call, Given.Token)).IsError);
        await TableRig.DrainAsync(app);
        Assert.Single(await Rig.FormRowsAsync());
        Rig.Api.OnForm = FormApiAnswers.Status(status);
        Assert.Equal(code, (await app.Rpc.CallAsync("create_request", Given.Call, Given.Token)).ErrorCode);
        Assert.Equal(left, (await Rig.FormRowsAsync()).Count);
    }
}
