using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A call goes on with what the person answers, and ends with a clear error where it cannot go on.</summary>
public sealed class RoundsTests : AppTests<WatchedApp>
{
    [Fact]
    public async Task What_is_answered_is_submitted_with_what_was_given()
    {
        var asked = await App.Rpc.AskAsync("""{"priority":"high"}""");
        var done = await App.Rpc.AcceptAsync("""{"priority":"high"}""", asked, """{"subject":"Printer"}""");
        Assert.Equal("""{"subject":"Printer","priority":"high"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
        Assert.Equal("complete", (string?)done.Result["resultType"]);
        Assert.Equal("""{"subject":"Printer","priority":3}""", Assert.Single(Api.Submissions).Body);
    }

    [Fact]
    public async Task Answers_are_read_by_the_same_rules_and_earlier_ones_travel_along()
    {
        var first = await App.Rpc.AskAsync("""{"priority":"hihg"}""");
        Assert.Equal(["subject", "priority"], first.AskedFor());
        var second = await App.Rpc.AcceptAsync("""{"priority":"hihg"}""", first, """{"subject":" ","priority":" LOW "}""");
        Assert.Equal(["subject"], second.AskedFor());
        var done = await App.Rpc.AcceptAsync("""{"priority":"hihg"}""", second, """{"subject":"Printer"}""");
        Assert.Equal("""{"subject":"Printer","priority":"low"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task An_optional_field_that_the_person_leaves_empty_is_left_out()
    {
        var asked = await App.Rpc.AskAsync("""{"subject":"Printer","priority":"urgent"}""");
        var done = await App.Rpc.AcceptAsync("""{"subject":"Printer","priority":"urgent"}""", asked, "{}");
        Assert.Equal("""{"subject":"Printer"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task All_rounds_have_one_idempotency_key_and_each_call_its_own()
    {
        Api.OnSubmit = context => FakeFormApi.Json(context, """{"message":"no"}""", 500);
        var asked = await App.Rpc.AskAsync("{}");
        Assert.Equal("submission_failed", (await App.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}""")).ErrorCode);
        Assert.Equal("state_used", (await App.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}""")).ErrorCode);
        var again = await App.Rpc.AskAsync("{}");
        await App.Rpc.AcceptAsync("{}", again, """{"subject":"Printer"}""");
        Assert.Equal(2, Api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).Distinct().Count());
        Assert.Equal(2, Api.Submissions.Count);
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("cancel")]
    public async Task Who_does_not_want_to_is_not_asked_again(string action)
    {
        var asked = await App.Rpc.AskAsync("{}");
        var answer = await App.Rpc.AskAsync("{}", asked.State(), $$"""{"action":"{{action}}"}""");
        Assert.True(answer.IsError);
        Assert.Equal("declined", answer.ErrorCode);
        Assert.Equal(action, (string?)answer.ErrorMeta()["action"]);
        Assert.Empty(Api.Submissions);
        Assert.Contains(App.Log.Of(4010), line => line.Text.Contains(": declined in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_beyond_16_KiB_are_not_carried_and_the_call_is_answered_as_text()
    {
        var asked = await App.Rpc.AskAsync("""{"priority":"urgent"}""");
        var content = new JsonObject { ["subject"] = new string('x', 17_000), ["priority"] = "also wrong" }.ToJsonString();
        Assert.Equal("invalid_arguments", (await App.Rpc.AcceptAsync("""{"priority":"urgent"}""", asked, content)).ErrorCode);
    }

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartSubmittingAsync(Api, Clock);
}
