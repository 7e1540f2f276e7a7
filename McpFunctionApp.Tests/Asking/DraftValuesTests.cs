using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>What a draft says of the values that are known.</summary>
public sealed class DraftValuesTests(SubmittingApp shared) : IClassFixture<SubmittingApp>
{
    private const string DraftTool = "draft_create_request";

    [Theory]
    [InlineData("""{"values":"{\"subject\":\"Printer\",\"priority\":\"HIGH\"}"}""")]
    [InlineData("""{"values":{"subject":"Printer","priority":"HIGH"}}""")]
    [InlineData("""{"values":{"subject":"Printer","priority":"HIGH"},"toolCallId":"7"}""")]
    public async Task What_is_complete_is_ready_and_shown_as_the_receipt_would(string arguments)
    {
        var draft = await shared.App.Rpc.CallAsync(DraftTool, arguments, Given.Token);
        Assert.Equal(
            """{"tool":"create_request","ready":true,"problems":[],"data":{"subject":"Printer","priority":"high"}}""",
            draft.Result["structuredContent"]!.ToJsonString()
        );
        Assert.Equal(draft.Result["structuredContent"]!.ToJsonString(), JsonNode.Parse(draft.Text)!.ToJsonString());
        Assert.Empty(shared.Api.Submissions);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"values":null}""")]
    [InlineData("""{"values":""}""")]
    [InlineData("""{"values":"{}"}""")]
    [InlineData("""{"values":{}}""")]
    public async Task Nothing_known_is_a_draft_that_names_what_is_missing(string arguments)
    {
        var content = (await shared.App.Rpc.CallAsync(DraftTool, arguments, Given.Token)).Result["structuredContent"]!;
        Assert.False((bool)content["ready"]!);
        Assert.Equal("subject", (string?)Assert.Single(content["problems"]!.AsArray())!["parameter"]);
        Assert.Equal("{}", content["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Problems_come_with_what_was_probably_meant()
    {
        var content = (await shared.App.Rpc.CallAsync(DraftTool, """{"values":{"priority":"hihg"}}""", Given.Token)).Result[
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
        var draft = await shared.App.Rpc.CallAsync(DraftTool, arguments, Given.Token);
        Assert.Equal("invalid_arguments", draft.ErrorCode);
        Assert.NotEmpty(draft.ErrorMeta()["problems"]!.AsArray());
    }
}
