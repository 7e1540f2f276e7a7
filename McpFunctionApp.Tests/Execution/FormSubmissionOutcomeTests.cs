using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Execution;

/// <summary>Where it cannot be known whether the request was created, the answer says so, and nothing is sent twice.</summary>
public sealed class FormSubmissionOutcomeTests
{
    public static TheoryData<string> Breaks =>
        [
            "resets",
            "closes",
            "closes after half of the headers",
            "closes after half of the body",
            "never answers",
            "never ends its answer",
        ];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_connection_that_breaks_after_sending_leaves_the_outcome_unknown(string how)
    {
        await using var api = new RawApi(connection => SpeakAsync(connection, how));
        await using var app = await StartAsync(api.Settings);
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.True(result.IsError);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Contains("may have been created: check before repeating", result.Text, StringComparison.Ordinal);
        Assert.Null(result.Result["structuredContent"]);
        Assert.Equal(1, api.Posts);
        Assert.Single(app.Log.Of(2001));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_that_cannot_be_decompressed_leaves_the_outcome_unknown(string encoding)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        api.OnSubmit = FormApiAnswers.Encoded(encoding, () => "{\"id\":4711,\"status\":\"open\"}"u8.ToArray());
        await using var app = await TestApp.StartAsync(api, settings: new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl });
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Contains("may have been created: check before repeating", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_leaves_the_outcome_unknown()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        api.OnSubmit = context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.Body.WriteAsync("<!doctype html><title>Sign in</title>"u8.ToArray()).AsTask();
        };
        await using var app = await WatchedApp.StartSubmittingAsync(api);
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Contains("check before repeating", result.Text, StringComparison.Ordinal);
        Assert.Single(app.Log.Of(2001));
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_is_no_reason_to_send_again()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawApi.Json(Given.Form));
            await connection.ReadRequestAsync();
        });
        await using var app = await StartAsync(api.Settings);
        await app.Rpc.ListAsync(Given.Token);
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Equal(1, api.Posts);
    }

    [Fact]
    public async Task A_kept_connection_that_is_reset_is_no_reason_to_send_again()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawApi.Json(Given.Form));
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        await using var app = await StartAsync(api.Settings);
        await app.Rpc.ListAsync(Given.Token);
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", result.ErrorCode);
        Assert.Equal(1, api.Posts);
    }

    [Fact]
    public async Task A_refused_connection_is_a_failure_and_nothing_was_sent()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await StartAsync(
            new() { ["Forms:0:Url"] = api.FormUrl, ["Forms:0:SubmitUrl"] = $"http://127.0.0.1:{FreePort.Next()}/requests" }
        );
        var result = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.True(result.IsError);
        Assert.Equal("submission_failed", result.ErrorCode);
        Assert.Contains("Nothing was sent", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", result.Body, StringComparison.Ordinal);
    }

    private static async Task SpeakAsync(RawConnection connection, string how)
    {
        if (!(await connection.ReadRequestAsync()).StartsWith("POST", StringComparison.Ordinal))
        {
            await connection.SendAsync(
                RawApi.Json(Given.Form).Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)
            );
            return;
        }

        var answer = RawApi.Json("""{"id":4711,"status":"open"}""", 201);
        await connection.SendAsync(
            how switch
            {
                "closes after half of the headers" => answer[..20],
                "closes after half of the body" or "never ends its answer" => answer[..^10],
                _ => "",
            }
        );
        if (how == "resets")
        {
            connection.Reset();
        }
        else if (how.StartsWith("never", StringComparison.Ordinal))
        {
            await connection.HoldAsync();
        }
    }

    private static Task<WatchedApp> StartAsync(Dictionary<string, string?> forms) =>
        WatchedApp.StartAsync(forms, null, new() { ["Forms:0:TimeoutSeconds"] = "1" });
}
