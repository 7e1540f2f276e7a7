using System.Xml.Linq;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Asking;

/// <summary>Instances that share a table open what the others have sealed, whatever becomes of the keys.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TwoInstancesKeyRingTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const int KeysUnavailable = 2030;

    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

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
