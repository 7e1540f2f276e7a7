using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A state serves one caller, one tool and the same arguments, once and for ten minutes.</summary>
public sealed class RoundStateTests : AppTests<WatchedApp>
{
    [Fact]
    public async Task Sent_twice_it_is_submitted_once_and_the_receipt_is_there()
    {
        var asked = await App.Rpc.AskAsync("{}");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => App.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}"""))
        );
        var receipt = Assert.Single(answers, answer => !answer.IsError).Result["structuredContent"]!.ToJsonString();
        Assert.Equal(9, answers.Count(answer => answer.ErrorCode == "state_used"));
        Assert.Equal(
            receipt,
            (await App.Rpc.AcceptAsync("{}", asked, """{"subject":"Other"}""")).ErrorMeta()["receipt"]!.ToJsonString()
        );
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task Arguments_are_the_same_where_they_mean_the_same()
    {
        Api.ServeFields(
            """{"paramName":"subject","type":"TextFieldRest","required":true},"""
                + """{"paramName":"count","type":"NumberFieldRest"},"""
                + """{"paramName":"priority","type":"DropDownFieldRest","options":["low","high"]}"""
        );
        await using var app = await StartAsync();
        var asked = await app.Rpc.AskAsync("""{"count":3.0,"priority":"HIGH","toolCallId":1}""");
        Assert.False((await app.Rpc.AcceptAsync("""{"priority":" high ","count":"3"}""", asked, """{"subject":"x"}""")).IsError);
    }

    [Theory]
    [InlineData("""{"priority":"low"}""")]
    [InlineData("{}")]
    [InlineData("""{"priority":"hihg"}""")]
    public async Task Other_arguments_are_refused(string other)
    {
        var asked = await App.Rpc.AskAsync("""{"priority":"high"}""");
        await AssertInvalidAsync(App.Rpc.AcceptAsync(other, asked, """{"subject":"x"}"""));
    }

    [Fact]
    public async Task Another_callers_and_another_tools_state_are_refused()
    {
        await using var app = await StartAsync(
            new()
            {
                ["Forms:1:Url"] = Api.FormUrl,
                ["Forms:1:SubmitUrl"] = Api.SubmitUrl,
                ["Forms:1:Tool"] = "create_change",
            }
        );
        var asked = await app.Rpc.AskAsync("{}");
        await AssertInvalidAsync(app.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""", Given.OtherToken));
        await AssertInvalidAsync(app.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}""", tool: "create_change"));
    }

    [Fact]
    public async Task One_that_was_changed_is_refused()
    {
        var state = (await App.Rpc.AskAsync("{}")).State();
        string[] wrong =
        [
            "",
            "x",
            state[..^4],
            state[4..],
            $"{state[..60]}{(state[60] == 'A' ? 'B' : 'A')}{state[61..]}",
            state + state,
            "%%%",
        ];
        foreach (var given in wrong)
        {
            await AssertInvalidAsync(App.Rpc.AskAsync("{}", given, """{"action":"accept","content":{"subject":"x"}}"""));
        }
    }

    [Fact]
    public async Task It_lives_ten_minutes()
    {
        var asked = await App.Rpc.AskAsync("{}");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await AssertInvalidAsync(App.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}"""));
        var again = await App.Rpc.AskAsync("{}");
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.False((await App.Rpc.AcceptAsync("{}", again, """{"subject":"x"}""")).IsError);
    }

    [Fact]
    public async Task A_form_that_has_changed_meanwhile_ends_it()
    {
        var asked = await App.Rpc.AskAsync("{}");
        Api.ServeFields(Given.Fields + """,{"paramName":"more","type":"TextFieldRest"}""");
        Clock.Advance(TimeSpan.FromMinutes(6));
        await AssertInvalidAsync(App.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}"""));
    }

    [Fact]
    public async Task Nothing_of_a_state_or_of_an_answer_is_in_the_log()
    {
        var asked = await App.Rpc.AskAsync("""{"priority":"a secret priority"}""");
        await App.Rpc.AcceptAsync(
            """{"priority":"a secret priority"}""",
            asked,
            """{"subject":"a secret subject","priority":"low"}"""
        );
        await App.Rpc.AskAsync("{}", asked.State()[..^2]);
        Assert.DoesNotContain(
            App.Log.Lines,
            line =>
                line.Text.Contains("a secret", StringComparison.Ordinal)
                || line.Text.Contains(asked.State()[..40], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Other_tools_ignore_a_state() =>
        Assert.False((await App.Rpc.AskAsync("""{"a":1,"b":2}""", "some state", tool: "add")).IsError);

    private async Task AssertInvalidAsync(Task<RpcAnswer> answer)
    {
        var before = Api.Submissions.Count;
        var given = await answer;
        Assert.Equal("state_invalid", given.ErrorCode);
        Assert.True(given.IsError);
        Assert.Equal(before, Api.Submissions.Count);
    }

    protected override Task<WatchedApp> StartAsync() => StartAsync(null);

    private Task<WatchedApp> StartAsync(Dictionary<string, string?>? settings) =>
        WatchedApp.StartSubmittingAsync(Api, Clock, settings);
}
