using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sample;

/// <summary>The sample's second form, a JSON Schema: listed beside the first, and submitted.</summary>
public sealed class ChangeFormTests
{
    [Fact]
    public async Task Both_forms_are_listed_and_a_change_is_submitted_as_the_schema_says()
    {
        await using var sample = await SampleHost.StartAsync();
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = sample.FormUrl,
                ["Forms:0:SubmitUrl"] = sample.SubmitUrl,
                ["Forms:1:Tool"] = "create_change_request",
                ["Forms:1:Url"] = sample.FormUrl.Replace("/form", "/change", StringComparison.Ordinal),
                ["Forms:1:SubmitUrl"] = sample.SubmitUrl.Replace("/requests", "/changes", StringComparison.Ordinal),
            }
        );
        var list = await app.Rpc.ListAsync(SampleHost.UserA);
        Assert.Equal(
            [
                "add",
                "echo",
                "multiply",
                "create_request",
                "draft_create_request",
                "create_change_request",
                "draft_create_change_request",
            ],
            list.ToolNames
        );
        var schema = list.Tool("create_change_request")["inputSchema"]!;
        Assert.Equal(
            ["title", "risk", "systems", "window_start", "window_hours", "review_on", "rollback_tested"],
            schema["properties"]!.AsObject().Select(property => property.Key)
        );
        Assert.Equal("""["title","systems"]""", schema["required"]!.ToJsonString());

        Assert.False(
            (
                await app.Rpc.CallAsync(
                    "create_change_request",
                    """{"title":"New mail server","systems":["Mail"]}""",
                    SampleHost.UserA
                )
            ).IsError
        );
        Assert.False(
            (
                await app.Rpc.CallAsync(
                    "create_change_request",
                    """{"title":"New mail server","risk":"High","systems":["Mail"],"window_start":"2026-11-28T20:00:00Z"}""",
                    SampleHost.UserA
                )
            ).IsError
        );
        var wrong = await app.Rpc.CallAsync(
            "create_change_request",
            """{"title":"New","systems":["Fax"],"window_hours":3}""",
            SampleHost.UserA
        );
        Assert.Equal("invalid_arguments", wrong.ErrorCode);
        Assert.Contains("window_start: is required and missing, since window is given", wrong.Text, StringComparison.Ordinal);

        Assert.Equal(
            [
                """{"title":"New mail server","risk":1,"systems":["Mail"]}""",
                """{"title":"New mail server","risk":3,"systems":["Mail"],"window":{"start":"2026-11-28T20:00:00Z","hours":2}}""",
            ],
            (await sample.RequestsOfAsync(SampleHost.UserA)).Select(request => request.GetProperty("fields").GetRawText())
        );
    }
}
