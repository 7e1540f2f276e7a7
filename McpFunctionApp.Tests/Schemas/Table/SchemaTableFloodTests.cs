using System.Diagnostics;
using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>Many refused tokens at once, on a table that is slow and works: a stranger's queue is no trouble with the
/// table.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableFloodTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Trouble = 1020;
    private const int Haste = 5;

    private static readonly string[] s_strangers = [.. Enumerable.Range(0, 250).Select(n => $"made-up-token-{n:000}")];

    protected override Task PrepareAsync()
    {
        Slow(30);
        return Task.CompletedTask;
    }

    [NodeTheory]
    [InlineData(30, 250)]
    [InlineData(400, 100)]
    public async Task Drops_of_many_made_up_tokens_at_once_do_not_pause_the_table_and_share_looks_at_the_generation(
        int milliseconds,
        int strangers
    )
    {
        // Sixteen at once: the last of them waits here for longer than the 2 s that one of them may take.
        Slow(milliseconds);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        await FloodAsync(strangers);
        AssertInUse();
        Assert.InRange(GenerationReads(), 1, strangers / 4);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, Given.OtherToken));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
    }

    [NodeFact]
    public async Task Lists_of_250_tokens_that_the_form_api_refuses_do_not_pause_the_table()
    {
        Rig.Api.OnForm = FormApiAnswers.Status(401);
        var lists = await Task.WhenAll(s_strangers.Select(token => Rig.First.Rpc.ListAsync(token)));
        Assert.All(lists, list => Assert.Equal("rejected", list.FallbackReason));
        AssertInUse();
        Assert.InRange(GenerationReads(), 1, 60);
    }

    [NodeFact]
    public async Task A_token_that_is_refused_during_a_flood_is_gone_from_the_other_instance_within_its_memorys_life()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Api.OnSubmit = FormApiAnswers.Status(401);
        var flood = FloodAsync();
        await Rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await flood;
        await GoneAsync();
        AssertInUse();

        Rig.Api.OnForm = FormApiAnswers.Status(401);
        Rig.Advance(60);
        Assert.Equal("rejected", (await Rig.Second.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    [NodeFact]
    public async Task An_outage_of_sign_in_that_refuses_everybody_takes_their_rows_away_and_does_not_pause_the_table()
    {
        string[] callers = [.. Enumerable.Range(0, 60).Select(n => $"token-of-caller-{n:00}")];
        await Task.WhenAll(callers.Select(caller => Rig.CallsOfListAsync(Rig.First, caller)));
        Assert.Equal(callers.Length, (await Rig.FormRowsAsync()).Count);
        Rig.Advance(301);
        await Task.WhenAll(callers.Select(caller => Rig.CallsOfListAsync(Rig.Second, caller)));

        Rig.Api.OnForm = FormApiAnswers.Status(401);
        Rig.Api.OnSubmit = FormApiAnswers.Status(401);
        await Task.WhenAll(callers.Select(caller => Rig.First.Rpc.CallAsync("create_request", Given.Call, caller)));
        await GoneAsync();
        AssertInUse();
    }

    [NodeFact]
    public async Task A_row_that_could_not_be_deleted_is_deleted_once_the_table_answers_again_without_being_asked_for()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Proxy.Fail(FakeTableService.Reset);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.DropMineAsync(Rig.First, Given.Token));
        Assert.Single(await Rig.FormRowsAsync());
        Assert.True(TableRig.IsPaused(Rig.First));

        Rig.Clock.Haste = Haste;
        Rig.Proxy.Heal();
        await GoneAsync();
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
    }

    [NodeFact]
    public async Task A_row_that_is_undeleted_is_tried_again_while_trouble_lasts_at_most_once_a_second_and_without_a_line_each()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Proxy.Fail(FakeTableService.Status(503));
        Rig.Clock.Haste = Haste;
        await TableRig.DropMineAsync(Rig.First, Given.Token);
        var before = Rig.Proxy.Requests.Count;
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => Rig.Proxy.Requests.Count - before >= 8, "it is tried four times more, twice each");
        Assert.InRange(Rig.Proxy.Requests.Count - before, 8, 2 * (1 + (watch.Elapsed.TotalSeconds * Haste)));
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task A_drop_never_trusts_a_look_at_the_generation_that_began_before_it()
    {
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Rig.Proxy.After = async context =>
        {
            if (TableProxy.IsGeneration(context) && underWay.TrySetResult())
            {
                await read.Task;
            }
        };
        var list = Rig.First.Rpc.ListAsync(Given.OtherToken);
        await underWay.Task;
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.Second));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        var row = Assert.Single(await Rig.FormRowsAsync()).RowKey;
        var drop = TableRig.DropMineAsync(Rig.First, Given.Token);
        await Eventually.TrueAsync(() => Rig.First.Log.Of(1005).Any(), "the drop begins");
        read.SetResult();
        Assert.Equal(HttpStatusCode.OK, await drop);
        await list;
        await TableRig.DrainAsync(Rig.First);
        Assert.DoesNotContain(await Rig.FormRowsAsync(), one => one.RowKey == row);
    }

    private void Slow(int milliseconds) =>
        Rig.Proxy.Before = async context =>
        {
            await Task.Delay(milliseconds, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        };

    private Task<HttpStatusCode[]> FloodAsync(int strangers = 250) =>
        Task.WhenAll(s_strangers.Take(strangers).Select(token => TableRig.DropMineAsync(Rig.First, token)));

    private int GenerationReads() =>
        Rig.Proxy.Requests.Count(request =>
            request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("'generation'", StringComparison.Ordinal)
        );

    private void AssertInUse()
    {
        Assert.False(TableRig.IsPaused(Rig.First));
        Assert.DoesNotContain(Trouble, TableRig.Warnings(Rig.First));
    }

    private Task GoneAsync() =>
        Eventually.TrueAsync(async () => (await Rig.FormRowsAsync()).Count == 0, "no form is stored any more");
}
