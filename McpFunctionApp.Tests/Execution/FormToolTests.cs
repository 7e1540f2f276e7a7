using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>How a form's tool is listed, and that its answers keep what was listed.</summary>
public sealed class FormToolTests : ApiTests
{
    [Fact]
    public async Task It_is_listed_with_the_settings_texts_and_hints_that_it_creates_something()
    {
        await using var app = await WatchedApp.StartAsync(
            Api,
            null,
            new()
            {
                ["Forms:0:Tool"] = "open-ticket",
                ["Forms:0:Title"] = "Open a ticket",
                ["Forms:0:Description"] = "Opens a ticket.",
            }
        );
        var tool = (await app.Rpc.ListAsync(Given.Token)).Tool("open-ticket");
        Assert.Equal("Open a ticket", (string?)tool["title"]);
        Assert.Equal("Opens a ticket.", (string?)tool["description"]);
        var hints = tool["annotations"]!;
        Assert.False((bool)hints["readOnlyHint"]!);
        Assert.False((bool)hints["destructiveHint"]!);
        Assert.False((bool)hints["idempotentHint"]!);
        Assert.True((bool)hints["openWorldHint"]!);
    }

    [Fact]
    public async Task A_required_field_that_cannot_be_offered_is_named_in_the_description()
    {
        var tooMany = string.Join(',', Enumerable.Repeat(1, 200_001));
        Api.ServeFields($$"""{{Given.Fields}},{"name":"Broken one","options":[{{tooMany}}],"required":true}""");
        await using var app = await WatchedApp.StartAsync(Api);
        var tool = (await app.Rpc.ListAsync(Given.Token)).Tool("create_request");
        Assert.Contains("Broken one", (string?)tool["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_a_client_adds_are_ignored_as_the_setting_says()
    {
        await using var app = await WatchedApp.StartAsync(Api, null, new() { ["Endpoint:IgnoredArguments:0"] = "trace" });
        Assert.False((await app.Rpc.CallAsync("create_request", """{"subject":"x","trace":1}""", Given.Token)).IsError);
        Assert.False((await app.Rpc.CallAsync("add", """{"a":1,"b":2,"trace":1}""", Given.Token)).IsError);
        Assert.Equal(
            "invalid_arguments",
            (await app.Rpc.CallAsync("create_request", """{"subject":"x","toolCallId":1}""", Given.Token)).ErrorCode
        );
    }

    [Fact]
    public async Task What_is_converted_is_what_is_submitted_and_in_the_receipt()
    {
        Api.ServeFields(
            Given.Fields
                + """,{"paramName":"impact","type":"DropDownFieldRest","options":[{"label":"One","id":1},"""
                + """{"label":"All","id":2}],"defaultValue":"All"}"""
        );
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var result = await app.Rpc.CallAsync(
            "create_request",
            """{"priority":" HIGH\n","subject":123,"impact":null}""",
            Given.Token
        );
        Assert.Equal(
            """{"subject":"123","priority":"high","impact":"All"}""",
            result.Result["structuredContent"]!["data"]!.ToJsonString()
        );
        Assert.Equal("""{"subject":"123","priority":3,"impact":2}""", Assert.Single(Api.Submissions).Body);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("\"REQ-1\"")]
    [InlineData("1.5")]
    [InlineData("null")]
    public async Task A_success_has_the_members_and_types_of_the_output_schema(string id)
    {
        Api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"id":{{id}},"status":"open","extra":true}""", 201);
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var schema = (await app.Rpc.ListAsync(Given.Token)).Tool("create_request")["outputSchema"]!;
        var content = (await app.Rpc.CallAsync("create_request", Given.Call, Given.Token)).Result[
            "structuredContent"
        ]!.AsObject();
        Assert.Equal("object", (string?)schema["type"]);
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.All(schema["required"]!.AsArray(), name => Assert.True(content.ContainsKey((string)name!)));
        Assert.All(
            content,
            member =>
            {
                // One type, or a list of them: whichever way the schema says it.
                var allowed = schema["properties"]![member.Key]!.ToJsonString();
                Assert.Contains(
                    $"\"{(member.Value?.GetValueKind() ?? JsonValueKind.Null).ToString().ToLowerInvariant()}\"",
                    allowed,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Fact]
    public async Task Arguments_are_checked_against_this_callers_form()
    {
        Api.ServeByToken(token =>
            token == Given.Token
                ? """{"paramName":"mine","type":"TextFieldRest"}"""
                : """{"paramName":"yours","type":"TextFieldRest"}"""
        );
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        Assert.False((await app.Rpc.CallAsync("create_request", """{"mine":"x"}""", Given.Token)).IsError);
        Assert.Equal(
            "invalid_arguments",
            (await app.Rpc.CallAsync("create_request", """{"mine":"x"}""", Given.OtherToken)).ErrorCode
        );
        Assert.Single(Api.Submissions);
    }

    [Fact]
    public async Task All_problems_come_at_once_and_nothing_runs()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var result = await app.Rpc.CallAsync("create_request", """{"priority":"hihg","colour":"red"}""", Given.Token);
        Assert.Equal("invalid_arguments", result.ErrorCode);
        Assert.Null(result.Result["structuredContent"]);
        Assert.Equal(
            ["subject", "priority", "colour"],
            result.Result["_meta"]!["io.github.mcp-function-app/error"]!["problems"]!
                .AsArray()
                .Select(p => (string)p!["parameter"]!)
        );
        Assert.Contains("Nearest: high.", result.Text, StringComparison.Ordinal);
        Assert.Empty(Api.Submissions);
    }
}
