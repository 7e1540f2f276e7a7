using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Settings;

namespace McpFunctionApp.Tests.Search;

/// <summary>Search shows people's names and addresses: who is listed it, and who may run it.</summary>
public sealed class SearchAccessTests
{
    private static readonly string[] s_tools = ["search_users", "search_entities_by_type", "list_entity_types"];
    private static readonly string[] s_static = ["add", "echo", "multiply"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_accepted_caller_has_the_static_tools_then_search_then_the_form(bool perRequest)
    {
        await using var rig = await SearchRig.StartAsync();
        var list = await rig.App.Rpc.ListAsync(Given.Token, perRequest);
        Assert.Equal([.. s_static, .. s_tools, "create_request", "draft_create_request"], list.ToolNames);
        Assert.Null(list.FallbackReason);
        Assert.Equal(list.Body, (await rig.App.Rpc.ListAsync(Given.Token, perRequest)).Body);
        Assert.Equal(0, rig.Sent);
    }

    [Fact]
    public async Task A_form_without_a_field_accepts_its_caller_too()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Forms.ServeFields("");
        Assert.Equal([.. s_static, .. s_tools], (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.False((await rig.SearchAsync()).IsError);
    }

    [Theory]
    [InlineData(null, "no_token", "authentication_required")]
    [InlineData("401", "rejected", "token_rejected")]
    [InlineData("403", "forbidden", "form_unavailable")]
    [InlineData("429", "busy", "form_unavailable")]
    [InlineData("503", "unavailable", "form_unavailable")]
    [InlineData("HTML", "malformed", "form_unavailable")]
    public async Task Any_other_caller_is_not_listed_search_and_a_call_says_why(string? answer, string reason, string code)
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Forms.OnForm = FormApiAnswers.Failing[answer ?? "503"].Answer;
        var token = answer is null ? null : Given.Token;
        var list = await rig.App.Rpc.ListAsync(token);
        Assert.Equal(s_static, list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        var missing = list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!["tools"]!.AsArray();
        Assert.Equal(["create_request"], missing.Select(tool => (string)tool!["name"]!));
        foreach (var tool in s_tools)
        {
            var call = await rig.App.Rpc.CallAsync(tool, """{"query":"x","entity_type":"user"}""", token);
            Assert.Equal(code, call.ErrorCode);
            Assert.StartsWith($"{tool} ", call.Text, StringComparison.Ordinal);
            Assert.Equal(reason, (string?)call.Result["_meta"]!["io.github.mcp-function-app/error"]!["reason"]);
            Assert.Null(call.Result["structuredContent"]);
        }

        Assert.Equal(0, rig.Sent);
    }

    [Fact]
    public async Task A_call_alone_is_guarded_as_a_list_is()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Forms.ServeByToken(token => token == Given.Token ? Given.Fields : null);
        Assert.Equal("token_rejected", (await rig.SearchAsync(token: Given.OtherToken)).ErrorCode);
        Assert.Equal(0, rig.Sent);
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.Equal(2, rig.Forms.FormCalls.Count);
    }

    [Fact]
    public async Task One_form_API_that_accepts_is_enough()
    {
        await using var second = await FakeFormApi.StartAsync();
        second.ServeFields(Given.Fields);
        await using var rig = await SearchRig.StartAsync(new() { ["Forms:1:Url"] = second.FormUrl, ["Forms:1:Tool"] = "second" });
        rig.Forms.OnForm = FormApiAnswers.Failing["503"].Answer;
        Assert.Equal([.. s_static, .. s_tools, "second", "draft_second"], (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.False((await rig.SearchAsync()).IsError);
        second.OnForm = FormApiAnswers.Failing["401"].Answer;
        Assert.Equal("form_unavailable", (await rig.SearchAsync(token: Given.OtherToken)).ErrorCode);
    }

    [Fact]
    public async Task Where_everybody_may_search_no_form_API_is_asked_for_it()
    {
        await using var rig = await SearchRig.StartAsync(new() { ["Elasticsearch:AllowAnonymous"] = "true" });
        rig.Forms.OnForm = FormApiAnswers.Failing["401"].Answer;
        Assert.False((await rig.SearchAsync(token: null)).IsError);
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.Empty(rig.Forms.Calls);
        Assert.Equal([.. s_static, .. s_tools], (await rig.App.Rpc.ListAsync()).ToolNames);
        Assert.Equal([.. s_static, .. s_tools], (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames);
    }

    [Fact]
    public async Task A_caller_that_the_local_check_has_accepted_searches_whatever_the_form_API_says_without_waiting_for_it()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var rig = await SearchRig.StartAsync(authority.Settings("Optional"));
        rig.Forms.OnForm = FormApiAnswers.Failing["503"].Answer;
        var token = authority.Token(rig.Clock.GetUtcNow());
        Assert.False((await rig.SearchAsync(token: token)).IsError);
        Assert.Empty(rig.Forms.Calls);
        Assert.Equal([.. s_static, .. s_tools], (await rig.App.Rpc.ListAsync(token)).ToolNames);
    }

    [Fact]
    public async Task Without_an_address_there_is_no_search_for_anybody()
    {
        await using var rig = await SearchRig.StartAsync(elasticUrl: "");
        Assert.Equal(
            [.. s_static, "create_request", "draft_create_request"],
            (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames
        );
        Assert.Equal(-32602, (await rig.SearchAsync()).Code);
        Assert.Equal(-32602, (await rig.SearchAsync(token: null)).Code);
    }

    [Theory]
    [InlineData("search_users")]
    [InlineData("search_entities_by_type")]
    [InlineData("list_entity_types")]
    public void A_form_cannot_take_a_search_tools_name(string tool) =>
        Assert.StartsWith("Forms:0:Tool ", Assert.Single(Configured.Faults(("Forms:0:Tool", tool))), StringComparison.Ordinal);
}
