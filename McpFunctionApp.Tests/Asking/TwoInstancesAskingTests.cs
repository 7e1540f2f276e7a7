using System.Globalization;
using System.Xml.Linq;
using McpFunctionApp.Administration;
using McpFunctionApp.Storage;
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

    private const int KeysUnavailable = 2030;
    private const int NotClaimed = 2031;

    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task Rounds_go_to_each_in_turn_half_of_them_twice_at_once_and_each_exchange_is_submitted_once()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(ExchangesVariable) ?? "40", CultureInfo.InvariantCulture);
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
    public async Task First_instances_that_start_together_open_what_the_others_have_sealed()
    {
        TestApp[] apps = [_rig.First, _rig.Second, await _rig.AddAsync(), await _rig.AddAsync()];
        var asked = await Task.WhenAll(apps.Select(app => app.Rpc.AskAsync("{}")));
        for (var n = 0; n < apps.Length; n++)
        {
            foreach (var other in asked.Where((_, place) => place != n))
            {
                var again = await apps[n].Rpc.AcceptAsync("{}", other, """{"subject":""}""");
                Assert.True(again.IsAsked(), again.Body);
            }
        }
    }

    [NodeFact]
    public async Task A_crowd_of_first_questions_and_answers_meets_no_key_that_is_not_known()
    {
        for (var round = 0; round < 5; round++)
        {
            TestApp[] apps = [await _rig.AddAsync(), await _rig.AddAsync()];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 16),
                async (n, _) =>
                {
                    var asked = await apps[n % 2].Rpc.AskAsync("{}");
                    var again = await apps[(n + 1) % 2].Rpc.AcceptAsync("{}", asked, """{"subject":""}""");
                    Assert.True(again.IsAsked(), again.Body);
                }
            );
            foreach (var row in await _rig.RowsAsync("keys"))
            {
                await _rig.Store.DeleteAsync("keys", row.PartitionKey, row.RowKey, CancellationToken.None);
            }
        }
    }

    [NodeFact]
    public async Task After_a_key_has_been_replaced_what_either_has_sealed_is_opened()
    {
        var old = await _rig.First.Rpc.AskAsync("{}");
        await ExpireKeysAsync();
        var fresh = await _rig.AddAsync();
        var sealedAnew = await fresh.Rpc.AskAsync("{}");
        Assert.Equal(2, (await _rig.RowsAsync("keys")).Count);
        Assert.False((await fresh.Rpc.AcceptAsync("{}", old, """{"subject":"old"}""")).IsError);
        Assert.False((await _rig.First.Rpc.AcceptAsync("{}", sealedAnew, """{"subject":"new"}""")).IsError);
    }

    [NodeFact]
    public async Task A_key_that_nobody_knows_reads_the_ring_again_once_in_ten_seconds()
    {
        var state = (await _rig.First.Rpc.AskAsync("{}")).State();
        var unknown = $"{state[..8]}{(state[8] == 'A' ? 'B' : 'A')}{state[9..]}";
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal("state_invalid", (await _rig.First.Rpc.AskAsync("{}", unknown)).ErrorCode);
        }

        Assert.Equal(2, CountReads());
        _rig.Advance(10);
        await _rig.First.Rpc.AskAsync("{}", unknown);
        Assert.Equal(3, CountReads());
    }

    [NodeFact]
    public async Task With_a_ring_that_cannot_be_read_the_answer_is_the_text_and_nothing_goes_on()
    {
        var asked = await _rig.Second.Rpc.AskAsync("{}");
        _rig.Proxy.Fail(FakeTableService.Reset);
        Assert.Equal("invalid_arguments", (await _rig.First.Rpc.AskAsync("{}")).ErrorCode);
        Assert.Equal("form_unavailable", (await _rig.First.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""")).ErrorCode);
        Assert.Equal("form_unavailable", (await _rig.First.Rpc.CallAsync("draft_create_request", "{}", Given.Token)).ErrorCode);
        Assert.Single(_rig.First.Log.Of(KeysUnavailable));
        Assert.Empty(_rig.Api.Submissions);
        _rig.Proxy.Heal();
        _rig.Advance(10);
        Assert.False((await _rig.First.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""")).IsError);
    }

    [NodeFact]
    public async Task Rows_that_are_no_keys_are_passed_over()
    {
        await _rig.Store.UpsertAsync(
            "keys",
            new TableRow("ring", "broken", new Dictionary<string, object> { ["Xml"] = "<key" }),
            CancellationToken.None
        );
        Assert.True((await _rig.First.Rpc.AskAsync("{}")).IsAsked());
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

    private int CountReads() =>
        _rig.Proxy.Requests.Count(request =>
            request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("/keys", StringComparison.Ordinal)
        );

    private async Task ExpireKeysAsync()
    {
        foreach (var row in await _rig.RowsAsync("keys"))
        {
            var key = XElement.Parse((string)row.Values["Xml"]);
            key.Element("activationDate")!.Value = "2020-01-01T00:00:00Z";
            key.Element("expirationDate")!.Value = "2020-04-01T00:00:00Z";
            await _rig.Store.UpsertAsync(
                "keys",
                row with
                {
                    Values = new Dictionary<string, object>(row.Values) { ["Xml"] = key.ToString() },
                },
                CancellationToken.None
            );
        }
    }
}
