using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>What is under way on either instance during <c>DELETE /cache</c> does not outlive it.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesRaceTests(AzuriteServer azurite) : InvalidationTests(azurite)
{
    [NodeTheory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task A_question_under_way_on_the_other_is_no_longer_shown_60_seconds_after(double answeredAfter)
    {
        var gate = Rig.HoldForms();
        var underWay = Rig.Second.Rpc.ListAsync(Given.Token);
        await Rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.First));
        Rig.Advance(answeredAfter);
        gate.SetResult();
        Assert.Contains("create_request", (await underWay).ToolNames);
        await TableRig.DrainAsync(Rig.Second);
        Rig.Api.ServeFields(New);

        Assert.True(await IsNewAsync(Rig.First, Given.Token));
        Rig.Advance(60 - answeredAfter);
        Assert.True(await IsNewAsync(Rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task A_question_under_way_on_the_same_instance_is_answered_and_stored_nowhere()
    {
        var gate = Rig.HoldForms();
        var underWay = Rig.First.Rpc.ListAsync(Given.Token);
        await Rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.First));
        gate.SetResult();
        Assert.Contains("create_request", (await underWay).ToolNames);
        await TableRig.DrainAsync(Rig.First);
        Assert.Empty(await Rig.FormRowsAsync());
        Rig.Api.ServeFields(New);
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Whoever_asks_after_it_does_not_join_a_question_from_before_it()
    {
        var gate = Rig.HoldForms();
        var before = Rig.First.Rpc.ListAsync(Given.Token);
        await Rig.AskedAsync(1);
        await ChangeAndInvalidateAsync(Rig.First);
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
        gate.SetResult();
        Assert.Contains("create_request", (await before).ToolNames);
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }

    [NodeFact]
    public async Task A_generation_that_was_read_before_it_and_arrives_after_it_does_not_bring_the_old_forms_back()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Advance(60);
        var (arrived, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        Rig.Proxy.After = context =>
        {
            if (context.Request.Method != "GET" || !TableProxy.IsGeneration(context))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return gate.Task;
        };
        var reading = Rig.First.Rpc.ListAsync(Given.Token);
        await arrived.Task;
        await ChangeAndInvalidateAsync(Rig.First);
        gate.SetResult();
        await reading;
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }

    [NodeFact]
    public async Task A_row_that_was_read_before_it_and_arrives_after_it_is_not_kept()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Advance(60);
        var (arrived, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        Rig.Proxy.After = context =>
        {
            if (context.Request.Method != "GET" || TableProxy.IsGeneration(context))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return gate.Task;
        };
        var reading = Rig.First.Rpc.ListAsync(Given.Token);
        await arrived.Task;
        await ChangeAndInvalidateAsync(Rig.First);
        gate.SetResult();
        await reading;
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }
}
