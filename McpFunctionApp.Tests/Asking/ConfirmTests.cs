using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>Where requests are confirmed, each is shown once before it is sent.</summary>
public sealed class ConfirmTests : AppTests<WatchedApp>
{
    [Fact]
    public async Task A_complete_request_is_shown_and_sent_as_it_is_accepted()
    {
        var shown = await App.Rpc.AskAsync(Given.Call);
        Assert.Equal(["subject", "priority"], shown.AskedFor());
        Assert.Equal("Printer is on fire", (string?)shown.Asked()["properties"]!["subject"]!["default"]);
        Assert.Equal("high", (string?)shown.Asked()["properties"]!["priority"]!["default"]);
        Assert.Empty(Api.Submissions);
        var done = await App.Rpc.AcceptAsync(Given.Call, shown, "{}");
        Assert.Equal(Given.Call, done.Result["structuredContent"]!["data"]!.ToJsonString());
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task What_the_person_changes_there_is_what_is_sent()
    {
        var shown = await App.Rpc.AskAsync(Given.Call);
        var done = await App.Rpc.AcceptAsync(Given.Call, shown, """{"subject":"Printer is out","priority":""}""");
        Assert.Equal("""{"subject":"Printer is out"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_missing_is_asked_first_and_the_request_then_shown_once()
    {
        var asked = await App.Rpc.AskAsync("""{"priority":"high"}""");
        Assert.Equal(["subject"], asked.AskedFor());
        var shown = await App.Rpc.AcceptAsync("""{"priority":"high"}""", asked, """{"subject":"Printer"}""");
        Assert.Equal(["subject", "priority"], shown.AskedFor());
        Assert.False((await App.Rpc.AcceptAsync("""{"priority":"high"}""", shown, """{"subject":"Printer"}""")).IsError);
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task A_change_that_is_wrong_is_asked_for_and_not_shown_again()
    {
        var shown = await App.Rpc.AskAsync(Given.Call);
        var asked = await App.Rpc.AcceptAsync(Given.Call, shown, """{"priority":"urgent"}""");
        Assert.Equal(["priority"], asked.AskedFor());
        Assert.False((await App.Rpc.AcceptAsync(Given.Call, asked, """{"priority":"low"}""")).IsError);
    }

    [Fact]
    public async Task The_third_question_shows_all_so_that_no_more_are_needed()
    {
        var first = await App.Rpc.AskAsync("""{"priority":"high"}""");
        var second = await App.Rpc.AcceptAsync("""{"priority":"high"}""", first, """{"subject":""}""");
        var third = await App.Rpc.AcceptAsync("""{"priority":"high"}""", second, """{"subject":""}""");
        Assert.Equal(["subject", "priority"], third.AskedFor());
        Assert.False((await App.Rpc.AcceptAsync("""{"priority":"high"}""", third, """{"subject":"Printer"}""")).IsError);
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task Without_an_answer_it_is_never_sent()
    {
        var answer = await App.Rpc.AskAsync(Given.Call);
        for (var round = 0; round < 3; round++)
        {
            Assert.True(answer.IsAsked());
            answer = await App.Rpc.AskAsync(Given.Call, answer.State());
        }

        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task A_drafts_key_counts_as_confirmed_since_the_person_has_pressed_the_button()
    {
        Assert.False((await App.Rpc.AskAsync(Given.Call, draft: await App.Rpc.DraftKeyAsync())).IsError);
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task A_client_that_cannot_be_asked_is_served()
    {
        Assert.False((await App.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        Assert.False((await App.Rpc.AskAsync(Given.Call, capabilities: "{}")).IsError);
    }

    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartSubmittingAsync(Api, Clock, new() { ["Forms:0:Ask"] = "Confirm" });
}
