using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>
/// After <c>DELETE /cache</c> nothing from before it is shown: at once on the instance that was told, on the other at
/// the latest 60 s after, whatever it had done just before.
/// </summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesInvalidationTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const string New = """{"paramName":"new_field","type":"TextFieldRest"}""";

    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task The_instance_that_is_told_forgets_everybody_at_once()
    {
        foreach (var token in (string[])[Given.Token, Given.OtherToken])
        {
            Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, token));
        }

        await ChangeAndInvalidateAsync(_rig.First);
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
        Assert.True(await IsNewAsync(_rig.First, Given.OtherToken));
    }

    [NodeTheory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_which_loaded_from_the_table_before_follows_within_60_seconds(double before)
    {
        await _rig.CallsOfListAsync(_rig.First);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Advance(before);
        await ChangeAndInvalidateAsync(_rig.First);
        await AssertFollowsAsync(_rig.Second);
    }

    [NodeTheory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_which_fetched_from_the_form_api_before_follows_within_60_seconds(double before)
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Advance(before);
        await ChangeAndInvalidateAsync(_rig.First);
        await AssertFollowsAsync(_rig.Second);
    }

    [NodeTheory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_whose_generation_is_older_than_its_form_follows_within_60_seconds(double between)
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
        _rig.Advance(between);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Advance(0.05);
        await ChangeAndInvalidateAsync(_rig.First);
        await AssertFollowsAsync(_rig.Second);
    }

    [NodeFact]
    public async Task The_other_which_is_asked_by_a_caller_every_10_seconds_follows_within_60_seconds_for_all()
    {
        for (var i = 0; i < 12; i++)
        {
            await _rig.CallsOfListAsync(_rig.Second, i % 3 == 0 ? Given.Token : Given.OtherToken);
            _rig.Advance(10);
        }

        await ChangeAndInvalidateAsync(_rig.First);
        for (var i = 0; i < 6; i++)
        {
            await _rig.Second.Rpc.ListAsync(Given.OtherToken);
            _rig.Advance(10);
        }

        Assert.True(await IsNewAsync(_rig.Second, Given.OtherToken));
        Assert.True(await IsNewAsync(_rig.Second, Given.Token));
    }

    [NodeTheory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task A_question_under_way_on_the_other_is_no_longer_shown_60_seconds_after(double answeredAfter)
    {
        var gate = _rig.HoldForms();
        var underWay = _rig.Second.Rpc.ListAsync(Given.Token);
        await _rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.First));
        _rig.Advance(answeredAfter);
        gate.SetResult();
        Assert.Contains("create_request", (await underWay).ToolNames);
        await TableRig.DrainAsync(_rig.Second);
        _rig.Api.ServeFields(New);

        Assert.True(await IsNewAsync(_rig.First, Given.Token));
        _rig.Advance(60 - answeredAfter);
        Assert.True(await IsNewAsync(_rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task A_question_under_way_on_the_same_instance_is_answered_and_stored_nowhere()
    {
        var gate = _rig.HoldForms();
        var underWay = _rig.First.Rpc.ListAsync(Given.Token);
        await _rig.AskedAsync(1);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.First));
        gate.SetResult();
        Assert.Contains("create_request", (await underWay).ToolNames);
        await TableRig.DrainAsync(_rig.First);
        Assert.Empty(await _rig.FormRowsAsync());
        _rig.Api.ServeFields(New);
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Whoever_asks_after_it_does_not_join_a_question_from_before_it()
    {
        var gate = _rig.HoldForms();
        var before = _rig.First.Rpc.ListAsync(Given.Token);
        await _rig.AskedAsync(1);
        await ChangeAndInvalidateAsync(_rig.First);
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
        gate.SetResult();
        Assert.Contains("create_request", (await before).ToolNames);
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task A_generation_that_was_read_before_it_and_arrives_after_it_does_not_bring_the_old_forms_back()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Advance(60);
        var (arrived, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _rig.Proxy.After = context =>
        {
            if (context.Request.Method != "GET" || !TableProxy.IsGeneration(context))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return gate.Task;
        };
        var reading = _rig.First.Rpc.ListAsync(Given.Token);
        await arrived.Task;
        await ChangeAndInvalidateAsync(_rig.First);
        gate.SetResult();
        await reading;
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task A_row_that_was_read_before_it_and_arrives_after_it_is_not_kept()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Advance(60);
        var (arrived, gate) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _rig.Proxy.After = context =>
        {
            if (context.Request.Method != "GET" || TableProxy.IsGeneration(context))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return gate.Task;
        };
        var reading = _rig.First.Rpc.ListAsync(Given.Token);
        await arrived.Task;
        await ChangeAndInvalidateAsync(_rig.First);
        gate.SetResult();
        await reading;
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Two_at_once_on_two_instances_leave_both_with_new_forms()
    {
        await _rig.CallsOfListAsync(_rig.First);
        await _rig.CallsOfListAsync(_rig.Second);
        _rig.Api.ServeFields(New);
        Assert.All(
            await Task.WhenAll(TableRig.InvalidateAsync(_rig.First), TableRig.InvalidateAsync(_rig.Second)),
            status => Assert.Equal(HttpStatusCode.OK, status)
        );
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
        Assert.True(await IsNewAsync(_rig.Second, Given.Token));
        _rig.Advance(60);
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
        Assert.True(await IsNewAsync(_rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task What_was_fetched_while_the_table_was_in_trouble_is_forgotten_too()
    {
        _rig.Proxy.Fail(FormApiAnswers.Status(503));
        await _rig.CallsOfListAsync(_rig.First);
        _rig.Proxy.Heal();
        _rig.Advance(20);
        await ChangeAndInvalidateAsync(_rig.Second);
        _rig.Advance(50);

        // The first learns of the new generation by another caller's list; then the table is in trouble again.
        Assert.True(await IsNewAsync(_rig.First, Given.OtherToken));
        _rig.Proxy.Fail(FormApiAnswers.Status(503));
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Where_the_table_cannot_be_told_the_instance_forgets_and_says_503()
    {
        await _rig.CallsOfListAsync(_rig.First);
        _rig.Proxy.Fail(FormApiAnswers.Status(503));
        _rig.Api.ServeFields(New);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.InvalidateAsync(_rig.First));
        Assert.True(await IsNewAsync(_rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Without_the_key_nothing_is_forgotten()
    {
        await _rig.CallsOfListAsync(_rig.First);
        using var response = await _rig.First.Http.DeleteAsync("/cache");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
    }

    private async Task ChangeAndInvalidateAsync(TestApp app)
    {
        _rig.Api.ServeFields(New);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(app));
    }

    /// <summary>It may show the old form until 60 s after, and not a moment longer.</summary>
    private async Task AssertFollowsAsync(TestApp app)
    {
        await IsNewAsync(app, Given.Token);
        _rig.Advance(59.9);
        await IsNewAsync(app, Given.Token);
        _rig.Advance(0.1);
        Assert.True(await IsNewAsync(app, Given.Token));
    }

    private static async Task<bool> IsNewAsync(TestApp app, string token)
    {
        var answer = await app.Rpc.ListAsync(token);
        await TableRig.DrainAsync(app);
        return answer.Tool("create_request")["inputSchema"]!["properties"]!["new_field"] is not null;
    }
}
