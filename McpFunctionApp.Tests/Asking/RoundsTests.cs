using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A call goes on with what the person answers, is submitted once, and ends with a clear error where it cannot go
/// on.</summary>
public sealed class RoundsTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeFields(Given.Fields);
        _app = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task What_is_answered_is_submitted_with_what_was_given()
    {
        var asked = await _app.Rpc.AskAsync("""{"priority":"high"}""");
        var done = await _app.Rpc.AcceptAsync("""{"priority":"high"}""", asked, """{"subject":"Printer"}""");
        Assert.Equal("""{"subject":"Printer","priority":"high"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
        Assert.Equal("complete", (string?)done.Result["resultType"]);
        Assert.Equal("""{"subject":"Printer","priority":3}""", Assert.Single(_api.Submissions).Body);
    }

    [Fact]
    public async Task Answers_are_read_by_the_same_rules_and_earlier_ones_travel_along()
    {
        var first = await _app.Rpc.AskAsync("""{"priority":"hihg"}""");
        Assert.Equal(["subject", "priority"], first.AskedFor());
        var second = await _app.Rpc.AcceptAsync("""{"priority":"hihg"}""", first, """{"subject":" ","priority":" LOW "}""");
        Assert.Equal(["subject"], second.AskedFor());
        var done = await _app.Rpc.AcceptAsync("""{"priority":"hihg"}""", second, """{"subject":"Printer"}""");
        Assert.Equal("""{"subject":"Printer","priority":"low"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task An_optional_field_that_the_person_leaves_empty_is_left_out()
    {
        var asked = await _app.Rpc.AskAsync("""{"subject":"Printer","priority":"urgent"}""");
        var done = await _app.Rpc.AcceptAsync("""{"subject":"Printer","priority":"urgent"}""", asked, "{}");
        Assert.Equal("""{"subject":"Printer"}""", done.Result["structuredContent"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task All_rounds_have_one_idempotency_key_and_each_call_its_own()
    {
        _api.OnSubmit = context => FakeFormApi.Json(context, """{"message":"no"}""", 500);
        var asked = await _app.Rpc.AskAsync("{}");
        Assert.Equal("submission_failed", (await _app.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}""")).ErrorCode);
        Assert.Equal("state_used", (await _app.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}""")).ErrorCode);
        var again = await _app.Rpc.AskAsync("{}");
        await _app.Rpc.AcceptAsync("{}", again, """{"subject":"Printer"}""");
        Assert.Equal(2, _api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).Distinct().Count());
        Assert.Equal(2, _api.Submissions.Count);
    }

    [Fact]
    public async Task There_are_three_questions_at_most()
    {
        var answer = await _app.Rpc.AskAsync("{}");
        for (var round = 1; round <= 3; round++)
        {
            Assert.True(answer.IsAsked(), answer.Body);
            answer = await _app.Rpc.AcceptAsync("{}", answer, """{"subject":""}""");
        }

        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.Empty(_api.Submissions);
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("cancel")]
    public async Task Who_does_not_want_to_is_not_asked_again(string action)
    {
        var asked = await _app.Rpc.AskAsync("{}");
        var answer = await _app.Rpc.AskAsync("{}", asked.State(), $$"""{"action":"{{action}}"}""");
        Assert.True(answer.IsError);
        Assert.Equal("declined", answer.ErrorCode);
        Assert.Equal(action, (string?)answer.ErrorMeta()["action"]);
        Assert.Empty(_api.Submissions);
        Assert.Contains(_app.Log.Of(4010), line => line.Text.Contains(": declined in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"action":"maybe","content":{}}""")]
    [InlineData("""{"content":{"subject":"x"}}""")]
    [InlineData("""{"action":"accept","content":[1]}""")]
    [InlineData("""{"action":7}""")]
    [InlineData("7")]
    public async Task What_is_no_answer_to_the_question_is_told(string answer)
    {
        var asked = await _app.Rpc.AskAsync("{}");
        var told = await _app.Rpc.AskAsync("{}", asked.State(), answer);
        Assert.True(told.Json["error"] is not null || told.ErrorCode == "invalid_arguments", told.Body);
        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task An_answer_that_names_no_parameter_is_told_at_once()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        Assert.Equal(
            "invalid_arguments",
            (await _app.Rpc.AcceptAsync("{}", asked, """{"subject":"x","colour":"red"}""")).ErrorCode
        );
        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task A_state_without_an_answer_asks_again()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        Assert.True((await _app.Rpc.AskAsync("{}", asked.State())).IsAsked());
    }

    [Fact]
    public async Task Answers_without_a_state_are_ignored() =>
        Assert.True((await _app.Rpc.AskAsync("{}", answer: """{"action":"accept","content":{"subject":"x"}}""")).IsAsked());

    [Fact]
    public async Task Sent_twice_it_is_submitted_once_and_the_receipt_is_there()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _app.Rpc.AcceptAsync("{}", asked, """{"subject":"Printer"}"""))
        );
        var receipt = Assert.Single(answers, answer => !answer.IsError).Result["structuredContent"]!.ToJsonString();
        Assert.Equal(9, answers.Count(answer => answer.ErrorCode == "state_used"));
        Assert.Equal(
            receipt,
            (await _app.Rpc.AcceptAsync("{}", asked, """{"subject":"Other"}""")).ErrorMeta()["receipt"]!.ToJsonString()
        );
        Assert.Single(_api.Submissions);
    }

    [Fact]
    public async Task Arguments_are_the_same_where_they_mean_the_same()
    {
        _api.ServeFields(
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
        var asked = await _app.Rpc.AskAsync("""{"priority":"high"}""");
        await AssertInvalidAsync(_app.Rpc.AcceptAsync(other, asked, """{"subject":"x"}"""));
    }

    [Fact]
    public async Task Another_callers_and_another_tools_state_are_refused()
    {
        await using var app = await StartAsync(
            new()
            {
                ["Forms:1:Url"] = _api.FormUrl,
                ["Forms:1:SubmitUrl"] = _api.SubmitUrl,
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
        var state = (await _app.Rpc.AskAsync("{}")).State();
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
            await AssertInvalidAsync(_app.Rpc.AskAsync("{}", given, """{"action":"accept","content":{"subject":"x"}}"""));
        }
    }

    [Fact]
    public async Task It_lives_ten_minutes()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await AssertInvalidAsync(_app.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}"""));
        var again = await _app.Rpc.AskAsync("{}");
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.False((await _app.Rpc.AcceptAsync("{}", again, """{"subject":"x"}""")).IsError);
    }

    [Fact]
    public async Task A_form_that_has_changed_meanwhile_ends_it()
    {
        var asked = await _app.Rpc.AskAsync("{}");
        _api.ServeFields(Given.Fields + """,{"paramName":"more","type":"TextFieldRest"}""");
        _clock.Advance(TimeSpan.FromMinutes(6));
        await AssertInvalidAsync(_app.Rpc.AcceptAsync("{}", asked, """{"subject":"x"}"""));
    }

    [Fact]
    public async Task Answers_beyond_16_KiB_are_not_carried_and_the_call_is_answered_as_text()
    {
        var asked = await _app.Rpc.AskAsync("""{"priority":"urgent"}""");
        var content = new JsonObject { ["subject"] = new string('x', 17_000), ["priority"] = "also wrong" }.ToJsonString();
        Assert.Equal("invalid_arguments", (await _app.Rpc.AcceptAsync("""{"priority":"urgent"}""", asked, content)).ErrorCode);
    }

    [Fact]
    public async Task Nothing_of_a_state_or_of_an_answer_is_in_the_log()
    {
        var asked = await _app.Rpc.AskAsync("""{"priority":"a secret priority"}""");
        await _app.Rpc.AcceptAsync(
            """{"priority":"a secret priority"}""",
            asked,
            """{"subject":"a secret subject","priority":"low"}"""
        );
        await _app.Rpc.AskAsync("{}", asked.State()[..^2]);
        Assert.DoesNotContain(
            _app.Log.Lines,
            line =>
                line.Text.Contains("a secret", StringComparison.Ordinal)
                || line.Text.Contains(asked.State()[..40], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Other_tools_ignore_a_state() =>
        Assert.False((await _app.Rpc.AskAsync("""{"a":1,"b":2}""", "some state", tool: "add")).IsError);

    private async Task AssertInvalidAsync(Task<RpcAnswer> answer)
    {
        var before = _api.Submissions.Count;
        var given = await answer;
        Assert.Equal("state_invalid", given.ErrorCode);
        Assert.True(given.IsError);
        Assert.Equal(before, _api.Submissions.Count);
    }

    private Task<WatchedApp> StartAsync(Dictionary<string, string?>? settings = null) =>
        WatchedApp.StartSubmittingAsync(_api, _clock, settings);
}
