using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Catalog;

/// <summary>What is listed can be called, and what is not listed cannot.</summary>
public sealed class ToolCatalogTests : IAsyncLifetime
{
    private FakeFormApi _first = null!;
    private FakeFormApi _second = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _first = await FakeFormApi.StartAsync();
        _second = await FakeFormApi.StartAsync();
        _first.ServeFields(Given.Fields);
        _second.ServeFields("""{"paramName":"other","type":"TextFieldRest"}""");

        // Settings have keys and no order of their own: 2 comes before 10.
        _app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:10:Tool"] = "a_later_tool",
                ["Forms:10:Url"] = _second.FormUrl,
                ["Forms:2:Tool"] = "the_first_tool",
                ["Forms:2:Url"] = _first.FormUrl,
            }
        );
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Static_tools_come_first_then_the_forms_in_their_order()
    {
        var list = await _app.Rpc.ListAsync(Given.Token);
        Assert.Equal(
            ["add", "echo", "multiply", "the_first_tool", "draft_the_first_tool", "a_later_tool", "draft_a_later_tool"],
            list.ToolNames
        );
        Assert.Null(list.FallbackReason);
        Assert.Equal(list.Body, (await _app.Rpc.ListAsync(Given.Token)).Body);
    }

    [Fact]
    public async Task Each_tool_has_its_own_form()
    {
        Assert.False((await _app.Rpc.CallAsync("the_first_tool", Given.Call, Given.Token)).IsError);
        Assert.Equal("invalid_arguments", (await _app.Rpc.CallAsync("a_later_tool", Given.Call, Given.Token)).ErrorCode);
        Assert.False((await _app.Rpc.CallAsync("a_later_tool", """{"other":"x"}""", Given.Token)).IsError);
    }

    [Fact]
    public async Task A_form_api_that_is_down_takes_only_its_own_tool_away()
    {
        _first.OnForm = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var list = await _app.Rpc.ListAsync(Given.Token, perRequest: true);
        Assert.Equal(["add", "echo", "multiply", "a_later_tool", "draft_a_later_tool"], list.ToolNames);
        Assert.Equal("unavailable", list.FallbackReason);
        Assert.Equal(0, (long)list.Result["ttlMs"]!);
        var tool = Assert.Single(list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!["tools"]!.AsArray());
        Assert.Equal("""{"name":"the_first_tool","reason":"unavailable"}""", tool!.ToJsonString());
        Assert.Equal("form_unavailable", (await _app.Rpc.CallAsync("the_first_tool", Given.Call, Given.Token)).ErrorCode);
        Assert.False((await _app.Rpc.CallAsync("a_later_tool", """{"other":"x"}""", Given.Token)).IsError);
    }

    [Fact]
    public async Task A_call_asks_only_for_the_form_of_its_tool_and_a_list_uses_it_again()
    {
        await _app.Rpc.CallAsync("the_first_tool", Given.Call, Given.Token);
        Assert.Empty(_second.Calls);
        await _app.Rpc.ListAsync(Given.Token);
        Assert.Single(_first.Calls);
        Assert.Single(_second.Calls);
    }

    [Fact]
    public async Task A_call_that_fits_another_callers_form_is_refused()
    {
        _first.ServeByToken(token =>
            token == Given.Token ? Given.Fields : """{"paramName":"subject","type":"NumberFieldRest"}"""
        );
        Assert.False((await _app.Rpc.CallAsync("the_first_tool", Given.Call, Given.Token)).IsError);
        var refused = await _app.Rpc.CallAsync("the_first_tool", Given.Call, Given.OtherToken);
        Assert.Equal("invalid_arguments", refused.ErrorCode);
        Assert.Equal(
            ["subject", "priority"],
            refused.Result["_meta"]!["io.github.mcp-function-app/error"]!["problems"]!
                .AsArray()
                .Select(p => (string)p!["parameter"]!)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"paramName":"x","type":"TextFieldRest","hidden":true}""")]
    [InlineData("""{"paramName":"x","type":"TextFieldRest","requesterViewOnly":true}""")]
    [InlineData("""{"paramName":"x","groupIds":"1"}""")]
    [InlineData("""{"type":"SectionRest"}""")]
    public async Task A_form_without_a_usable_field_has_no_tool_and_the_reason_is_that_it_is_empty(string fields)
    {
        _first.ServeFields(fields);
        await AssertMissingAsync("empty", "no field");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{},{"type":"TextFieldRest"}""")]
    public async Task A_form_of_which_nothing_can_be_read_is_malformed(string fields)
    {
        _first.ServeFields(fields);
        await AssertMissingAsync("malformed", "none of its fields");
    }

    [Fact]
    public async Task A_form_that_requires_what_cannot_be_offered_has_no_tool_and_the_reason_names_the_field()
    {
        _first.ServeFields(
            """{"paramName":"x"},{"name":"Master password","paramName":"y","type":"PasswordFieldRest","required":true}"""
        );
        await AssertMissingAsync("cannot_be_filled", "Master password");
    }

    [Fact]
    public async Task A_form_that_is_given_and_is_no_tool_has_accepted_the_token()
    {
        _first.ServeFields("");
        _second.OnForm = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Callers:Mode"] = "Challenge",
                ["Forms:0:Tool"] = "the_first_tool",
                ["Forms:0:Url"] = _first.FormUrl,
                ["Forms:1:Tool"] = "a_later_tool",
                ["Forms:1:Url"] = _second.FormUrl,
            }
        );
        Assert.Equal("empty", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    private async Task AssertMissingAsync(string reason, string said)
    {
        foreach (var _ in (bool[])[false, true])
        {
            var list = await _app.Rpc.ListAsync(Given.Token);
            Assert.Equal(["add", "echo", "multiply", "a_later_tool", "draft_a_later_tool"], list.ToolNames);
            Assert.Equal(reason, list.FallbackReason);
            Assert.Contains(
                said,
                (string)list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!["message"]!,
                StringComparison.Ordinal
            );
            var call = await _app.Rpc.CallAsync("the_first_tool", "{}", Given.Token);
            Assert.Equal("form_unavailable", call.ErrorCode);
            Assert.Equal(reason, (string?)call.Result["_meta"]!["io.github.mcp-function-app/error"]!["reason"]);
        }
    }

    [Theory]
    [InlineData("no_such_tool")]
    [InlineData("The_First_Tool")]
    [InlineData("the_first_tool ")]
    [InlineData("")]
    public async Task An_unknown_tool_is_an_error_whoever_asks(string name)
    {
        Assert.Equal(-32602, (await _app.Rpc.RequestAsync("tools/call", new JsonObject { ["name"] = name }, Given.Token)).Code);
        Assert.Equal(-32602, (await _app.Rpc.RequestAsync("tools/call", new JsonObject { ["name"] = name })).Code);
        Assert.Empty(_first.Calls);
    }

    [Fact]
    public async Task A_group_that_only_the_token_names_makes_the_form_smaller()
    {
        _first.ServeFields(
            """{"paramName":"a","type":"TextFieldRest","groupIds":[1]},{"paramName":"b","type":"TextFieldRest","groupIds":[2]}"""
        );
        var token = Given.Jwt("""{"sub":"sam","groups":["2"]}""");
        var tool = (await _app.Rpc.ListAsync(token)).Tool("the_first_tool");
        Assert.Equal(["b"], tool["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal("invalid_arguments", (await _app.Rpc.CallAsync("the_first_tool", """{"a":"x"}""", token)).ErrorCode);
    }
}
