using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A draft is sent once, by whom it was made for.</summary>
public sealed class DraftKeyTests : AppTests<WatchedApp>
{
    [Fact]
    public async Task It_is_submitted_once_and_the_second_time_answered_with_the_receipt()
    {
        var key = await App.Rpc.DraftKeyAsync();
        var first = await App.Rpc.SendDraftAsync(Given.Call, key);
        Assert.False(first.IsError, first.Body);
        var second = await App.Rpc.SendDraftAsync(Given.Call, key);
        Assert.Equal("state_used", second.ErrorCode);
        Assert.Equal(first.Result["structuredContent"]!.ToJsonString(), second.ErrorMeta()["receipt"]!.ToJsonString());
        Assert.Single(Api.Submissions);
        Assert.Contains(App.Log.Of(4010), line => line.Text.Contains(": state_used in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_at_once_one_alone_is_submitted()
    {
        var key = await App.Rpc.DraftKeyAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.Rpc.SendDraftAsync(Given.Call, key)));
        Assert.Single(answers, answer => !answer.IsError);
        Assert.Equal(19, answers.Count(answer => answer.ErrorCode == "state_used"));
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task Arguments_that_are_wrong_do_not_use_it_up_and_are_told_where_the_person_sees_them()
    {
        var key = await App.Rpc.DraftKeyAsync();
        var refused = await App.Rpc.AskAsync("{}", draft: key);
        Assert.Equal("invalid_arguments", refused.ErrorCode);
        Assert.Equal("subject", (string?)refused.ErrorMeta()["problems"]![0]!["parameter"]);
        Assert.False((await App.Rpc.AskAsync(Given.Call, draft: key)).IsError);
    }

    [Fact]
    public async Task Its_submission_has_an_idempotency_key_of_its_own()
    {
        await App.Rpc.SendDraftAsync(Given.Call, await App.Rpc.DraftKeyAsync());
        await App.Rpc.SendDraftAsync(Given.Call, await App.Rpc.DraftKeyAsync());
        var keys = Api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).ToList();
        Assert.Equal(2, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(Guid.TryParse(key, out _)));
    }

    [Fact]
    public async Task Another_callers_and_another_tools_are_not_taken()
    {
        var key = await App.Rpc.DraftKeyAsync();
        Assert.Equal("state_invalid", (await App.Rpc.SendDraftAsync(Given.Call, key, Given.OtherToken)).ErrorCode);
        Assert.Equal("state_invalid", (await App.Rpc.SendDraftAsync(Given.Call, key, tool: "create_change")).ErrorCode);
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task What_is_no_key_is_not_taken()
    {
        var key = await App.Rpc.DraftKeyAsync();
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
            Assert.Equal("state_invalid", (await App.Rpc.SendDraftAsync(Given.Call, given)).ErrorCode);
        }

        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task It_lives_a_day()
    {
        var key = await App.Rpc.DraftKeyAsync();
        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_arguments", (await App.Rpc.SendDraftAsync("{}", key)).ErrorCode);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("state_invalid", (await App.Rpc.SendDraftAsync(Given.Call, key)).ErrorCode);
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task A_question_s_state_is_no_draft_s_key_and_the_other_way_round()
    {
        var asked = await App.Rpc.AskAsync("{}");
        Assert.Equal("state_invalid", (await App.Rpc.SendDraftAsync(Given.Call, asked.State())).ErrorCode);
        Assert.Equal(
            "state_invalid",
            (
                await App.Rpc.AskAsync("{}", await App.Rpc.DraftKeyAsync(), """{"action":"accept","content":{"subject":"x"}}""")
            ).ErrorCode
        );
        Assert.Empty(Api.Submissions);
    }

    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartSubmittingAsync(
            Api,
            Clock,
            new()
            {
                ["Forms:1:Url"] = Api.FormUrl,
                ["Forms:1:SubmitUrl"] = Api.SubmitUrl,
                ["Forms:1:Tool"] = "create_change",
            }
        );
}
