using System.Diagnostics;
using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Many refused tokens at once, on a table that is slow and works: a stranger's queue is no trouble with the
/// table.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableFloodTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const int Trouble = 1020;
    private const int Haste = 5;

    private static readonly string[] s_strangers = [.. Enumerable.Range(0, 250).Select(n => $"made-up-token-{n:000}")];

    private TableRig _rig = null!;

    public async Task InitializeAsync()
    {
        if (NodeRig.Missing is null)
        {
            _rig = await TableRig.StartAsync(azurite);
            Slow(30);
        }
    }

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

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
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        await FloodAsync(strangers);
        AssertInUse();
        Assert.InRange(GenerationReads(), 1, strangers / 4);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.OtherToken));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
    }

    [NodeFact]
    public async Task Lists_of_250_tokens_that_the_form_api_refuses_do_not_pause_the_table()
    {
        _rig.Api.OnForm = FormApiAnswers.Status(401);
        var lists = await Task.WhenAll(s_strangers.Select(token => _rig.First.Rpc.ListAsync(token)));
        Assert.All(lists, list => Assert.Equal("rejected", list.FallbackReason));
        AssertInUse();
        Assert.InRange(GenerationReads(), 1, 60);
    }

    [NodeFact]
    public async Task A_token_that_is_refused_during_a_flood_is_gone_from_the_other_instance_within_its_memorys_life()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Api.OnSubmit = FormApiAnswers.Status(401);
        var flood = FloodAsync();
        await _rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await flood;
        await GoneAsync();
        AssertInUse();

        _rig.Api.OnForm = FormApiAnswers.Status(401);
        _rig.Advance(60);
        Assert.Equal("rejected", (await _rig.Second.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    [NodeFact]
    public async Task An_outage_of_sign_in_that_refuses_everybody_takes_their_rows_away_and_does_not_pause_the_table()
    {
        string[] callers = [.. Enumerable.Range(0, 60).Select(n => $"token-of-caller-{n:00}")];
        await Task.WhenAll(callers.Select(caller => _rig.CallsOfListAsync(_rig.First, caller)));
        Assert.Equal(callers.Length, (await _rig.FormRowsAsync()).Count);
        _rig.Advance(301);
        await Task.WhenAll(callers.Select(caller => _rig.CallsOfListAsync(_rig.Second, caller)));

        _rig.Api.OnForm = FormApiAnswers.Status(401);
        _rig.Api.OnSubmit = FormApiAnswers.Status(401);
        await Task.WhenAll(callers.Select(caller => _rig.First.Rpc.CallAsync("create_request", Given.Call, caller)));
        await GoneAsync();
        AssertInUse();
    }

    [NodeFact]
    public async Task A_row_that_could_not_be_deleted_is_deleted_once_the_table_answers_again_without_being_asked_for()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Proxy.Fail(FakeTableService.Reset);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.DropMineAsync(_rig.First, Given.Token));
        Assert.Single(await _rig.FormRowsAsync());
        Assert.True(TableRig.IsPaused(_rig.First));

        _rig.Clock.Haste = Haste;
        _rig.Proxy.Heal();
        await GoneAsync();
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
    }

    [NodeFact]
    public async Task A_row_that_is_undeleted_is_tried_again_while_trouble_lasts_at_most_once_a_second_and_without_a_line_each()
    {
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        _rig.Proxy.Fail(FakeTableService.Status(503));
        _rig.Clock.Haste = Haste;
        await TableRig.DropMineAsync(_rig.First, Given.Token);
        var before = _rig.Proxy.Requests.Count;
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => _rig.Proxy.Requests.Count - before >= 8, "it is tried four times more, twice each");
        Assert.InRange(_rig.Proxy.Requests.Count - before, 8, 2 * (1 + (watch.Elapsed.TotalSeconds * Haste)));
        Assert.Equal([Trouble], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task A_drop_never_trusts_a_look_at_the_generation_that_began_before_it()
    {
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Proxy.After = async context =>
        {
            if (TableProxy.IsGeneration(context) && underWay.TrySetResult())
            {
                await read.Task;
            }
        };
        var list = _rig.First.Rpc.ListAsync(Given.OtherToken);
        await underWay.Task;
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.Second));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        var row = Assert.Single(await _rig.FormRowsAsync()).RowKey;
        var drop = TableRig.DropMineAsync(_rig.First, Given.Token);
        await Eventually.TrueAsync(() => _rig.First.Log.Of(1005).Any(), "the drop begins");
        read.SetResult();
        Assert.Equal(HttpStatusCode.OK, await drop);
        await list;
        await TableRig.DrainAsync(_rig.First);
        Assert.DoesNotContain(await _rig.FormRowsAsync(), one => one.RowKey == row);
    }

    private void Slow(int milliseconds) =>
        _rig.Proxy.Before = async context =>
        {
            await Task.Delay(milliseconds, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        };

    private Task<HttpStatusCode[]> FloodAsync(int strangers = 250) =>
        Task.WhenAll(s_strangers.Take(strangers).Select(token => TableRig.DropMineAsync(_rig.First, token)));

    private int GenerationReads() =>
        _rig.Proxy.Requests.Count(request =>
            request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("'generation'", StringComparison.Ordinal)
        );

    private void AssertInUse()
    {
        Assert.False(TableRig.IsPaused(_rig.First));
        Assert.DoesNotContain(Trouble, TableRig.Warnings(_rig.First));
    }

    private Task GoneAsync() =>
        Eventually.TrueAsync(async () => (await _rig.FormRowsAsync()).Count == 0, "no form is stored any more");
}
