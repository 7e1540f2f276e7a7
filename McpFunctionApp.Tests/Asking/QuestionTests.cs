using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>What a person is asked: exactly what is missing or wrong, in the form that the specification knows.</summary>
public sealed class QuestionTests : ApiTests
{
    [Fact]
    public async Task Only_what_is_missing_or_wrong_is_asked_for_and_nothing_is_submitted()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var asked = await app.Rpc.AskAsync("""{"priority":"high"}""");
        Assert.Equal(
            ["inputRequests", "requestState", "resultType", "_meta"],
            asked.Result.AsObject().Select(member => member.Key)
        );
        Assert.Equal("input_required", (string?)asked.Result["resultType"]);
        Assert.Equal("elicitation/create", (string?)asked.Result["inputRequests"]!["form"]!["method"]);
        Assert.Equal("form", (string?)asked.Elicitation()["mode"]);
        Assert.StartsWith("Create request: ", (string)asked.Elicitation()["message"]!, StringComparison.Ordinal);
        Assert.Equal(
            """{"type":"object","properties":{"subject":"""
                + """{"type":"string","title":"Subject","description":"Subject","minLength":1}},"required":["subject"]}""",
            asked.Asked().ToJsonString()
        );
        Assert.Empty(Api.Submissions);
        Assert.Contains(app.Log.Of(4010), line => line.Text.Contains(": asked in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_choice_is_asked_with_all_options_and_the_nearest_as_default()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var asked = await app.Rpc.AskAsync("""{"subject":"Printer","priority":"hihg"}""");
        Assert.Equal(
            """{"type":"string","title":"Priority","description":"Priority","oneOf":[{"const":"low","title":"low"},"""
                + """{"const":"high","title":"high"}],"default":"high"}""",
            asked.Asked()["properties"]!["priority"]!.ToJsonString()
        );
        Assert.Contains("'hihg'", (string)asked.Elicitation()["message"]!, StringComparison.Ordinal);
        Assert.False(asked.Asked().ContainsKey("required"));
    }

    [Fact]
    public async Task Every_kind_is_asked_by_members_that_the_specification_knows()
    {
        Api.OnForm = context =>
            FakeFormApi.Json(
                context,
                """
                {"type":"object","properties":{
                  "text":{"type":"string","title":"Text","minLength":2,"maxLength":9,"pattern":"^[a-z]+$"},
                  "number":{"type":"number","minimum":1,"maximum":5},
                  "several":{"type":"array","items":{"enum":["a","b","c"]},"uniqueItems":true},
                  "texts":{"type":"array","items":{"type":"string"}},
                  "flag":{"type":"boolean"},
                  "day":{"type":"string","format":"date"},
                  "moment":{"type":"string","format":"date-time"}},
                 "required":["text","number","several","texts","flag","day","moment"]}
                """
            );
        await using var app = await WatchedApp.StartAsync(Api);
        var asked = (await app.Rpc.AskAsync("""{"several":["a","x","B"]}""")).Asked();
        string[] known =
        [
            "type",
            "title",
            "description",
            "format",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "items",
            "oneOf",
            "default",
        ];
        Assert.All(
            asked["properties"]!.AsObject(),
            property => Assert.All(property.Value!.AsObject(), member => Assert.Contains(member.Key, known))
        );
        Assert.Equal(
            ["string", "number", "array", "string", "boolean", "string", "string"],
            asked["properties"]!.AsObject().Select(property => (string?)property.Value!["type"])
        );
        Assert.Equal("date", (string?)asked["properties"]!["day"]!["format"]);
        Assert.Equal("date-time", (string?)asked["properties"]!["moment"]!["format"]);
        Assert.Contains("^[a-z]+$", (string)asked["properties"]!["text"]!["description"]!, StringComparison.Ordinal);
        var several = asked["properties"]!["several"]!;
        Assert.Equal("array", (string?)several["type"]);
        Assert.Equal(
            """{"anyOf":[{"const":"a","title":"a"},{"const":"b","title":"b"},{"const":"c","title":"c"}]}""",
            several["items"]!.ToJsonString()
        );
        Assert.Equal("a", (string?)several["default"]![0]);
        Assert.Contains("b", several["default"]!.AsArray().Select(label => (string?)label));
    }

    [Theory]
    [InlineData("""{"url":{}}""")]
    [InlineData("null")]
    public async Task A_client_that_cannot_ask_by_form_gets_the_text(string elicitation)
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var capabilities = elicitation == "null" ? "{}" : $$"""{"elicitation":{{elicitation}}}""";
        Assert.Equal("invalid_arguments", (await app.Rpc.AskAsync("{}", capabilities: capabilities)).ErrorCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"form":{}}""")]
    [InlineData("""{"form":{},"url":{}}""")]
    public async Task One_that_declares_it_is_asked(string elicitation)
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        Assert.True((await app.Rpc.AskAsync("{}", capabilities: $$"""{"elicitation":{{elicitation}}}""")).IsAsked());
    }

    [Fact]
    public async Task In_the_handshake_revisions_and_where_the_setting_says_never_the_answer_is_the_text()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        Assert.Equal("invalid_arguments", (await app.Rpc.CallAsync("create_request", "{}", Given.Token)).ErrorCode);
        await using var never = await WatchedApp.StartSubmittingAsync(Api, null, new() { ["Forms:0:Ask"] = "never" });
        Assert.Equal("invalid_arguments", (await never.Rpc.AskAsync("{}")).ErrorCode);
    }

    [Fact]
    public async Task An_argument_that_is_no_parameter_cannot_be_asked_for()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var answer = await app.Rpc.AskAsync("""{"colour":"red"}""");
        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.Equal(
            ["subject", "colour"],
            answer.ErrorMeta()["problems"]!.AsArray().Select(problem => (string?)problem!["parameter"])
        );
    }

    [Fact]
    public async Task A_complete_call_is_answered_at_once()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        Assert.False((await app.Rpc.AskAsync(Given.Call)).IsError);
        Assert.Single(Api.Submissions);
    }
}
