using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Authority;

/// <summary>The form API refuses an exchanged token, or repeats it.</summary>
public sealed class RefusedExchangeTests
{
    [Fact]
    public async Task A_401_to_a_fetch_drops_the_token_and_exchanges_once_more()
    {
        await using var rig = await ExchangeRig.StartAsync();
        var answer = rig.Forms.OnForm;
        rig.Forms.OnForm = context => FakeFormApi.TokenOf(context) == rig.Given[0] ? Status(context, 401) : answer(context);
        Assert.Contains("create_request", (await rig.Rpc.ListAsync(rig.Token(), true)).ToolNames);
        Assert.Equal(rig.Given, rig.Forms.FormCalls.Select(call => call.Token));
        Assert.Equal(2, rig.Given.Count);
    }

    [Fact]
    public async Task A_form_api_that_refuses_the_second_token_too_is_asked_no_more_and_nobody_is_challenged()
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Forms.OnForm = context => Status(context, 401);
        var list = await rig.Rpc.ListAsync(rig.Token(), true);
        Assert.Equal((200, "rejected"), ((int)list.Status, list.FallbackReason));
        Assert.Equal(2, rig.Forms.Calls.Count);
        Assert.Equal(2, rig.Questions.Count);
    }

    [Fact]
    public async Task A_submission_is_sent_once_and_its_401_drops_the_token()
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Forms.OnSubmit = context => Status(context, 401);
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        Assert.True((await rig.Rpc.CallAsync("create_request", Given.Call, token, true)).IsError);
        Assert.Equal(rig.Given[0], Assert.Single(rig.Forms.Submissions).Token);
        Assert.Single(rig.Questions);
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(rig.Given[1], rig.Forms.FormCalls[^1].Token);
    }

    [Fact]
    public async Task An_answer_that_repeats_the_exchanged_token_is_not_shown()
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Forms.OnForm = context =>
            FakeFormApi.Json(
                context,
                $$"""{"fieldList":[{"name":"{{FakeFormApi.TokenOf(context)}}","paramName":"a","type":"TextFieldRest"}]}"""
            );
        rig.Forms.OnSubmit = context =>
            FakeFormApi.Json(context, $$"""{"message":"Bad: {{FakeFormApi.TokenOf(context)}}"}""", 400);
        var token = rig.Token();
        var list = await rig.Rpc.ListAsync(token, true);
        Assert.Equal("malformed", list.FallbackReason);

        rig.Forms.ServeFields(Given.Fields);
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        await rig.Rpc.ListAsync(token, true);
        var call = await rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.True(call.IsError);
        TokenLeaks.AssertNone([list.Body, call.Body], rig.Given);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
