using McpFunctionApp.Administration;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Asking;

/// <summary>Instances that share a table go on with each other's questions, and submit each once.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TwoInstancesAskingTests(AzuriteServer azurite) : IAsyncLifetime
{
    /// <summary>How many exchanges the large test makes; a thousand take minutes.</summary>
    private const string ExchangesVariable = "ASKING_EXCHANGES";

    private const int NotClaimed = 2031;

    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task Rounds_go_to_each_in_turn_half_of_them_twice_at_once_and_each_exchange_is_submitted_once()
    {
        var count = AllTests.NumberOf(ExchangesVariable) ?? 40;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (n, _) => await ExchangeAsync(n)
        );
        var submitted = _rig.Api.Submissions.Select(call => call.Body).ToList();
        Assert.Equal(count, submitted.Count);
        Assert.Equal(count, submitted.Distinct().Count());
        Assert.Equal(count, _rig.Api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).Distinct().Count());
        Assert.Equal(count, (await _rig.RowsAsync("claims")).Count);
    }

    [NodeFact]
    public async Task Nothing_is_read_before_the_first_question()
    {
        await _rig.First.Rpc.ListAsync(Given.Token);
        await _rig.First.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await _rig.First.Rpc.AskAsync(Given.Call);
        Assert.DoesNotContain(
            _rig.Proxy.Requests,
            request => request.Contains("keys", StringComparison.Ordinal) || request.Contains("claims", StringComparison.Ordinal)
        );
    }

    [NodeFact]
    public async Task A_claim_that_cannot_be_written_ends_the_call_and_nothing_is_submitted()
    {
        var asked = await _rig.First.Rpc.AskAsync("{}");
        var key = await _rig.First.Rpc.DraftKeyAsync();
        _rig.Proxy.Fail(FakeTableService.Reset);
        Assert.Equal("form_unavailable", (await _rig.First.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""")).ErrorCode);
        Assert.Equal("form_unavailable", (await _rig.First.Rpc.SendDraftAsync(Given.Call, key)).ErrorCode);
        Assert.Equal(2, _rig.First.Log.Of(NotClaimed).Count());
        Assert.Empty(_rig.Api.Submissions);
        _rig.Proxy.Heal();
        Assert.False((await _rig.First.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""")).IsError);
    }

    [NodeFact]
    public async Task A_draft_that_one_has_sent_is_used_on_the_other()
    {
        var key = await _rig.First.Rpc.DraftKeyAsync();
        Assert.False((await _rig.Second.Rpc.SendDraftAsync(Given.Call, key)).IsError);
        var again = await _rig.First.Rpc.SendDraftAsync(Given.Call, key);
        Assert.Equal("state_used", again.ErrorCode);
        Assert.False(again.ErrorMeta().ContainsKey("receipt"));
    }

    [NodeFact]
    public async Task Claims_are_removed_once_their_keys_cannot_be_used_any_more_and_keys_last()
    {
        await _rig.Second.Rpc.SendDraftAsync(Given.Call, await _rig.First.Rpc.DraftKeyAsync());
        var purge = _rig.First.Services.GetRequiredService<PurgeJob>();
        await purge.RunAsync(CancellationToken.None);
        Assert.Single(await _rig.RowsAsync("claims"));
        _rig.Clock.Advance(TimeSpan.FromHours(26));
        await purge.RunAsync(CancellationToken.None);
        Assert.Empty(await _rig.RowsAsync("claims"));
        Assert.Single(await _rig.RowsAsync("keys"));
    }

    [NodeFact]
    public async Task No_row_holds_what_a_token_or_an_answer_says()
    {
        var asked = await _rig.First.Rpc.AskAsync("{}");
        await _rig.Second.Rpc.AcceptAsync("{}", asked, """{"subject":"something private"}""");
        var rows = (await _rig.RowsAsync("claims")).Concat(await _rig.RowsAsync("keys"));
        Assert.All(
            rows.SelectMany(row => row.Values.Values),
            value => Assert.DoesNotContain("private", value.ToString(), StringComparison.Ordinal)
        );
    }

    private async Task ExchangeAsync(int n)
    {
        var (one, other) = n % 2 == 0 ? (_rig.First, _rig.Second) : (_rig.Second, _rig.First);
        var asked = await one.Rpc.AskAsync("""{"priority":"hihg"}""");
        var again = await other.Rpc.AcceptAsync("""{"priority":"hihg"}""", asked, """{"subject":"","priority":"low"}""");
        Assert.True(again.IsAsked(), again.Body);
        var content = $$"""{"subject":"exchange {{n}}"}""";
        TestApp[] targets = n % 4 < 2 ? [one] : [one, other];
        var answers = await Task.WhenAll(targets.Select(app => app.Rpc.AcceptAsync("""{"priority":"hihg"}""", again, content)));
        Assert.Single(answers, answer => !answer.IsError);
        Assert.All(answers.Where(answer => answer.IsError), answer => Assert.Equal("state_used", answer.ErrorCode));
    }
}
