using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>What becomes of the form API's answers to a submission.</summary>
public sealed class FormSubmissionAnswerTests : IAsyncLifetime
{
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
    [InlineData(200, """{"id":4711,"status":"open"}""", "4711", "open")]
    [InlineData(201, """{"id":"REQ-1","status":"waiting for approval"}""", "\"REQ-1\"", "waiting for approval")]
    [InlineData(202, """{"id":0}""", "0", "submitted")]
    [InlineData(200, """{"id":9007199254740993}""", "9007199254740993", "submitted")]
    [InlineData(200, """{"id":1.5,"status":null}""", "1.5", "submitted")]
    [InlineData(200, """{"id":"1","status":7,"more":[{}]}""", "\"1\"", "submitted")]
    [InlineData(200, """{"id":"1","status":""}""", "\"1\"", "submitted")]
    [InlineData(200, "\uFEFF{\"id\":\"1\"}", "\"1\"", "submitted")]
    public async Task Success_has_the_id_with_its_type_the_time_the_status_and_the_data(
        int status,
        string answer,
        string id,
        string state
    )
    {
        var result = await CallAsync(answer, status);
        Assert.False(result.IsError, result.Body);
        var expected = $$"""{"id":{{id}},"timestamp":"2026-07-28T12:00:00.000Z","status":"{{state}}","data":{{Given.Call}}}""";
        Assert.Equal(expected, result.Text);
        Assert.Equal(expected, result.Result["structuredContent"]!.ToJsonString());
        Assert.Null(result.Result["_meta"]);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(204, null)]
    [InlineData(202, "accepted")]
    [InlineData(200, "{}")]
    [InlineData(201, """{"id":""}""")]
    [InlineData(201, """{"id":true}""")]
    public async Task A_success_without_an_id_says_that_the_request_has_no_number(int status, string? answer)
    {
        var result = await CallAsync(answer, status);
        Assert.False(result.IsError, result.Body);
        var receipt = result.Result["structuredContent"]!.AsObject();
        Assert.True(receipt.ContainsKey("id"));
        Assert.Null(receipt["id"]);
        Assert.Equal("submitted", (string?)receipt["status"]);
        Assert.Contains("accepted without a number", (string?)receipt["note"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(201, "Location", "https://desk.example/requests/33", "33")]
    [InlineData(303, "Location", "/requests/33", "33")]
    [InlineData(204, "OData-EntityId", "https://org.example/incidents(5f4d)", "5f4d")]
    public async Task An_id_may_stand_in_a_header(int status, string header, string value, string id)
    {
        _api.OnSubmit = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers[header] = value;
            return Task.CompletedTask;
        };
        var result = await _app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal(id, (string?)result.Result["structuredContent"]!["id"]);
        Assert.Single(_api.Submissions);
    }

    [Fact]
    public async Task The_receipt_has_the_number_and_the_address()
    {
        var result = await CallAsync("""{"id":46,"number":"INC-46","url":"https://desk.example/46"}""", 201);
        Assert.Equal(
            $$"""{"id":46,"number":"INC-46","url":"https://desk.example/46","timestamp":"2026-07-28T12:00:"""
                + $$"""00.000Z","status":"submitted","data":{{Given.Call}}}""",
            result.Text
        );
    }

    [Fact]
    public async Task A_success_that_says_failure_is_a_refusal()
    {
        var result = await CallAsync("""{"id":8,"success":false,"message":"Not created"}""", 200);
        AssertFailed(result, 200);
        Assert.Contains("Not created", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_leaves_the_outcome_unknown()
    {
        _api.OnSubmit = context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.Body.WriteAsync("<!doctype html><title>Sign in</title>"u8.ToArray()).AsTask();
        };
        var result = await _app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Contains("check before repeating", result.Text, StringComparison.Ordinal);
        Assert.Single(_app.Log.Of(2001));
    }

    [Fact]
    public async Task Problems_of_fields_are_in_the_text_and_in_meta()
    {
        var result = await CallAsync(
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
        var result = await CallAsync(answer, status);
        AssertFailed(result, status);
        Assert.Contains(said, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_shortened()
    {
        var result = await CallAsync($$"""{"message":"{{new string('x', 100_000)}}"}""", 400);
        AssertFailed(result, 400);
        Assert.True(result.Text.Length < 500);
    }

    [Fact]
    public async Task A_failed_submission_is_sent_once_and_logged()
    {
        await CallAsync("{}", 500);
        Assert.Single(_api.Submissions);
        Assert.Single(_app.Log.Of(2000));
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
        var result = await CallAsync(
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
        _api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"id":{{Token}}}""", 201);
        var result = await _app.Rpc.CallAsync("create_request", Given.Call, Token);
        Assert.False(result.IsError, result.Body);
        Assert.Null(result.Result["structuredContent"]!["id"]);
    }

    [Fact]
    public async Task An_id_of_a_million_digits_is_no_id()
    {
        var result = await CallAsync($$"""{"id":{{new string('9', 1_000_000)}}}""", 201);
        Assert.False(result.IsError, result.Body);
        Assert.Null(result.Result["structuredContent"]!["id"]);
    }

    private Task<RpcAnswer> CallAsync(string? answer, int status)
    {
        _api.OnSubmit = context =>
        {
            context.Response.StatusCode = status;
            return answer is null ? Task.CompletedTask : FakeFormApi.Json(context, answer, status);
        };
        return _app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
    }

    private static void AssertFailed(RpcAnswer result, int status)
    {
        Assert.True(result.IsError);
        Assert.Equal("submission_failed", result.ErrorCode);
        Assert.Equal(status, (int)result.Result["_meta"]!["io.github.mcp-function-app/error"]!["httpStatus"]!);
        Assert.False(((JsonObject)result.Result).ContainsKey("structuredContent"));
    }
}
