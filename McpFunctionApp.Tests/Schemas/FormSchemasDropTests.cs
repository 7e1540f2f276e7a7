using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A refused token loses everything that is kept for it, at once and for every form.</summary>
public sealed class FormSchemasDropTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _first = null!;
    private FakeFormApi _second = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _first = await FakeFormApi.StartAsync();
        _second = await FakeFormApi.StartAsync();
        _first.ServeFields(Given.Fields);
        _second.ServeFields(Given.Fields);
        _app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Tool"] = "first",
                ["Forms:0:Url"] = _first.FormUrl,
                ["Forms:0:SubmitUrl"] = _first.SubmitUrl,
                ["Forms:1:Tool"] = "second",
                ["Forms:1:Url"] = _second.FormUrl,
            },
            _clock
        );
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData(401, 1)]
    [InlineData(403, 0)]
    public async Task A_refused_token_drops_all_forms_of_this_caller_and_a_forbidden_submission_its_own_and_never_anothers(
        int status,
        int second
    )
    {
        await _app.Rpc.ListAsync(Given.Token);
        await _app.Rpc.ListAsync(Given.OtherToken);
        _first.OnSubmit = context => FakeFormApi.Json(context, "{}", status);
        Assert.Equal("submission_failed", (await _app.Rpc.CallAsync("first", Given.Call, Given.Token)).ErrorCode);

        Assert.Equal((1, second), await CallsOfListAsync(Given.Token));
        Assert.Equal((0, 0), await CallsOfListAsync(Given.OtherToken));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Another_failure_of_a_submission_drops_nothing(int status)
    {
        await _app.Rpc.ListAsync(Given.Token);
        _first.OnSubmit = context => FakeFormApi.Json(context, "{}", status);
        Assert.Equal("submission_failed", (await _app.Rpc.CallAsync("first", Given.Call, Given.Token)).ErrorCode);
        Assert.Equal((0, 0), await CallsOfListAsync(Given.Token));
    }

    [Theory]
    [InlineData(401, "token_rejected", 1)]
    [InlineData(403, "form_unavailable", 0)]
    public async Task A_refused_token_drops_the_other_forms_and_a_forbidden_form_drops_none(int status, string code, int second)
    {
        Assert.False((await _app.Rpc.CallAsync("second", Given.Call, Given.Token)).IsError);
        _first.OnForm = FormApiAnswers.Status(status);
        Assert.Equal(code, (await _app.Rpc.CallAsync("first", Given.Call, Given.Token)).ErrorCode);
        Assert.Equal((0, second), await CallsOfListAsync(Given.Token));
    }

    [Fact]
    public async Task A_form_asked_for_during_a_drop_is_answered_and_not_kept()
    {
        await _app.Rpc.CallAsync("first", Given.Call, Given.Token);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _second.OnForm = context => AnswerAfterAsync(gate.Task, context);
        var underWay = _app.Rpc.CallAsync("second", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => _second.FormCalls.Count == 1, "the second form is asked for");

        _first.OnSubmit = context => FakeFormApi.Json(context, "{}", 401);
        await _app.Rpc.CallAsync("first", Given.Call, Given.Token);
        gate.SetResult();
        Assert.False((await underWay).IsError);
        Assert.Equal((1, 1), await CallsOfListAsync(Given.Token));
        Assert.Equal((0, 0), await CallsOfListAsync(Given.Token));
    }

    [Fact]
    public async Task Whoever_asks_after_a_drop_does_not_join_the_question_from_before_it()
    {
        await _app.Rpc.CallAsync("first", Given.Call, Given.Token);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _second.OnForm = context => AnswerAfterAsync(gate.Task, context);
        var before = _app.Rpc.CallAsync("second", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => _second.FormCalls.Count == 1, "the second form is asked for");
        _first.OnSubmit = context => FakeFormApi.Json(context, "{}", 401);
        await _app.Rpc.CallAsync("first", Given.Call, Given.Token);

        _second.OnForm = FormApiAnswers.Status(401);
        Assert.Equal("token_rejected", (await _app.Rpc.CallAsync("second", Given.Call, Given.Token)).ErrorCode);
        gate.SetResult();
        Assert.False((await before).IsError);
        Assert.Equal("token_rejected", (await _app.Rpc.CallAsync("second", Given.Call, Given.Token)).ErrorCode);
    }

    private static async Task AnswerAfterAsync(Task gate, HttpContext context)
    {
        await gate;
        await FakeFormApi.Json(context, Given.Form);
    }

    /// <summary>How many times each form API is asked for one list.</summary>
    private async Task<(int First, int Second)> CallsOfListAsync(string token)
    {
        var (first, second) = (_first.FormCalls.Count, _second.FormCalls.Count);
        await _app.Rpc.ListAsync(token);
        return (_first.FormCalls.Count - first, _second.FormCalls.Count - second);
    }
}
