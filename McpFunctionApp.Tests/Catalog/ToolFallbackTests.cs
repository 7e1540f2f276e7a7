using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Catalog;

/// <summary>Why a tool is missing is said in the list and in the answer to a call.</summary>
public sealed class ToolFallbackTests : ApiTests
{
    [Theory]
    [InlineData(401, "rejected", "token_rejected")]
    [InlineData(403, "forbidden", "form_unavailable")]
    [InlineData(429, "busy", "form_unavailable")]
    [InlineData(500, "unavailable", "form_unavailable")]
    [InlineData(204, "malformed", "form_unavailable")]
    public async Task The_form_apis_answer_is_the_reason(int status, string reason, string code)
    {
        Api.OnForm = context => Status(context, status);
        await using var app = await WatchedApp.StartAsync(Api);
        await AssertFallbackAsync(app, Given.Token, reason, code);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task No_token_is_a_reason_for_which_no_api_is_asked()
    {
        await using var app = await WatchedApp.StartAsync(Api);
        await AssertFallbackAsync(app, null, "no_token", "authentication_required");
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task A_list_without_fallback_says_nothing_of_one()
    {
        await using var app = await WatchedApp.StartAsync(Api);
        Assert.Null((await app.Rpc.ListAsync(Given.Token)).Result["_meta"]);
    }

    [Fact]
    public async Task Arguments_of_a_missing_tool_are_not_judged()
    {
        Api.OnForm = context => Status(context, 503);
        await using var app = await WatchedApp.StartAsync(Api);
        Assert.Equal(
            "form_unavailable",
            (await app.Rpc.CallAsync("create_request", """{"anything":1}""", Given.Token)).ErrorCode
        );
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task AssertFallbackAsync(WatchedApp app, string? token, string reason, string code)
    {
        foreach (var perRequest in (bool[])[false, true])
        {
            var list = await app.Rpc.ListAsync(token, perRequest);
            Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
            var meta = list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!;
            Assert.Equal(reason, (string?)meta["reason"]);
            Assert.Contains("create_request", (string?)meta["message"], StringComparison.Ordinal);

            var call = await app.Rpc.CallAsync("create_request", Given.Call, token, perRequest);
            Assert.True(call.IsError);
            Assert.Equal(code, call.ErrorCode);
            Assert.Equal(reason, (string?)call.Result["_meta"]!["io.github.mcp-function-app/error"]!["reason"]);
            Assert.Equal((string?)meta["message"], call.Text);
            Assert.Null(call.Result["structuredContent"]);
        }
    }
}
