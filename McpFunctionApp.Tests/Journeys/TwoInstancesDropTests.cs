using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>What one caller's drop or refused token takes away, in memory and in the table.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesDropTests(AzuriteServer azurite) : IAsyncLifetime
{
    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task A_caller_drops_own_entries_in_both_levels_and_nobody_elses()
    {
        await _rig.CallsOfListAsync(_rig.First, Given.Token);
        await _rig.CallsOfListAsync(_rig.First, Given.OtherToken);
        var rows = await _rig.FormRowsAsync();
        Assert.Equal(2, rows.Count);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(_rig.First, Given.Token));

        Assert.Single(await _rig.FormRowsAsync());
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First, Given.OtherToken));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.Token));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task Without_a_bearer_token_it_is_401_and_drops_nothing()
    {
        await _rig.CallsOfListAsync(_rig.First);
        Assert.Equal(HttpStatusCode.Unauthorized, await TableRig.DropMineAsync(_rig.First, null));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Single(await _rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_drop_with_a_made_up_token_takes_nothing_from_anybody()
    {
        await _rig.CallsOfListAsync(_rig.First);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(_rig.First, Given.Token + "x"));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
    }

    [NodeFact]
    public async Task A_drop_reaches_the_row_that_the_other_instance_wrote_after_an_invalidation()
    {
        await _rig.CallsOfListAsync(_rig.First);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.Second));
        await _rig.CallsOfListAsync(_rig.Second);

        // The first still looks in the old generation, in which it finds this caller's old row.
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(_rig.First, Given.Token));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(_rig.First, Given.Token));
        _rig.Advance(60);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
    }

    [NodeFact]
    public async Task A_drop_during_a_slow_write_of_the_row_leaves_no_row()
    {
        var (writing, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _rig.Proxy.Before = async context =>
        {
            if (context.Request.Method == "PUT")
            {
                writing.TrySetResult();
                await gate.Task;
            }

            return false;
        };
        await _rig.First.Rpc.ListAsync(Given.Token);
        await writing.Task;
        var drop = TableRig.DropMineAsync(_rig.First, Given.Token);
        await Eventually.TrueAsync(() => _rig.First.Log.Of(1005).Any(), "the drop begins");
        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, await drop);
        Assert.Empty(await _rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_question_under_way_during_a_drop_stores_nothing()
    {
        var gate = _rig.HoldForms();
        var list = _rig.First.Rpc.ListAsync(Given.Token);
        await _rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.DropMineAsync(_rig.First, Given.Token));
        gate.SetResult();
        await list;
        await TableRig.DrainAsync(_rig.First);
        Assert.Empty(await _rig.FormRowsAsync());
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
    }

    [NodeTheory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_submission_deletes_the_callers_row(int status)
    {
        await _rig.CallsOfListAsync(_rig.First, Given.OtherToken);
        await _rig.CallsOfListAsync(_rig.First, Given.Token);
        _rig.Api.OnSubmit = FormApiAnswers.Status(status);
        Assert.Equal("submission_failed", (await _rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token)).ErrorCode);
        Assert.Single(await _rig.FormRowsAsync());
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second, Given.Token));
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
        var app = await _rig.AddAsync(("Forms:1:Tool", "second"), ("Forms:1:Url", second.FormUrl));
        Assert.False((await app.Rpc.CallAsync("second", Given.Call, Given.Token)).IsError);
        await TableRig.DrainAsync(app);
        Assert.Single(await _rig.FormRowsAsync());
        _rig.Api.OnForm = FormApiAnswers.Status(status);
        Assert.Equal(code, (await app.Rpc.CallAsync("create_request", Given.Call, Given.Token)).ErrorCode);
        Assert.Equal(left, (await _rig.FormRowsAsync()).Count);
    }
}
