using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A draft says what is known of a request, and submits nothing.</summary>
public sealed class DraftToolTests : AppTests<WatchedApp>
{
    private const string DraftTool = "draft_create_request";

    [Fact]
    public async Task The_form_is_there_for_whoever_draws_it_prefilled_with_what_was_given()
    {
        Api.ServeFields(
            """
            {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,"maxLength":80},
            {"name":"How urgent","paramName":"priority","type":"DropDownFieldRest","options":["low","high"],"defaultValue":"low"},
            {"name":"Count","paramName":"count","type":"NumberFieldRest"}
            """
        );
        await using var app = await WatchedApp.StartAsync(Api);
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
        Api.ServeFields(
            $$"""{"name":"Asset","paramName":"asset","type":"DropDownFieldRest",{{Sources.MappedForm.Options(201)}}}"""
        );
        await using var app = await WatchedApp.StartAsync(Api);
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
        Assert.Equal("authentication_required", (await App.Rpc.CallAsync(DraftTool, "{}")).ErrorCode);
        Api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        Assert.Equal("form_unavailable", (await App.Rpc.CallAsync(DraftTool, "{}", Given.Token)).ErrorCode);
    }

    [Fact]
    public async Task Each_is_a_line_of_the_audit_log()
    {
        await App.Rpc.CallAsync(DraftTool, """{"values":{"subject":"a subject that nobody else reads"}}""", Given.Token);
        var line = Assert.Single(App.Log.Of(4010)).Text;
        Assert.Contains($"Tool {DraftTool} called by caller", line, StringComparison.Ordinal);
        Assert.Contains(": drafted in", line, StringComparison.Ordinal);
        Assert.DoesNotContain(App.Log.Lines, logged => logged.Text.Contains("nobody else", StringComparison.Ordinal));
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
        Api.ServeFields(fields);
        await using var app = await WatchedApp.StartAsync(
            Api,
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
        await using var app = await WatchedApp.StartAsync(Api, Clock, new() { ["RateLimit:PermitsPerMinute"] = "5" });
        Assert.False((await app.Rpc.ListAsync(Given.Token)).Body.Contains("error", StringComparison.Ordinal));
        for (var call = 0; call < 5; call++)
        {
            Assert.Equal(200, (int)(await app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).Status);
        }

        Assert.Equal(429, (int)(await app.Rpc.CallAsync(DraftTool, "{}", Given.Token)).Status);
    }

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartSubmittingAsync(Api, Clock);
}
