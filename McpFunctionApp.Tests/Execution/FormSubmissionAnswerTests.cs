using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>What becomes of the form API's answers to a submission that it has accepted.</summary>
public sealed class FormSubmissionAnswerTests(SubmittingApp shared) : IClassFixture<SubmittingApp>
{
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
        var result = await shared.SubmitAsync(answer, status);
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
        var result = await shared.SubmitAsync(answer, status);
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
        var before = shared.Api.Submissions.Count;
        shared.Api.OnSubmit = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers[header] = value;
            return Task.CompletedTask;
        };
        var result = await shared.App.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal(id, (string?)result.Result["structuredContent"]!["id"]);
        Assert.Equal(before + 1, shared.Api.Submissions.Count);
    }

    [Fact]
    public async Task The_receipt_has_the_number_and_the_address()
    {
        var result = await shared.SubmitAsync("""{"id":46,"number":"INC-46","url":"https://desk.example/46"}""", 201);
        Assert.Equal(
            $$"""{"id":46,"number":"INC-46","url":"https://desk.example/46","timestamp":"2026-07-28T12:00:"""
                + $$"""00.000Z","status":"submitted","data":{{Given.Call}}}""",
            result.Text
        );
    }

    [Fact]
    public async Task An_id_of_a_million_digits_is_no_id()
    {
        var result = await shared.SubmitAsync($$"""{"id":{{new string('9', 1_000_000)}}}""", 201);
        Assert.False(result.IsError, result.Body);
        Assert.Null(result.Result["structuredContent"]!["id"]);
    }
}
