using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A draft is sent once, by whom it was made for.</summary>
public sealed class DraftKeyTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeFields(Given.Fields);
        _app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = _api.FormUrl,
                ["Forms:0:SubmitUrl"] = _api.SubmitUrl,
                ["Forms:1:Url"] = _api.FormUrl,
                ["Forms:1:SubmitUrl"] = _api.SubmitUrl,
                ["Forms:1:Tool"] = "create_change",
            },
            _clock
        );
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task It_is_submitted_once_and_the_second_time_answered_with_the_receipt()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        var first = await _app.Rpc.SendDraftAsync(Given.Call, key);
        Assert.False(first.IsError, first.Body);
        var second = await _app.Rpc.SendDraftAsync(Given.Call, key);
        Assert.Equal("state_used", second.ErrorCode);
        Assert.Equal(first.Result["structuredContent"]!.ToJsonString(), second.ErrorMeta()["receipt"]!.ToJsonString());
        Assert.Single(_api.Submissions);
        Assert.Contains(_app.Log.Of(4010), line => line.Text.Contains(": state_used in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_at_once_one_alone_is_submitted()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _app.Rpc.SendDraftAsync(Given.Call, key)));
        Assert.Single(answers, answer => !answer.IsError);
        Assert.Equal(19, answers.Count(answer => answer.ErrorCode == "state_used"));
        Assert.Single(_api.Submissions);
    }

    [Fact]
    public async Task Arguments_that_are_wrong_do_not_use_it_up_and_are_told_where_the_person_sees_them()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        var refused = await _app.Rpc.AskAsync("{}", draft: key);
        Assert.Equal("invalid_arguments", refused.ErrorCode);
        Assert.Equal("subject", (string?)refused.ErrorMeta()["problems"]![0]!["parameter"]);
        Assert.False((await _app.Rpc.AskAsync(Given.Call, draft: key)).IsError);
    }

    [Fact]
    public async Task Its_submission_has_an_idempotency_key_of_its_own()
    {
        await _app.Rpc.SendDraftAsync(Given.Call, await _app.Rpc.DraftKeyAsync());
        await _app.Rpc.SendDraftAsync(Given.Call, await _app.Rpc.DraftKeyAsync());
        var keys = _api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).ToList();
        Assert.Equal(2, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(Guid.TryParse(key, out _)));
    }

    [Fact]
    public async Task Another_callers_and_another_tools_are_not_taken()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        Assert.Equal("state_invalid", (await _app.Rpc.SendDraftAsync(Given.Call, key, Given.OtherToken)).ErrorCode);
        Assert.Equal("state_invalid", (await _app.Rpc.SendDraftAsync(Given.Call, key, tool: "create_change")).ErrorCode);
        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task What_is_no_key_is_not_taken()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        JsonNode[] wrong =
        [
            "",
            "key",
            key[..^1],
            key + "A",
            $"{key[..40]}{(key[40] == 'A' ? 'B' : 'A')}{key[41..]}",
            7,
            new JsonObject(),
            new string('A', 200_000),
        ];
        foreach (var given in wrong)
        {
            Assert.Equal("state_invalid", (await _app.Rpc.SendDraftAsync(Given.Call, given)).ErrorCode);
        }

        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task It_lives_a_day()
    {
        var key = await _app.Rpc.DraftKeyAsync();
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_arguments", (await _app.Rpc.SendDraftAsync("{}", key)).ErrorCode);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("state_invalid", (await _app.Rpc.SendDraftAsync(Given.Call, key)).ErrorCode);
        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task A_question_s_state_is_no_draft_s_key_and_the_other_way_round()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        Assert.Equal("state_invalid", (await _app.Rpc.SendDraftAsync(Given.Call, asked.State())).ErrorCode);
        Assert.Equal(
            "state_invalid",
            (
                await _app.Rpc.AskAsync("{}", await _app.Rpc.DraftKeyAsync(), """{"action":"accept","content":{"subject":"x"}}""")
            ).ErrorCode
        );
        Assert.Empty(_api.Submissions);
    }
}
