using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A draft says what is known of a request, and submits nothing.</summary>
public sealed class DraftToolTests : IAsyncLifetime
{
    private const string DraftTool = "draft_create_request";

    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeFields(Given.Fields);
        _app = await WatchedApp.StartSubmittingAsync(_api, _clock);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"values":"{\"subject\":\"Printer\",\"priority\":\"HIGH\"}"}""")]
    [InlineData("""{"values":{"subject":"Printer","priority":"HIGH"}}""")]
    [InlineData("""{"values":{"subject":"Printer","priority":"HIGH"},"toolCallId":"7"}""")]
    public async Task What_is_complete_is_ready_and_shown_as_the_receipt_would(string arguments)
    {
        var draft = await _app.Rpc.CallAsync(DraftTool, arguments, Given.Token);
        Assert.Equal(
            """{"tool":"create_request","ready":true,"problems":[],"data":{"subject":"Printer","priority":"high"}}""",
            draft.Result["structuredContent"]!.ToJsonString()
        );
        Assert.Equal(draft.Result["structuredContent"]!.ToJsonString(), JsonNode.Parse(draft.Text)!.ToJsonString());
        Assert.Empty(_api.Submissions);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"values":null}""")]
    [InlineData("""{"values":""}""")]
    [InlineData("""{"values":"{}"}""")]
    [InlineData("""{"values":{}}""")]
    public async Task Nothing_known_is_a_draft_that_names_what_is_missing(string arguments)
    {
        var content = (await _app.Rpc.CallAsync(DraftTool, arguments, Given.Token)).Result["structuredContent"]!;
        Assert.False((bool)content["ready"]!);
        Assert.Equal("subject", (string?)Assert.Single(content["problems"]!.AsArray())!["parameter"]);
        Assert.Equal("{}", content["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Problems_come_with_what_was_probably_meant()
    {
        var content = (await _app.Rpc.CallAsync(DraftTool, """{"values":{"priority":"hihg"}}""", Given.Token)).Result[
            "structuredContent"
        ]!;
        var problems = content["problems"]!.AsArray();
        Assert.Equal(["subject", "priority"], problems.Select(problem => (string?)problem!["parameter"]));
        Assert.Equal("high", (string?)problems[1]!["nearest"]![0]);
    }

    [Theory]
    [InlineData("""{"values":"not JSON"}""")]
    [InlineData("""{"values":"[1]"}""")]
    [InlineData("""{"values":"{\"subject\":1,\"subject\":2}"}""")]
    [InlineData("""{"values":"{\"subject\":\"\\ud800\"}"}""")]
    [InlineData("""{"values":"{\"\\ud800\":1}"}""")]
    [InlineData("""{"values":[1]}""")]
    [InlineData("""{"subject":"Printer"}""")]
    public async Task What_is_no_object_of_values_is_told(string arguments)
    {
        var draft = await _app.Rpc.CallAsync(DraftTool, arguments, Given.Token);
        Assert.Equal("invalid_arguments", draft.ErrorCode);
        Assert.NotEmpty(draft.ErrorMeta()["problems"]!.AsArray());
    }

    [Fact]
    public async Task The_form_is_there_for_whoever_draws_it_prefilled_with_what_was_given()
    {
        _api.ServeFields(
            """
            {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,"maxLength":80},
            {"name":"How urgent","paramName":"priority","type":"DropDownFieldRest","options":["low","high"],"defaultValue":"low"},
            {"name":"Count","paramName":"count","type":"NumberFieldRest"}
            """
        );
        await using var app = await WatchedApp.StartAsync(_api);
        var form = (
            await app.Rpc.CallAsync(DraftTool, """{"values":{"subject":"Printer","count":"many"}}""", Given.Token)
        ).Form();
        Assert.Equal(["tool", "title", "fields", "values", "problems"], form.AsObject().Select(member => member.Key));
        Assert.Equal("create_request", (string?)form["tool"]);
        Assert.Equal("Create request", (string?)form["title"]);
        Assert.Equal("""{"subject":"Printer","priority":"low","count":"many"}""", form["values"]!.ToJsonString());
        Assert.Equal("count", (string?)Assert.Single(form["problems"]!.AsArray())!["parameter"]);
        var fields = form["fields"]!.AsArray();
        Assert.Equal(["text", "choice", "number"], fields.Select(field => (string?)field!["kind"]));
        Assert.Equal(["Subject", "How urgent", "Count"], fields.Select(field => (string?)field!["title"]));
        Assert.True((bool)fields[0]!["required"]!);
        Assert.False((bool)fields[1]!["required"]!);
        Assert.Equal("""["low","high"]""", fields[1]!["options"]!.ToJsonString());
        Assert.Equal(2, (int)fields[1]!["optionCount"]!);
        Assert.Equal("low", (string?)fields[1]!["default"]);
    }

    [Fact]
    public async Task Options_that_are_not_listed_are_counted()
    {
        _api.ServeFields(
            $$"""{"name":"Asset","paramName":"asset","type":"DropDownFieldRest",{{Sources.MappedForm.Options(201)}}}"""
        );
        await using var app = await WatchedApp.StartAsync(_api);
        var field = Assert
            .Single((await app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).Form()["fields"]!.AsArray())!
            .AsObject();
        Assert.Equal(201, (int)field["optionCount"]!);
        Assert.False(field.ContainsKey("options"));
        Assert.Contains("find_options", (string)field["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_and_with_a_form_API_that_is_down_it_says_why_as_the_forms_tool_does()
    {
        Assert.Equal("authentication_required", (await _app.Rpc.CallAsync(DraftTool, "{}")).ErrorCode);
        _api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        Assert.Equal("form_unavailable", (await _app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).ErrorCode);
    }

    [Fact]
    public async Task Each_is_a_line_of_the_audit_log()
    {
        await _app.Rpc.CallAsync(DraftTool, """{"values":{"subject":"a subject that nobody else reads"}}""", Given.Token);
        var line = Assert.Single(_app.Log.Of(4010)).Text;
        Assert.Contains($"Tool {DraftTool} called by caller", line, StringComparison.Ordinal);
        Assert.Contains(": drafted in", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_app.Log.Lines, logged => logged.Text.Contains("nobody else", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(4)]
    public async Task Its_tools_add_no_more_than_a_kilobyte_to_a_list_which_stays_the_same_to_the_byte(int count)
    {
        var fields = string.Join(
            ',',
            Enumerable
                .Range(0, count)
                .Select(i =>
                    $$"""{"paramName":"a_field_with_a_rather_long_name_{{i}}","type":"DropDownFieldRest","""
                    + $$"""{{Sources.MappedForm.Options(201)}}}"""
                )
        );
        _api.ServeFields(fields);
        await using var app = await WatchedApp.StartAsync(
            _api,
            null,
            new() { ["Forms:0:Tool"] = new string('t', 34), ["Forms:0:Title"] = new string('T', 500) }
        );
        var list = await app.Rpc.ListAsync(Given.Token);
        var added = list.Result["tools"]!
            .AsArray()
            .Where(tool =>
                (string)tool!["name"]! is "find_options" || ((string)tool["name"]!).StartsWith("draft_", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Equal(2, added.Count);
        Assert.Equal(count == 4, added[1]!["inputSchema"]!["properties"]!["field"]!.AsObject().ContainsKey("enum"));
        Assert.InRange(added.Sum(tool => Encoding.UTF8.GetByteCount(tool!.ToJsonString())), 1, 1_024);
        Assert.Equal(list.Body, (await app.Rpc.ListAsync(Given.Token)).Body);
    }

    [Fact]
    public async Task Each_call_takes_one_permit_of_the_callers_allowance()
    {
        await using var app = await WatchedApp.StartAsync(_api, _clock, new() { ["RateLimit:PermitsPerMinute"] = "5" });
        Assert.False((await app.Rpc.ListAsync(Given.Token)).Body.Contains("error", StringComparison.Ordinal));
        for (var call = 0; call < 5; call++)
        {
            Assert.Equal(200, (int)(await app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).Status);
        }

        Assert.Equal(429, (int)(await app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).Status);
    }
}
