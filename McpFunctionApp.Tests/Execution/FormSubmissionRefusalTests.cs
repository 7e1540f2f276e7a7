using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>What a caller is told of a submission that the form API has refused, and that no token is in it.</summary>
public sealed class FormSubmissionRefusalTests(SubmittingApp shared) : IClassFixture<SubmittingApp>
{
    [Fact]
    public async Task A_success_that_says_failure_is_a_refusal()
    {
        var result = await shared.SubmitAsync("""{"id":8,"success":false,"message":"Not created"}""", 200);
        AssertFailed(result, 200);
        Assert.Contains("Not created", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_fields_are_in_the_text_and_in_meta()
    {
        var result = await shared.SubmitAsync(
            """{"description":"Validation failed","errors":[{"field":"priority","message":"is """
                + """unknown"},{"field":"impact","message":"is missing"}]}""",
            422
        );
        AssertFailed(result, 422);
        Assert.Equal(
            "The form API refused the request (422: Validation failed).\npriority: is unknown\nimpact: is missing",
            result.Text
        );
        Assert.Equal(
            """[{"parameter":"priority","message":"is unknown"},{"field":"impact","message":"is missing"}]""",
            result.Result["_meta"]!["io.github.mcp-function-app/error"]!["problems"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData(400, """{"message":"subject is too rude"}""", "subject is too rude")]
    [InlineData(409, """{"error":"there is one already"}""", "there is one already")]
    [InlineData(422, """{"title":"Invalid","detail":"priority 3 is for managers"}""", "priority 3 is for managers")]
    [InlineData(400, """{"message":"line one\r\n\u001b[31mline two\u202e"}""", "line one [31mline two")]
    [InlineData(401, """{"message":"token expired"}""", "did not accept your token")]
    [InlineData(403, """{}""", "does not permit you")]
    [InlineData(404, "<html>not found</html>", "refused the request (404)")]
    [InlineData(413, null, "refused the request (413)")]
    [InlineData(429, """{}""", "is busy; try again later")]
    [InlineData(500, """{"message":"NullReferenceException"}""", "failed; try again later")]
    [InlineData(503, null, "failed; try again later")]
    [InlineData(302, null, "refused the request (302)")]
    public async Task Any_other_answer_is_a_failure_that_says_what_the_api_said(int status, string? answer, string said)
    {
        var result = await shared.SubmitAsync(answer, status);
        AssertFailed(result, status);
        Assert.Contains(said, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_shortened()
    {
        var result = await shared.SubmitAsync($$"""{"message":"{{new string('x', 100_000)}}"}""", 400);
        AssertFailed(result, 400);
        Assert.True(result.Text.Length < 500);
    }

    [Theory]
    [InlineData(400, """{"message":"the token TOKEN is unknown"}""")]
    [InlineData(400, """{"message":"the token ESCAPED is unknown"}""")]
    [InlineData(401, """{"error":"Bearer TOKEN"}""")]
    [InlineData(500, """{"detail":"... PIECE ..."}""")]
    [InlineData(201, """{"id":"TOKEN"}""")]
    [InlineData(201, """{"id":1,"status":"TOKEN"}""")]
    [InlineData(201, """{"id":1,"status":"of PIECE"}""")]
    public async Task Text_that_repeats_the_token_is_not_shown(int status, string answer)
    {
        var escaped = string.Concat(Given.Token.Select(c => $"\\u{(int)c:x4}"));
        var result = await shared.SubmitAsync(
            answer
                .Replace("TOKEN", Given.Token, StringComparison.Ordinal)
                .Replace("ESCAPED", escaped, StringComparison.Ordinal)
                .Replace("PIECE", Given.Token[4..16], StringComparison.Ordinal),
            status
        );
        TokenLeaks.AssertNone([result.Body], [Given.Token]);
    }

    [Fact]
    public async Task A_token_of_digits_does_not_come_back_as_a_number()
    {
        const string Token = "47110815471108154711081547110815471108";
        shared.Api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"id":{{Token}}}""", 201);
        var result = await shared.App.Rpc.CallAsync("create_request", Given.Call, Token);
        Assert.False(result.IsError, result.Body);
        Assert.Null(result.Result["structuredContent"]!["id"]);
    }

    private static void AssertFailed(RpcAnswer result, int status)
    {
        Assert.True(result.IsError);
        Assert.Equal("submission_failed", result.ErrorCode);
        Assert.Equal(status, (int)result.Result["_meta"]!["io.github.mcp-function-app/error"]!["httpStatus"]!);
        Assert.False(((JsonObject)result.Result).ContainsKey("structuredContent"));
    }
}
